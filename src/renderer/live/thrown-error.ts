import { type AppErrorData, isAppErrorReason, toAppErrorData } from '../../shared/errors/app-error.ts';

function isAppErrorData(value: unknown): value is AppErrorData {
  return (
    typeof value === 'object' &&
    value !== null &&
    'reason' in value &&
    isAppErrorReason(value.reason) &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

/** What a failed call says: the AppError it carries, by instance or as the `data` of a wire error. */
export function thrownErrorData(error: unknown): AppErrorData {
  if (error instanceof Error && 'data' in error && isAppErrorData(error.data)) return error.data;
  return toAppErrorData(error);
}
