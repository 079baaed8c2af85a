import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock, Timer } from '../../../shared/clock.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { ruleProblems } from '../../../shared/form/form-rules.ts';
import { editForm, type FormRefusal, type OpenForm, openForm } from '../../../shared/form/open-form.ts';
import { TextHistory } from '../../../shared/form/text-history.ts';
import type { ManifestEdit, ManifestProblem } from '../../../shared/manifest/manifest-edit.ts';

/** One text that a form and an editor show and change, with one undo stack. */
export interface FormState {
  readonly text: string;
  /** Of `text`; absent while it cannot be read as one DaemonSet, and `refusal` says why. */
  readonly form?: OpenForm | undefined;
  readonly refusal?: FormRefusal | undefined;
  /** Of our own rules. */
  readonly problems: readonly FormProblem[];
  readonly history: TextHistory;
  /** Why the last edit of the form was not made; the text is as it was. */
  readonly refused?: ManifestProblem | undefined;
}

/** Changes the text. `group`: changes of one group within a second are one undo. */
export interface FormActions {
  readonly edit: (edits: readonly ManifestEdit[], group?: string) => void;
  readonly setText: (text: string, group?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

export interface FormStore {
  readonly store: StoreApi<FormState>;
  readonly actions: FormActions;
}

const NONE: readonly FormProblem[] = [];

/** Reading a larger text takes longer than a frame: it waits for a pause in typing. */
const LARGE_CHARACTERS = 100_000;
const LARGE_AFTER_MS = 500;
const BEING_READ: FormRefusal = { line: 1, message: 'the text is being read' };

/** Opens a text for a form. */
export function createFormStore(text: string, clock: Clock): FormStore {
  const store = createStore<FormState>(() => ({ ...viewOf(text), history: TextHistory.empty }));
  const set = (next: Omit<FormState, 'history'>, history: TextHistory) => {
    store.setState({ ...next, history, refused: undefined });
  };
  let waiting: Timer | undefined;
  const later = (text: string) => {
    if (waiting !== undefined) clock.clearTimeout(waiting);
    waiting = clock.setTimeout(() => {
      waiting = undefined;
      if (store.getState().text === text) store.setState(viewOf(text));
    }, LARGE_AFTER_MS);
  };
  const typed = (text: string): Omit<FormState, 'history'> => {
    if (text.length <= LARGE_CHARACTERS) return viewOf(text);
    later(text);
    return { text, form: undefined, refusal: BEING_READ, problems: NONE };
  };
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
        set(shown(edited.form), history.changed(before, after, group, clock.now()));
      },
      setText: (after, group = '') => {
        const { text: before, history } = store.getState();
        if (before !== after) set(typed(after), history.changed(before, after, group, clock.now()));
      },
      undo: () => {
        const { text: now, history } = store.getState();
        const undone = history.undo(now);
        if (undone) set(viewOf(undone.text), undone.history);
      },
      redo: () => {
        const { text: now, history } = store.getState();
        const redone = history.redo(now);
        if (redone) set(viewOf(redone.text), redone.history);
      },
    },
  };
}

function viewOf(text: string): Omit<FormState, 'history'> {
  const opened = openForm(text);
  if (opened.ok) return shown(opened.form);
  return { text, form: undefined, refusal: opened.refusal, problems: NONE };
}

function shown(form: OpenForm): Omit<FormState, 'history'> {
  return { text: form.text, form, refusal: undefined, problems: ruleProblems(form.manifest) };
}
