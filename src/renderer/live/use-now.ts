import { useEffect, useState } from 'react';
import { useServices } from './services.ts';

/** The time, in milliseconds since 1970, anew every `everyMs`: for ages and "since" on screen. */
export function useNow(everyMs: number): number {
  const { clock } = useServices();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    let timer = clock.setTimeout(function tick() {
      setNow(clock.now());
      timer = clock.setTimeout(tick, everyMs);
    }, everyMs);
    return () => clock.clearTimeout(timer);
  }, [clock, everyMs]);
  return now;
}
