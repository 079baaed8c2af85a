import { useEffect, useRef, useState } from 'react';
import { useServices } from '../../live/services.ts';

/** A value that changes at most once in `everyMs`; the last one is never lost. 0 passes every value on at once. */
export function useThrottled<Value>(value: Value, everyMs: number): Value {
  const { clock } = useServices();
  const [shown, setShown] = useState(value);
  const shownAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const show = () => {
      shownAt.current = clock.now();
      setShown(value);
    };
    const waitMs = shownAt.current + everyMs - clock.now();
    if (waitMs <= 0) {
      show();
      return undefined;
    }
    const timer = clock.setTimeout(show, waitMs);
    return () => clock.clearTimeout(timer);
  }, [clock, value, everyMs]);
  return everyMs === 0 ? value : shown;
}
