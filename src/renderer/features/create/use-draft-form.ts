import { useEffect, useState } from 'react';
import { useServices } from '../../live/services.ts';
import { createFormStore, type FormReader, type FormStore } from '../form/index.ts';
import type { Draft } from './draft.ts';
import { useDraft } from './use-draft.ts';

export interface DraftForm extends FormStore {
  /** Used where the text names none. */
  readonly namespace: string;
  readonly setNamespace: (namespace: string) => void;
  /** As it is at the time of the call. */
  readonly draftNow: () => Draft;
  /** When the draft was kept that stands here again, until it is discarded or the notice is closed. */
  readonly restoredAt: number | undefined;
  readonly discard: () => void;
  readonly closeNotice: () => void;
  /** It was created: nothing has to be kept. */
  readonly forget: () => void;
}

/**
 * The draft of one context as a form: kept from the first keystroke, over failures, reloads and crashes. Who shows the text follows the
 * store; a key renders nobody else.
 */
export function useDraftForm(contextName: string, firstNamespace: string, reader: FormReader): DraftForm {
  const { clock } = useServices();
  const { given, change, namespace, ...rest } = useDraft(contextName, firstNamespace);
  const [{ store, actions }] = useState(() => createFormStore(given.text, clock, reader));
  useEffect(
    () =>
      store.subscribe(({ text }, before) => {
        if (text !== before.text) change({ text });
      }),
    [store, change],
  );
  // A text goes back to the store only when it was not written here: a letter is typed while the one before it is still being kept.
  useEffect(() => actions.setText(given.text), [given, actions]);
  return {
    ...rest,
    store,
    actions,
    namespace,
    setNamespace: (next) => change({ namespace: next }),
    draftNow: () => ({ text: store.getState().text, namespace }),
  };
}
