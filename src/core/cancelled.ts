import { AppError } from '../shared/errors/app-error.ts';

/** For a wait that is no request, and that its caller has left. */
export function cancelled(): AppError {
  return new AppError({ reason: 'Cancelled', message: 'The request was cancelled.', retry: false });
}
