import { useCallback, useEffect, useState } from 'react';
import type { AppErrorData } from '../../../shared/errors/app-error.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';

export interface Answer<Value> {
  readonly answer?: Value;
  readonly error?: AppErrorData;
  /** Asks once more. */
  readonly again: () => void;
}

interface Asked<Value> {
  readonly key: string;
  readonly answer?: Value;
  readonly error?: AppErrorData;
}

/**
 * One read that a dialog needs: asked when it opens, and anew when the key changes. `ask` is called with the signal that ends with
 * the dialog; undefined where there is nothing to ask.
 */
export function useAnswer<Value>(
  key: string,
  ask: ((signal: AbortSignal) => Promise<Value>) | undefined,
): Answer<Value> {
  const [asked, setAsked] = useState<Asked<Value>>({ key: '' });
  const [nth, setNth] = useState(0);
  const again = useCallback(() => setNth((before) => before + 1), []);
  const id = `${nth} ${key}`;
  useEffect(() => {
    if (!ask) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    ask(signal).then(
      (answer) => {
        if (!signal.aborted) setAsked({ key: id, answer });
      },
      (thrown: unknown) => {
        if (!signal.aborted) setAsked({ key: id, error: thrownErrorData(thrown) });
      },
    );
    return () => controller.abort();
    // `ask` is new at every render; the key names all that it depends on.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [id, ask === undefined]);
  // What was asked before is no answer to this.
  const { key: _, ...current } = asked.key === id ? asked : { key: id };
  return { ...current, again };
}
