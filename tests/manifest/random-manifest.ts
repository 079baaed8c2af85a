import type { JsonValue } from '../../src/shared/manifest/json-value.ts';
import type { Dice } from './dice.ts';

type Path = readonly (string | number)[];

/** A comment, and the entry that it goes with: a loose one goes with the map or list that it stands in. */
export interface OwnedComment {
  readonly source: string;
  readonly owner: Path;
}

export interface RandomManifest {
  readonly text: string;
  readonly value: JsonValue;
  readonly comments: readonly OwnedComment[];
}

interface Written {
  readonly value: JsonValue;
  /** Behind the colon or dash. */
  readonly head: string;
  readonly lines: readonly string[];
  /** Whether a deeper line that follows would be part of it. */
  readonly isOpen: boolean;
  /** Whether the head is the first entry of a map or list: what is beside it belongs to that. */
  readonly isCompact?: boolean;
}

const KEYS = ['alpha', 'beta', 'gamma', 'name', 'image', '"quoted key"', "'single'", 'app.kubernetes.io/x', 'x-y'];
const PLAIN = ['word', 'two words', 'nginx:1.27', 'x-1', '100m', '/var/log', '--flag=a'];
const ANY_ASCII = ['', 'on', '12', 'a: b', 'a #b', 'tab\tin', 'quo"te', "apo'strophe", '- a', '{}', 'end:'];

/** A document in block style with every habit chosen anew: indentation, quoting, comments, brackets, blank lines. */
export function randomManifest(dice: Dice): RandomManifest {
  const writer = new ManifestWriter(dice);
  const root = dice.oneIn(6) ? writer.list(0, [], 3) : writer.map(0, [], 3);
  const lines = [...(dice.oneIn(4) ? ['# a header', ''] : []), ...(dice.oneIn(4) ? ['---'] : []), ...root.lines];
  const lineBreak = dice.oneIn(4) ? '\r\n' : '\n';
  const isEnded = root.isOpen || !dice.oneIn(4);
  const text = `${dice.oneIn(8) ? '\ufeff' : ''}${lines.join(lineBreak)}${isEnded ? lineBreak : ''}`;
  return { text, value: root.value, comments: writer.comments };
}

class ManifestWriter {
  readonly comments: OwnedComment[] = [];
  readonly #dice: Dice;
  readonly #step: number;
  readonly #listStep: number;

  constructor(dice: Dice) {
    this.#dice = dice;
    this.#step = dice.pick(2, 2, 4, 3);
    this.#listStep = dice.pick(0, this.#step);
  }

  map(column: number, path: Path, depth: number): Written {
    const value: Record<string, JsonValue> = {};
    const lines: string[] = [];
    let isOpen = false;
    for (const written of this.#someOf(KEYS)) {
      const key = written.replaceAll(/^["']|["']$/g, '');
      const at = [...path, key];
      const entry = this.#value(column, at, depth - 1, false);
      const beside = this.#beside(at, entry);
      lines.push(
        ...this.#before(column, path, at),
        `${' '.repeat(column)}${written}:${apart(entry.head)}${beside}`,
        ...entry.lines,
      );
      lines.push(...this.#below(column, at, entry));
      value[key] = entry.value;
      ({ isOpen } = entry);
    }
    return { value, head: '', lines, isOpen };
  }

  list(column: number, path: Path, depth: number): Written {
    const value: JsonValue[] = [];
    const lines: string[] = [];
    let isOpen = false;
    for (let index = 0; index <= this.#dice.below(4); index += 1) {
      const at = [...path, index];
      const before = index === 0 ? this.#above(column, at) : this.#before(column, path, at);
      const entry = this.#value(column, at, depth - 1, true);
      lines.push(...before, `${' '.repeat(column)}-${apart(entry.head)}${this.#beside(at, entry)}`, ...entry.lines);
      lines.push(...this.#below(column, at, entry));
      value.push(entry.value);
      ({ isOpen } = entry);
    }
    return { value, head: '', lines, isOpen };
  }

  #value(column: number, path: Path, depth: number, isItem: boolean): Written {
    const kind = this.#dice.below(depth > 0 ? 10 : 6);
    if (kind <= 2) return this.#scalar();
    if (kind === 3) return this.#blockScalar(column);
    if (kind === 4) return { value: null, head: this.#dice.pick('', 'null', '~'), lines: [], isOpen: false };
    if (kind === 5) return this.#flow(column, path);
    const isMap = this.#dice.oneIn(2);
    if (!isItem) {
      return isMap ? this.map(column + this.#step, path, depth) : this.list(column + this.#listStep, path, depth);
    }
    const below = isMap ? this.map(column + 2, path, depth) : this.list(column + 2, path, depth);
    const [first = '', ...rest] = below.lines;
    const isComment = /^\s*(#|$)/.test(first);
    // A comment on the dash's line is beside the item, and goes with it or its first key alike.
    return isComment || this.#dice.oneIn(4)
      ? below
      : { ...below, head: first.trimStart(), lines: rest, isCompact: true };
  }

  #scalar(): Written {
    const { value, head } = this.#inlineScalar();
    return { value, head, lines: [], isOpen: false };
  }

  #inlineScalar(): { readonly value: JsonValue; readonly head: string } {
    const text = this.#dice.pickOf(ANY_ASCII) ?? '';
    const plain = this.#dice.pickOf(PLAIN) ?? 'word';
    switch (this.#dice.below(5)) {
      case 0:
        return { value: text, head: JSON.stringify(text) };
      case 1:
        return { value: text, head: `'${text.replaceAll("'", "''")}'` };
      case 2:
        return this.#dice.pick({ value: 420, head: '0644' }, { value: 80, head: '80' }, { value: true, head: 'yes' });
      default:
        return { value: plain, head: plain };
    }
  }

  #blockScalar(column: number): Written {
    const indent = ' '.repeat(column + this.#dice.pick(1, 2, 5));
    const [chomp, ending] = this.#dice.pick(['', '\n'] as const, ['-', ''] as const);
    if (this.#dice.oneIn(3)) {
      return {
        value: `folded to one line${ending}`,
        head: `>${chomp}`,
        lines: [`${indent}folded to`, `${indent}one line`],
        isOpen: true,
      };
    }
    const lines = [`${indent}first # no comment`, '', `${indent}  key: "x"`];
    return { value: `first # no comment\n\n  key: "x"${ending}`, head: `|${chomp}`, lines, isOpen: true };
  }

  #flow(column: number, path: Path): Written {
    const isMap = this.#dice.oneIn(2);
    const members = this.#someOf(['a', 'b', 'c']).map((key, index) => ({
      key: isMap ? key : index,
      ...this.#inlineScalar(),
    }));
    const usable = members.filter(({ head }) => !/^[^"'].*[:]/.test(head));
    const isEmpty = usable.length === 0 || this.#dice.oneIn(5);
    const written = usable.map(({ key, head }) => (isMap ? `${key}: ${head}` : head));
    const [open, close] = isMap ? ['{', '}'] : ['[', ']'];
    const value = isMap
      ? Object.fromEntries(usable.map((each) => [each.key, each.value]))
      : usable.map((each) => each.value);
    if (isEmpty) return { value: isMap ? {} : [], head: open + close, lines: [], isOpen: false };
    if (this.#dice.oneIn(2)) return { value, head: `${open}${written.join(', ')}${close}`, lines: [], isOpen: false };
    const indent = ' '.repeat(column + this.#step);
    const lines = usable.flatMap(({ key }, index) => {
      const at = [...path, isMap ? key : index];
      const comma = index < usable.length - 1 || this.#dice.oneIn(3) ? ',' : '';
      const comment = this.#dice.oneIn(3) ? ` ${this.#comment(at)}` : '';
      return [...this.#above(column + this.#step, at), `${indent}${written[index] ?? ''}${comma}${comment}`];
    });
    return { value, head: open, lines: [...lines, `${' '.repeat(column + 1)}${close}`], isOpen: false };
  }

  /** What may stand before an entry: blank lines, a comment that belongs to none, and its own. */
  #before(column: number, collection: Path, entry: Path): readonly string[] {
    const loose = this.#dice.oneIn(8) ? ['', `${' '.repeat(column)}${this.#comment(collection)}`, ''] : [];
    const blank = this.#dice.oneIn(6) ? [''] : [];
    return [...loose, ...blank, ...this.#above(column, entry)];
  }

  #above(column: number, entry: Path): readonly string[] {
    const count = this.#dice.oneIn(4) ? this.#dice.pick(1, 2) : 0;
    return Array.from({ length: count }, () => `${' '.repeat(column)}${this.#comment(entry)}`);
  }

  /** Behind a bracket that is still open the comment belongs to the entry too. */
  #beside(entry: Path, { head, lines, isCompact }: Written): string {
    if (isCompact === true) return '';
    const isInside = lines.length > 0 && /^[^|>]/.test(head) && !/^[[{]$/.test(head);
    return !isInside && this.#dice.oneIn(4) ? ` ${this.#comment(entry)}` : '';
  }

  /** Deeper than all that is nested would be of the last thing in it. */
  #below(column: number, entry: Path, { lines, isCompact }: Written): readonly string[] {
    return lines.length === 0 && isCompact !== true && this.#dice.oneIn(8)
      ? [`${' '.repeat(column + 5)}${this.#comment(entry)}`]
      : [];
  }

  #comment(owner: Path): string {
    const source = `# ${this.comments.length} of /${owner.join('/')}`;
    this.comments.push({ source, owner });
    return source;
  }

  #someOf(choices: readonly string[]): readonly string[] {
    const count = 1 + this.#dice.below(4);
    return [...new Set(Array.from({ length: count }, () => this.#dice.pickOf(choices) ?? 'alpha'))];
  }
}

function apart(head: string): string {
  return head === '' ? '' : ` ${head}`;
}
