import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../live/services.ts';
import { createFormStore, type FormReader, type FormState, type FormStore } from '../form/index.ts';
import type { Draft } from './draft.ts';
import { useDraft } from './use-draft.ts';

export interface DraftForm {
  readonly formState: FormState;
  readonly actions: FormStore['actions'];
  readonly draft: Draft;
  readonly setNamespace: (namespace: string) => void;
  /** When the draft was kept that stands here again, until it is discarded or the notice is closed. */
  readonly restoredAt: number | undefined;
  readonly discard: () => void;
  readonly closeNotice: () => void;
  /** It was created: nothing has to be kept. */
  readonly forget: () => void;
}

/** The draft of one context as a form: kept from the first keystroke, over failures, reloads and crashes. */
export function useDraftForm(contextName: string, firstNamespace: string, reader: FormReader): DraftForm {
  const { clock } = useServices();
  const { draft: kept, given, change, ...rest } = useDraft(contextName, firstNamespace);
  const [{ store, actions }] = useState(() => createFormStore(kept.text, clock, reader));
  const formState = useStore(store);
  const { text } = formState;
  const seen = useRef(text);
  useEffect(() => {
    if (text === seen.current) return;
    seen.current = text;
    change({ text });
  }, [text, change]);
  // A text goes back to the store only when it was not written here: a letter is typed while the one before it is still being kept.
  useEffect(() => actions.setText(given.text), [given, actions]);
  return {
    ...rest,
    formState,
    actions,
    draft: { text, namespace: kept.namespace },
    setNamespace: (namespace) => change({ namespace }),
  };
}
