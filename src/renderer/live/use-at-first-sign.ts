import { useEffect } from 'react';

const SIGNS = ['pointermove', 'pointerdown', 'keydown'] as const;

/** Calls `then` at the first sign of a user: what a click may lead to can be prepared, and nothing is that nobody waits for. */
export function useAtFirstSign(then: () => void): void {
  useEffect(() => {
    const ended = new AbortController();
    const seen = (): void => {
      ended.abort();
      then();
    };
    for (const sign of SIGNS) globalThis.addEventListener(sign, seen, { signal: ended.signal, passive: true });
    return () => ended.abort();
  }, [then]);
}
