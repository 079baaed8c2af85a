import { useNow } from '../live/use-now.ts';
import { humanDuration } from './age.ts';

const TICK_MS = 10_000;

/** The age of an object; the exact time on hover. */
export function Age({ timestamp }: { readonly timestamp: string }) {
  const now = useNow(TICK_MS);
  return (
    <time dateTime={timestamp} title={new Date(timestamp).toLocaleString()}>
      {humanDuration(Math.max(0, now - Date.parse(timestamp)))}
    </time>
  );
}
