import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { newManifest } from '../../../shared/form/new-manifest.ts';
import { useServices } from '../../live/services.ts';
import { createFormStore, type FormState, type FormStore } from '../form/index.ts';
import { type Draft, DraftKeeper } from './draft.ts';

export interface DraftForm {
  readonly formState: FormState;
  readonly actions: FormStore['actions'];
  readonly draft: Draft;
  readonly setNamespace: (namespace: string) => void;
  /** The draft has become a DaemonSet: it is not kept any longer. */
  readonly clear: () => void;
}

/** The draft of one context as a form: kept from the first keystroke, over failures and reloads. */
export function useDraftForm(contextName: string, firstNamespace: string): DraftForm {
  const { clock } = useServices();
  const keeper = useMemo(() => new DraftKeeper(sessionStorage, clock, contextName), [clock, contextName]);
  const [first] = useState<Draft>(() => keeper.load() ?? newDraft(firstNamespace));
  const [namespace, setNamespace] = useState(first.namespace);
  const [{ store, actions }] = useState(() => createFormStore(first.text, clock));
  const formState = useStore(store);
  const { text } = formState;
  useEffect(() => {
    if (text !== first.text || namespace !== first.namespace) keeper.save({ text, namespace });
  }, [keeper, first, text, namespace]);
  useFlushOnLeave(keeper);
  return {
    formState,
    actions,
    draft: { text, namespace },
    setNamespace,
    clear: () => keeper.clear(),
  };
}

function newDraft(namespace: string): Draft {
  return { text: newManifest(namespace), namespace };
}

function useFlushOnLeave(keeper: DraftKeeper): void {
  useEffect(() => {
    const flush = () => void keeper.flush();
    globalThis.addEventListener('pagehide', flush);
    return () => {
      globalThis.removeEventListener('pagehide', flush);
      flush();
    };
  }, [keeper]);
}
