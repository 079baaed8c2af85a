import { useEffect } from 'react';
import { useServices } from './services.ts';

const MOMENT_MS = 300;

/** Calls `then` once what the user asked for has been on screen for a moment: what follows may be prepared. */
export function useAfterShown(isShown: boolean, then: (() => void) | undefined): void {
  const { clock } = useServices();
  useEffect(() => {
    if (!isShown || then === undefined) return undefined;
    const timer = clock.setTimeout(then, MOMENT_MS);
    return () => clock.clearTimeout(timer);
  }, [clock, isShown, then]);
}
