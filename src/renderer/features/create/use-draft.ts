import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useServices } from '../../live/services.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';
import { notify } from '../../stores/notices.ts';
import { type Draft, DraftKeeper, type KeptDraft } from './draft.ts';
import { newManifest } from '../../../shared/form/new-manifest.ts';

export interface DraftState {
  /** The last that nobody has written here: the first one, a restored one, the template after a discard. Another object each time. */
  readonly given: Draft;
  /** Of what is written now; its text is followed by who shows it, and renders nothing here. */
  readonly namespace: string;
  /** When the draft was kept that stands here again, until it is discarded or the notice is closed. */
  readonly restoredAt: number | undefined;
  readonly change: (part: Partial<Draft>) => void;
  /** Throws the draft away and begins with the template. */
  readonly discard: () => void;
  readonly closeNotice: () => void;
  /** It was created: nothing has to be kept. */
  readonly forget: () => void;
}

/** The text of the create page, kept from the first key on and offered again after a reload or a crash. */
export function useDraft(contextName: string, firstNamespace: string): DraftState {
  const keeper = useKeeper(contextName);
  const [kept] = useState<KeptDraft | undefined>(() => keeper.load());
  const [given, setGiven] = useState<Draft>(() => kept ?? newDraft(firstNamespace));
  const latest = useRef(given);
  const [namespace, setNamespace] = useState(given.namespace);
  const set = useCallback((next: Draft) => {
    const { namespace: before } = latest.current;
    latest.current = next;
    // React renders once more even for the same value.
    if (next.namespace !== before) setNamespace(next.namespace);
  }, []);
  const give = useCallback(
    (next: Draft) => {
      set(next);
      setGiven(next);
    },
    [set],
  );
  const change = useCallback(
    (part: Partial<Draft>) => {
      const next = { ...latest.current, ...part };
      // The editor echoes a text that it was given: that is nobody's writing.
      if (next.text === latest.current.text && next.namespace === latest.current.namespace) return;
      set(next);
      keeper.save(next);
    },
    [keeper, set],
  );
  const [restoredAt, setRestoredAt] = useState(kept?.savedAt);
  useFlushOnLeave(keeper);
  const restore = useCallback(
    (found: KeptDraft) => {
      give(found);
      setRestoredAt(found.savedAt);
    },
    [give],
  );
  useRestored(keeper, kept === undefined, restore);
  return {
    given,
    namespace,
    restoredAt,
    change,
    discard: () => {
      keeper.clear();
      give(newDraft(firstNamespace));
      setRestoredAt(undefined);
    },
    closeNotice: () => setRestoredAt(undefined),
    forget: () => keeper.clear(),
  };
}

function useKeeper(contextName: string): DraftKeeper {
  const { clock, client } = useServices();
  return useMemo(
    () =>
      new DraftKeeper({
        storage: sessionStorage,
        drafts: client.drafts,
        clock,
        contextName,
        newId: () => crypto.randomUUID(),
        onProblem: (error) =>
          notify({ title: 'The draft is not kept on disk', message: thrownErrorData(error).message, tone: 'warn' }),
      }),
    [clock, client, contextName],
  );
}

/** Looks for what a crash has left, where the tab has nothing of its own. */
function useRestored(keeper: DraftKeeper, isWanted: boolean, onFound: (found: KeptDraft) => void): void {
  useEffect(() => {
    if (!isWanted) return;
    let isLeft = false;
    keeper.restore().then(
      (found) => {
        if (!isLeft && found) onFound(found);
      },
      (error: unknown) => {
        const { message } = thrownErrorData(error);
        if (!isLeft) notify({ title: 'Drafts of an earlier time cannot be read', message, tone: 'warn' });
      },
    );
    return () => {
      isLeft = true;
    };
  }, [keeper, isWanted, onFound]);
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
