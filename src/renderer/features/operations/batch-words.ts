import type { Batch } from '../../live/batch.ts';

/** Objects that the act has nothing to do on, beside those of the batch, and why: "has nothing to change". */
export interface LeftOut {
  readonly count: number;
  readonly why: string;
}

/** "7 of 12 done, 1 failed, 2 not sent; 1 has nothing to change", of all that were chosen; nothing before it began. */
export function batchWords(
  batch: Pick<Batch<unknown>, 'counts'>,
  verb: 'checked' | 'done',
  leftOut: LeftOut = { count: 0, why: '' },
): string {
  const { done, failed, unknown, notSent, running, waiting } = batch.counts();
  const begun = done + failed + unknown + notSent + running + waiting;
  if (begun === 0) return '';
  const parts = [`${done} of ${begun + leftOut.count} ${verb}`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (unknown > 0) parts.push(`${unknown} not known`);
  if (notSent > 0) parts.push(`${notSent} not sent`);
  const rest = leftOut.count > 0 ? `; ${leftOut.count} ${leftOut.why}` : '';
  return `${parts.join(', ')}${rest}`;
}

/** The message with what it is about, field by field. */
export function failureWords(error: {
  readonly message: string;
  readonly causes?: readonly { path: string; message: string }[];
}): string {
  const causes = (error.causes ?? []).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return [error.message, ...causes].join(' ');
}
