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
  /** Of `text`; absent while it cannot be read as one DaemonSet, and `refusal` says why. */
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

/** Opens a text for a form. A large one is read by `reader`, and there is a form once it has answered. */
export function createFormStore(text: string, clock: Clock, reader: FormReader = pageReader): FormStore {
  const store = createStore<FormState>(() => ({ ...unreadOr(text), history: TextHistory.empty }));
  const later = laterReader(clock, reader, (read) => store.setState(read));
  const set = (next: Omit<FormState, 'history'>, history: TextHistory, afterMs: number) => {
    store.setState({ ...next, history, refused: undefined });
    later(next, afterMs);
  };
  later(store.getState(), LARGE_AFTER_MS);
  return {
    store,
    actions: {
      edit: (edits, group = '') => {
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
        const { text: before, history } = store.getState();
        if (before === after) return;
        const isTyped = group !== '';
        set(
          unreadOr(after),
          history.changed(before, after, group, clock.now(), told),
          isTyped ? TYPED_AFTER_MS : LARGE_AFTER_MS,
        );
      },
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

function unreadOr(text: string): View {
  if (isLargeText(text)) return { text, form: undefined, refusal: undefined, isReading: true, problems: NONE };
  const opened = openForm(text);
  return opened.ok ? shown(opened.form) : refusedView(text, opened.refusal);
}

function shown(form: OpenForm): View {
  return { text: form.text, form, refusal: undefined, isReading: false, problems: ruleProblems(form.manifest) };
}

function readView(text: string, read: ReadForm): View {
  if (!read.ok) return refusedView(text, read.refusal);
  const { snapshot, problems } = read;
  return { text, form: formOfSnapshot(text, snapshot), refusal: undefined, isReading: false, problems };
}

function refusedView(text: string, refusal: FormRefusal): View {
  return { text, form: undefined, refusal, isReading: false, problems: NONE };
}

/** Reads what is not read yet, after a time; whatever was to be read before is given up. */
function laterReader(clock: Clock, reader: FormReader, onRead: (view: View) => void) {
  let timer: Timer | undefined;
  let controller: AbortController | undefined;
  return ({ text, isReading }: Pick<View, 'text' | 'isReading'>, afterMs: number): void => {
    controller?.abort();
    if (timer !== undefined) clock.clearTimeout(timer);
    timer = undefined;
    if (!isReading) return;
    const { signal } = (controller = new AbortController());
    const read = async () => {
      timer = undefined;
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
