import type { AccessCheck } from '../../../shared/contract/cluster.ts';
import { AppError, type AppErrorReason } from '../../../shared/errors/app-error.ts';
import { missingRight } from '../../access-words.ts';

/** Failures of our own, and the user's cancel: no state of a cluster. */
const NOT_SAID: ReadonlySet<AppErrorReason> = new Set<AppErrorReason>(['Cancelled', 'ContractViolation', 'Bug']);

/** Runs a read; what hinders it in the cluster or on the way there becomes one sentence. Everything else is thrown. */
export async function orWhyNone<Value>(
  right: AccessCheck,
  read: () => Promise<Value>,
): Promise<Value | { readonly none: string }> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError) || NOT_SAID.has(error.reason)) throw error;
    return { none: whyNone(error, right) };
  }
}

export function whyNone({ reason, message }: Pick<AppError, 'reason' | 'message'>, right: AccessCheck): string {
  if (reason === 'Forbidden') return `You ${missingRight(right)}.`;
  const resource = right.group === '' ? right.resource : `${right.resource}.${right.group}`;
  if (reason === 'NotFound') return `This cluster has no ${resource}.`;
  return message;
}
