import type { AppErrorData, AppErrorReason } from '../../shared/errors/app-error.ts';
import { assertNever } from '../../shared/errors/assert-never.ts';

/** The heading of an error: what kind of trouble it is, in the user's words. The message beneath says the exact cause. */
export function errorTitle(reason: AppErrorReason): string {
  switch (reason) {
    case 'Unauthorized':
      return 'The server does not accept these credentials';
    case 'Forbidden':
      return 'The server does not allow this';
    case 'NotFound':
      return 'Not found';
    case 'AlreadyExists':
      return 'It exists already';
    case 'Conflict':
      return 'It was changed in the meantime';
    case 'Invalid':
      return 'The server refuses these values';
    case 'Expired':
      return 'What was asked for is too old';
    case 'TooManyRequests':
      return 'The server is overloaded';
    case 'Timeout':
      return 'No answer in time';
    case 'ServiceUnavailable':
      return 'The server is not available';
    case 'InternalError':
      return 'The server failed';
    case 'Unreachable':
      return 'The cluster cannot be reached';
    case 'CredentialPluginFailed':
      return 'The credential plugin failed';
    case 'OutcomeUnknown':
      return 'It is not known whether this was done';
    case 'Disconnected':
      return 'The connection to Everynode was lost';
    case 'KubeconfigInvalid':
      return 'The kubeconfig cannot be used';
    case 'ManifestSyntax':
      return 'The YAML cannot be read';
    case 'PreferenceFileInvalid':
      return 'The settings file cannot be read';
    case 'HostLacks':
      return 'This host cannot do that';
    case 'Cancelled':
      return 'Cancelled';
    case 'ContractViolation':
      return 'Everynode asked in a wrong way';
    case 'Bug':
      return 'An error in Everynode';
    default:
      return assertNever(reason);
  }
}

/** "Try again in 5 s", where the server asked to wait; undefined where it said nothing. */
export function retryHint(error: AppErrorData): string | undefined {
  return error.retryAfterSeconds === undefined ? undefined : `The server asks to wait ${error.retryAfterSeconds} s.`;
}
