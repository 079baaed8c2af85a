import type { Batch } from '../../live/batch.ts';

/** "7 of 12 done, 1 failed, 2 not sent"; nothing before it began. */
export function batchWords(batch: Pick<Batch<unknown>, 'counts'>, verb: 'checked' | 'done'): string {
  const { done, failed, notSent, running, waiting } = batch.counts();
  const total = done + failed + notSent + running + waiting;
  if (total === 0) return '';
  const parts = [`${done} of ${total} ${verb}`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (notSent > 0) parts.push(`${notSent} not sent`);
  return parts.join(', ');
}
