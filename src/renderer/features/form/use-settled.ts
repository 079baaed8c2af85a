import { useEffect, useState } from 'react';
import { useServices } from '../../live/services.ts';

const AFTER_MS = 400;

/** The value once it has not changed for a moment: what is typed is not asked for letter by letter. */
export function useSettled(value: string): string {
  const { clock } = useServices();
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (value === settled) return undefined;
    const timer = clock.setTimeout(() => setSettled(value), AFTER_MS);
    return () => clock.clearTimeout(timer);
  }, [clock, value, settled]);
  return settled;
}
