import type { AccessCheck } from '../../../shared/contract/cluster.ts';
import { type Permission, permissionOf, useAccess } from '../../live/use-access.ts';
import { useKubeContext } from '../../live/use-contexts.ts';

export interface DaemonSetPermissions {
  readonly patch: Permission;
  readonly delete: Permission;
  /** Of the pods in its namespace. */
  readonly deletePods: Permission;
}

/** What the server's authorizer is asked for each of them, in one namespace. */
export function daemonSetCheck(right: keyof DaemonSetPermissions, namespace: string): AccessCheck {
  if (right === 'deletePods') return { group: '', resource: 'pods', namespace, verb: 'delete' };
  return { group: 'apps', resource: 'daemonsets', namespace, verb: right };
}

/** What the user may do with the DaemonSets of one namespace. */
export function useDaemonSetPermissions(contextName: string, namespace: string): DaemonSetPermissions {
  return usePermissionsIn(contextName, [namespace]);
}

/** What the user may do with the DaemonSets of several namespaces: what is missing in one of them is missing. */
export function usePermissionsIn(contextName: string, namespaces: readonly string[]): DaemonSetPermissions {
  const rights = ['patch', 'delete', 'deletePods'] as const;
  const asked = rights.flatMap((right) =>
    namespaces.map((namespace) => [right, daemonSetCheck(right, namespace)] as const),
  );
  const answers = useAccess(
    contextName,
    asked.map(([, check]) => check),
  );
  const guardLevel = useKubeContext(contextName)?.guardLevel ?? 'free';
  const of = (wanted: (typeof rights)[number]): Permission => {
    const missing = asked.findIndex(([right], index) => right === wanted && answers?.[index]?.allowed === false);
    return permissionOf(guardLevel, answers?.[missing]);
  };
  return { patch: of('patch'), delete: of('delete'), deletePods: of('deletePods') };
}
