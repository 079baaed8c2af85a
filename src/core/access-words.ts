import type { AccessCheck } from '../shared/contract/cluster.ts';
import type { AppError } from '../shared/errors/app-error.ts';

/** "may not delete daemonsets.apps in namespace logging": which verb on which resource is missing, after "You". */
export function missingRight(check: AccessCheck): string {
  const resource = check.subresource ? `${check.resource}/${check.subresource}` : check.resource;
  const full = check.group ? `${resource}.${check.group}` : resource;
  return `may not ${check.verb} ${full} ${check.namespace ? `in namespace ${check.namespace}` : 'in the whole cluster'}`;
}

/** The server does not know the path (an old or a cut-down server). */
export function isAbsent(error: AppError): boolean {
  return error.reason === 'NotFound';
}
