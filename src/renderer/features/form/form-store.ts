import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock, Timer } from '../../../shared/clock.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { ruleProblems } from '../../../shared/form/form-rules.ts';
import { formOfSnapshot, type ReadForm } from '../../../shared/form/form-snapshot.ts';
import { editForm, type FormRefusal, type OpenForm, openForm } from '../../../shared/form/open-form.ts';
import type { ToldChange } from '../../../shared/form/text-difference.ts';
import { TextHistory } from '../../../shared/form/text-history.ts';
import type { ManifestEdit, ManifestProblem } from '../../../shared/manifest/manifest-edit.ts';
import { type FormReader, isLargeText, pageReader } from './form-reader.ts';

/** One text that a form and an editor show and change, with one undo stack. */
export interface FormState {
  readonly text: string;
  /** What was read last, of which `form`, `refusal` and `problems` are: older than `text` while that is being typed. */
  readonly readText: string;
  /** Absent while the text cannot be read as one DaemonSet, and `refusal` says why. */
  readonly form?: OpenForm | undefined;
  readonly refusal?: FormRefusal | undefined;
  /** A large text is being read: there is neither form nor refusal until that is done. */
  readonly isReading: boolean;
  /** Of our own rules. */
  readonly problems: readonly FormProblem[];
  readonly history: TextHistory;
  /** Why the last edit of the form was not made; the text is as it was. */
  readonly refused?: ManifestProblem | undefined;
}

/** Changes the text. `group`: changes of one group within a second are one undo. */
export interface FormActions {
  readonly edit: (edits: readonly ManifestEdit[], group?: string) => void;
  /** `told` by the editor that made it. */
  readonly setText: (text: string, group?: string, told?: ToldChange) => void;
  /** What was typed is read now, not after a pause: before anything is made of the form. */
  readonly settle: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

export interface FormStore {
  readonly store: StoreApi<FormState>;
  readonly actions: FormActions;
}

const NONE: readonly FormProblem[] = [];

/** A large text is on screen before it is read, which takes a core: milliseconds. */
const LARGE_AFTER_MS = 200;
/** While it is typed, it is read after a pause. */
const TYPED_AFTER_MS = 500;
/** Any other text is read on the page's thread, in ten milliseconds for a thousand lines: not in the event of a key. */
const SMALL_AFTER_MS = 250;

/** Opens a text for a form. A large one is read by `reader`, and there is a form once it has answered. */
export function createFormStore(text: string, clock: Clock, reader: FormReader = pageReader): FormStore {
  const store = createStore<FormState>(() => ({ ...unreadOr(text), history: TextHistory.empty }));
  const later = laterReader(clock, reader, (read) => store.setState(read));
  const set = (next: View, history: TextHistory, afterMs: number) => {
    store.setState({ ...next, history, refused: undefined });
    later(next, afterMs);
  };
  const settle = () => {
    const { text: now, readText, isReading } = store.getState();
    if (isReading || now === readText) return;
    const read = unreadOr(now);
    store.setState(read);
    later(read, 0);
  };
  later(store.getState(), LARGE_AFTER_MS);
  return {
    store,
    actions: {
      edit: (edits, group = '') => {
        settle();
        const { form, text: before, history } = store.getState();
        if (!form || edits.length === 0) return;
        const edited = editForm(form, edits);
        if (!edited.ok) {
          store.setState({ refused: edited.problem });
          return;
        }
        const after = edited.form.text;
        set(shown(edited.form), history.changed(before, after, group, clock.now()), 0);
      },
      setText: (after, group = '', told) => {
        const before = store.getState();
        if (before.text === after) return;
        const changed = before.history.changed(before.text, after, group, clock.now(), told);
        if (group === '') set(unreadOr(after), changed, LARGE_AFTER_MS);
        else set(typedView(before, after), changed, isLargeText(after) ? TYPED_AFTER_MS : SMALL_AFTER_MS);
      },
      settle,
      undo: () => {
        const { text: now, history } = store.getState();
        const undone = history.undo(now);
        if (undone) set(unreadOr(undone.text), undone.history, LARGE_AFTER_MS);
      },
      redo: () => {
        const { text: now, history } = store.getState();
        const redone = history.redo(now);
        if (redone) set(unreadOr(redone.text), redone.history, LARGE_AFTER_MS);
      },
    },
  };
}

type View = Omit<FormState, 'history' | 'refused'>;

/** What was read of the text before is left standing; of a large one there is nothing until it is read anew. */
function typedView(before: View, text: string): View {
  if (isLargeText(text))
    return { ...before, text, form: undefined, refusal: undefined, isReading: true, problems: NONE };
  return before.isReading ? unreadOr(text) : { ...before, text };
}

function unreadOr(text: string): View {
  if (isLargeText(text))
    return { text, readText: text, form: undefined, refusal: undefined, isReading: true, problems: NONE };
  const opened = openForm(text);
  return opened.ok ? shown(opened.form) : refusedView(text, opened.refusal);
}

function shown(form: OpenForm): View {
  const { text, manifest } = form;
  return { text, readText: text, form, refusal: undefined, isReading: false, problems: ruleProblems(manifest) };
}

function readView(text: string, read: ReadForm): View {
  if (!read.ok) return refusedView(text, read.refusal);
  const { snapshot, problems } = read;
  return { text, readText: text, form: formOfSnapshot(text, snapshot), refusal: undefined, isReading: false, problems };
}

function refusedView(text: string, refusal: FormRefusal): View {
  return { text, readText: text, form: undefined, refusal, isReading: false, problems: NONE };
}

/** Reads what is not read yet, after a time; whatever was to be read before is given up. */
function laterReader(clock: Clock, reader: FormReader, onRead: (view: View) => void) {
  let timer: Timer | undefined;
  let controller: AbortController | undefined;
  return ({ text, readText, isReading }: Pick<View, 'text' | 'readText' | 'isReading'>, afterMs: number): void => {
    controller?.abort();
    if (timer !== undefined) clock.clearTimeout(timer);
    timer = undefined;
    if (!isReading && text === readText) return;
    const { signal } = (controller = new AbortController());
    const read = async () => {
      timer = undefined;
      if (!isReading) {
        onRead(unreadOr(text));
        return;
      }
      const view = await reader.open(text, signal).then(
        (answer) => readView(text, answer),
        (error: unknown) => refusedView(text, { line: 1, message: `it cannot be read: ${messageOf(error)}` }),
      );
      if (!signal.aborted) onRead(view);
    };
    timer = clock.setTimeout(() => void read(), afterMs);
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
