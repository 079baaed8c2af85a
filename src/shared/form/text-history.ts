import { joinReplacements, type Replacement, replacementBy, type ToldChange } from './text-difference.ts';

interface Step extends Replacement {
  /** Steps of one group within a second are one undo: the letters of a field, the keys of a line. */
  readonly group: string;
  readonly at: number;
}

const GROUP_MS = 1000;
/** What one undo stack may hold, in UTF-16 units of changed text; older steps go first. */
const LIMIT_UNITS = 20_000_000;

/** The one undo stack of a text that a form and an editor share. Immutable. */
export class TextHistory {
  readonly #past: readonly Step[];
  readonly #future: readonly Step[];

  private constructor(past: readonly Step[], future: readonly Step[]) {
    this.#past = past;
    this.#future = future;
  }

  static readonly empty = new TextHistory([], []);

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /**
   * Notes that `before` became `after`; what was undone is given up.
   * @param group of the change, `` for one that stands alone
   * @param at milliseconds
   * @param told of the editor that made the change
   */
  changed(before: string, after: string, group: string, at: number, told?: ToldChange): TextHistory {
    if (before === after) return this;
    const step = { ...replacementBy(told, before, after), group, at };
    const last = this.#past.at(-1);
    if (last && group !== '' && last.group === group && at - last.at <= GROUP_MS) {
      const joined = { ...joinReplacements(before, last, step), group, at };
      return new TextHistory(trimmed([...this.#past.slice(0, -1), joined]), []);
    }
    return new TextHistory(trimmed([...this.#past, step]), []);
  }

  /** The text before the last change, and the history there; undefined when there is none. */
  undo(text: string): { readonly text: string; readonly history: TextHistory } | undefined {
    const last = this.#past.at(-1);
    if (!last) return undefined;
    return { text: undone(text, last), history: new TextHistory(this.#past.slice(0, -1), [...this.#future, last]) };
  }

  redo(text: string): { readonly text: string; readonly history: TextHistory } | undefined {
    const next = this.#future.at(-1);
    if (!next) return undefined;
    const { offset, removed, inserted } = next;
    const done = text.slice(0, offset) + inserted + text.slice(offset + removed.length);
    return { text: done, history: new TextHistory([...this.#past, { ...next, group: '' }], this.#future.slice(0, -1)) };
  }
}

function undone(text: string, { offset, removed, inserted }: Step): string {
  return text.slice(0, offset) + removed + text.slice(offset + inserted.length);
}

function trimmed(steps: readonly Step[]): readonly Step[] {
  let units = 0;
  let kept = 0;
  for (const { removed, inserted } of steps.toReversed()) {
    units += removed.length + inserted.length;
    if (kept > 0 && units > LIMIT_UNITS) break;
    kept += 1;
  }
  return kept === steps.length ? steps : steps.slice(-kept);
}
