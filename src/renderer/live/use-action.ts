import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppErrorData } from '../../shared/errors/app-error.ts';
import { thrownErrorData } from './thrown-error.ts';

export type ActionState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running' }
  | { readonly phase: 'failed'; readonly error: AppErrorData };

export interface Action<Input> {
  readonly state: ActionState;
  /** Runs it; a run that is under way is cancelled first. Resolves to whether it succeeded. */
  readonly run: (input: Input) => Promise<boolean>;
  readonly cancel: () => void;
  readonly reset: () => void;
}

const IDLE: ActionState = { phase: 'idle' };

/**
 * One call that the user starts: running, then idle or failed with its error. `signal` aborts when the component goes: for
 * reads. A change is sent without it: its own effect on the live data often ends the component before the answer comes.
 */
export function useAction<Input = void>(
  perform: (input: Input, signal: AbortSignal) => Promise<unknown>,
): Action<Input> {
  const [state, setState] = useState<ActionState>(IDLE);
  const controller = useRef<AbortController | undefined>(undefined);
  const latest = useRef(perform);
  useEffect(() => {
    latest.current = perform;
  });
  const cancel = useCallback(() => {
    controller.current?.abort();
    controller.current = undefined;
    setState(IDLE);
  }, []);
  useEffect(() => () => controller.current?.abort(), []);
  const run = useCallback(async (input: Input) => {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    setState({ phase: 'running' });
    try {
      await latest.current(input, own.signal);
      if (!own.signal.aborted) setState(IDLE);
      return !own.signal.aborted;
    } catch (error) {
      if (!own.signal.aborted) setState({ phase: 'failed', error: thrownErrorData(error) });
      return false;
    }
  }, []);
  return { state, run, cancel, reset: cancel };
}
