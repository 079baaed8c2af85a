import type { LogItem } from '../../../shared/contract/log.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';

type Ended = Extract<LogItem, { type: 'ended' }>;
type Seam = Extract<LogItem, { type: 'seam' }>;

export function endedWords(why: Ended['why']): string {
  switch (why) {
    case 'complete':
      return 'end of the log';
    case 'containerEnded':
      return 'the container has ended';
    case 'podGone':
      return 'the pod is gone';
    default:
      return assertNever(why);
  }
}

/** Where a cut stream went on. */
export function seamWords({ at, error }: Pick<Seam, 'at' | 'error'>): string {
  const time = new Date(at).toLocaleTimeString();
  return `the stream was cut and goes on from here at ${time}, no line lost: ${error.message}`;
}

/** "12.3 MB" in powers of ten. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
