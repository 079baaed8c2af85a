import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';

/** One DaemonSet of one context that an operation is about. */
export interface OperationTarget {
  readonly contextName: string;
  readonly namespace: string;
  readonly name: string;
  /** Absent: whichever has this name there, as in another cluster. */
  readonly row?: DaemonSetRow;
}

export function targetId({ contextName, namespace, name }: OperationTarget): string {
  return `${contextName} ${namespace}/${name}`;
}

export function targetsOf(contextName: string, rows: readonly DaemonSetRow[]): readonly OperationTarget[] {
  return rows.map((row) => ({ contextName, namespace: row.namespace, name: row.name, row }));
}

/** "fluent-bit", or "3 DaemonSets". */
export function targetsWords(targets: readonly OperationTarget[]): string {
  const [only] = targets;
  return targets.length === 1 && only !== undefined ? only.name : `${targets.length} DaemonSets`;
}
