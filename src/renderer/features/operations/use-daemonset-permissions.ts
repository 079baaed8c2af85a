import type { AccessCheck } from '../../../shared/contract/cluster.ts';
import { type Permission, permissionOf, useAccess } from '../../live/use-access.ts';
import { useKubeContext } from '../../live/use-contexts.ts';

export interface DaemonSetPermissions {
  readonly patch: Permission;
  readonly delete: Permission;
  /** Of the pods in its namespace. */
  readonly deletePods: Permission;
}

/** What the user may do with the DaemonSets of one namespace. */
export function useDaemonSetPermissions(contextName: string, namespace: string): DaemonSetPermissions {
  const about = { group: 'apps', resource: 'daemonsets', namespace };
  const checks: readonly AccessCheck[] = [
    { ...about, verb: 'patch' },
    { ...about, verb: 'delete' },
    { group: '', resource: 'pods', namespace, verb: 'delete' },
  ];
  const answers = useAccess(contextName, checks);
  const guardLevel = useKubeContext(contextName)?.guardLevel ?? 'free';
  const [patch, remove, deletePods] = [0, 1, 2].map((nth) => permissionOf(guardLevel, answers?.[nth]));
  const unknown = permissionOf(guardLevel, undefined);
  return { patch: patch ?? unknown, delete: remove ?? unknown, deletePods: deletePods ?? unknown };
}

/** What the user may do with the DaemonSets of several namespaces: what is missing in one of them is missing. */
export function usePermissionsIn(
  contextName: string,
  namespaces: readonly string[],
): Pick<DaemonSetPermissions, 'patch' | 'delete'> {
  const checks = namespaces.flatMap((namespace): readonly AccessCheck[] =>
    (['patch', 'delete'] as const).map((verb) => ({ verb, group: 'apps', resource: 'daemonsets', namespace })),
  );
  const answers = useAccess(contextName, checks);
  const guardLevel = useKubeContext(contextName)?.guardLevel ?? 'free';
  const of = (verb: 'patch' | 'delete'): Permission => {
    const missing = checks.findIndex((check, index) => check.verb === verb && answers?.[index]?.allowed === false);
    return permissionOf(guardLevel, missing === -1 ? undefined : answers?.[missing]);
  };
  return { patch: of('patch'), delete: of('delete') };
}
