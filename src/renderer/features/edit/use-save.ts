import { useRef, useState } from 'react';
import type { SaveOutcome } from '../../../shared/contract/daemonset.ts';
import type { AppErrorData } from '../../../shared/errors/app-error.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { useServices } from '../../live/services.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';
import { notify } from '../../stores/notices.ts';

/** `text` is the edit that was asked about: what was typed since is not. */
export type SaveState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'checking' }
  | { readonly phase: 'checked'; readonly text: string; readonly outcome: SaveOutcome }
  | { readonly phase: 'saving' }
  | { readonly phase: 'failed'; readonly text: string; readonly error: AppErrorData };

export interface Save {
  readonly state: SaveState;
  /** Dry run: says what the edit would do. */
  readonly check: (text: string) => Promise<void>;
  readonly save: (text: string, onDone: () => void) => Promise<void>;
}

export interface SaveOptions {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  readonly beforeText: string;
}

/** Checks and stores one edit of a live DaemonSet; never twice at once. */
export function useSave({ contextName, row, beforeText }: SaveOptions): Save {
  const { client } = useServices();
  const [state, setState] = useState<SaveState>({ phase: 'idle' });
  const busy = useRef(false);
  const send = async (text: string, dryRun: boolean, then: (outcome: SaveOutcome) => void) => {
    if (busy.current) return;
    busy.current = true;
    try {
      const { namespace, name, uid } = row;
      then(await client.daemonSet.save({ contextName, namespace, name, uid, beforeText, afterText: text, dryRun }));
    } catch (thrown) {
      setState({ phase: 'failed', text, error: thrownErrorData(thrown) });
    } finally {
      busy.current = false;
    }
  };
  return {
    state,
    check: async (text) => {
      setState({ phase: 'checking' });
      await send(text, true, (outcome) => setState({ phase: 'checked', text, outcome }));
    },
    save: async (text, onDone) => {
      setState({ phase: 'saving' });
      await send(text, false, ({ warnings }) => {
        setState({ phase: 'idle' });
        if (warnings.length > 0) notify({ title: 'The server warns', message: warnings.join('\n'), tone: 'warn' });
        onDone();
      });
    },
  };
}
