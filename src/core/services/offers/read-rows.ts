import type { Clock } from '../../../shared/clock.ts';
import type { AppErrorData } from '../../../shared/errors/app-error.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Row } from '../../../shared/kubernetes/rows.ts';
import { cancelled } from '../../cancelled.ts';
import type { Lease, LiveRows } from '../../live-rows.ts';

/** Like an offer of another kind: who waits longer types it. */
const PATIENCE_MS = 10_000;

/**
 * The rows of a live read as they are once: at once where somebody reads them already, else after its first list. The lease is given
 * back. Rows that are stale still are what the cluster had, and are answered.
 *
 * @throws AppError why they cannot be read; Timeout when the list takes longer than 10 s; Cancelled
 */
export async function readRows<R extends Row>(
  lease: Lease<LiveRows<R>>,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly R[]> {
  const { value: live } = lease;
  const { promise, resolve, reject } = Promise.withResolvers<readonly R[]>();
  const look = () => {
    const { state, rows } = live;
    if (state.phase === 'live') resolve([...rows.values()]);
    else if (state.phase === 'failed') reject(new AppError(state.error));
    else if (state.phase === 'stale') {
      if (rows.size > 0) resolve([...rows.values()]);
      else reject(new AppError(state.error));
    }
  };
  const leave = () => reject(cancelled());
  const timer = clock.setTimeout(() => reject(new AppError(TOO_LATE)), PATIENCE_MS);
  const unsubscribe = live.subscribe(look);
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  look();
  try {
    return await promise;
  } finally {
    clock.clearTimeout(timer);
    signal.removeEventListener('abort', leave);
    unsubscribe();
    lease.release();
  }
}

const TOO_LATE: AppErrorData = { reason: 'Timeout', message: 'The cluster takes long to answer.', retry: true };
