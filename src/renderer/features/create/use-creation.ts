import { useCallback, useEffect, useRef, useState } from 'react';
import type { CreateOutcome } from '../../../shared/contract/daemonset.ts';
import { AppError, type AppErrorData } from '../../../shared/errors/app-error.ts';
import { podWarnings } from '../../../shared/form/pod-warnings.ts';
import { useServices } from '../../live/services.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';
import type { Draft } from './draft.ts';
import type { ManifestChecker } from './manifest-checker.ts';
import { placeCausesBy } from '../form/index.ts';

export type CreationState =
  | { readonly phase: 'idle' }
  /** The dry run is under way: it can be cancelled. */
  | { readonly phase: 'checking' }
  | { readonly phase: 'creating' }
  /** The dry run passed for this draft. `stopped`: Create was pressed, and waits because the server warns. */
  | {
      readonly phase: 'checked';
      readonly draft: Draft;
      readonly outcome: CreateOutcome;
      readonly stopped: boolean;
      /** Why the server could not be asked about the pods. */
      readonly podsUnchecked?: string;
    }
  | {
      readonly phase: 'failed';
      readonly draft: Draft;
      readonly error: AppErrorData;
      readonly during: 'check' | 'create';
    };

export interface Creation {
  readonly state: CreationState;
  readonly check: (draft: Draft) => void;
  /** Dry run, then the creation itself; stops between the two when the server warns of what was not shown yet. */
  readonly create: (draft: Draft) => void;
  readonly cancel: () => void;
}

export interface CreationOptions {
  readonly contextName: string;
  readonly checker: ManifestChecker;
  readonly onCreated: (outcome: CreateOutcome) => void;
}

/** Checks and creates a DaemonSet from text. The text itself is never touched. */
export function useCreation({ contextName, checker, onCreated }: CreationOptions): Creation {
  const { client } = useServices();
  const [state, setState] = useState<CreationState>({ phase: 'idle' });
  const controller = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => controller.current?.abort(), []);

  const send = useCallback(
    (draft: Draft, dryRun: boolean, signal: AbortSignal) => {
      const { text: manifestText, namespace } = draft;
      return client.daemonSet.create({ contextName, manifestText, namespace, dryRun }, { signal });
    },
    [client, contextName],
  );

  const run = async (draft: Draft, wants: 'check' | 'create', seen: readonly string[] | undefined) => {
    controller.current?.abort();
    const { signal } = (controller.current = new AbortController());
    let during: 'check' | 'create' = 'check';
    try {
      setState({ phase: 'checking' });
      await refuseUnreadable(checker, draft.text);
      const dryRun = await send(draft, true, signal);
      const pods = await client.daemonSet.checkPods(
        { contextName, manifestText: draft.text, namespace: draft.namespace },
        { signal },
      );
      signal.throwIfAborted();
      const outcome = { ...dryRun, warnings: [...dryRun.warnings, ...podWarnings(pods)] };
      const hasNews = outcome.warnings.some((warning) => !seen?.includes(warning));
      if (wants === 'check' || hasNews) {
        const unchecked = pods.checked ? {} : { podsUnchecked: pods.why };
        setState({ phase: 'checked', draft, outcome, stopped: wants === 'create', ...unchecked });
        return;
      }
      during = 'create';
      setState({ phase: 'creating' });
      const created = await send(draft, false, signal);
      if (!signal.aborted) onCreated(created);
    } catch (thrown) {
      if (signal.aborted) return;
      const error = thrownErrorData(thrown);
      // What fails to be placed is shown without its line.
      const found = error.causes ?? [];
      const causes = await placeCausesBy(checker, draft.text, found).catch(() => found);
      if (signal.aborted) return;
      setState({ phase: 'failed', draft, during, error: { ...error, causes } });
    }
  };
  return {
    state,
    check: (draft) => void run(draft, 'check', undefined),
    create: (draft) => void run(draft, 'create', warningsSeen(state, draft)),
    cancel: () => {
      controller.current?.abort();
      setState({ phase: 'idle' });
    },
  };
}

function warningsSeen(state: CreationState, draft: Draft): readonly string[] | undefined {
  if (state.phase !== 'checked') return undefined;
  const isSame = state.draft.text === draft.text && state.draft.namespace === draft.namespace;
  return isSame ? state.outcome.warnings : undefined;
}

/** What cannot be read is said here, and nothing is sent. */
async function refuseUnreadable(checker: ManifestChecker, text: string): Promise<void> {
  const causes = await checker.check(text);
  const [first] = causes;
  if (!first) return;
  throw new AppError({ reason: 'ManifestSyntax', message: `Line ${first.line ?? 1}: ${first.message}.`, causes });
}
