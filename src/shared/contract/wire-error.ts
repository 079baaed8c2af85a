import { ORPCError } from '@orpc/contract';
import { AppError, type AppErrorData, isAppErrorReason, toAppErrorData } from '../errors/app-error.ts';

/** The `data` of every ORPCError that leaves a host: the AppErrorData, whole. */
export interface WireErrorData {
  readonly appError: AppErrorData;
}

/**
 * Any failure of a handler as it crosses the wire. oRPC's own refusal of an input becomes ContractViolation with one
 * cause an issue; what is neither that nor an AppError is a Bug.
 */
export function toWireError(error: unknown): ORPCError<string, WireErrorData> {
  const appError = isContractError(error) ? fromContractError(error) : toAppErrorData(error);
  return new ORPCError<string, WireErrorData>(appError.reason, {
    message: appError.message,
    data: { appError },
    cause: error,
  });
}

/** The AppError that a host sent, or what an ORPCError of the library itself means. Undefined for any other value. */
export function fromWireError(error: unknown): AppError | undefined {
  return isContractError(error) ? new AppError(fromContractError(error), { cause: error }) : undefined;
}

function isContractError(error: unknown): error is ORPCError<string, unknown> {
  return error instanceof ORPCError;
}

function fromContractError(error: ORPCError<string, unknown>): AppErrorData {
  const { data } = error;
  if (isObject(data) && isAppErrorData(data['appError'])) return data['appError'];
  if (error.code === 'BAD_REQUEST' || error.code === 'NOT_FOUND') return contractViolation(error);
  return {
    reason: 'Bug',
    message: 'Everynode has met an error of its own.',
    detail: `${error.code}: ${error.message}`,
  };
}

function contractViolation(error: ORPCError<string, unknown>): AppErrorData {
  const issues = isObject(error.data) && Array.isArray(error.data['issues']) ? error.data['issues'] : [];
  const causes = issues.filter(isObject).map((issue) => ({
    path: Array.isArray(issue['path']) ? issue['path'].map(segmentOf).join('.') : '',
    message: typeof issue['message'] === 'string' ? issue['message'] : 'is not valid',
  }));
  return {
    reason: 'ContractViolation',
    message:
      error.code === 'NOT_FOUND'
        ? 'The page asked for something that this version of Everynode does not have.'
        : 'The page asked with an input that Everynode does not take.',
    ...(causes.length > 0 ? { causes } : {}),
  };
}

/** Standard Schema: a path segment is a key, or an object that holds one. */
function segmentOf(segment: unknown): string {
  return String(isObject(segment) ? segment['key'] : segment);
}

function isAppErrorData(value: unknown): value is AppErrorData {
  return isObject(value) && isAppErrorReason(value['reason']) && typeof value['message'] === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
