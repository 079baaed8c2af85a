import { useEffect, useState } from 'react';

/** Device pixels of a CSS px: another screen or zoom changes it. */
export function usePixelRatio(): number {
  const [ratio, setRatio] = useState(() => globalThis.devicePixelRatio);
  useEffect(() => {
    const query = globalThis.matchMedia(`(resolution: ${ratio}dppx)`);
    const read = () => setRatio(globalThis.devicePixelRatio);
    query.addEventListener('change', read);
    return () => query.removeEventListener('change', read);
  }, [ratio]);
  return ratio;
}
