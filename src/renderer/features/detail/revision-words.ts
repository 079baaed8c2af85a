import type { ControllerRevisionRow, DaemonSetRow } from '../../../shared/kubernetes/rows.ts';

/** What the API server sets where a manifest says nothing (SetDefaults_DaemonSet, pkg/apis/apps/v1, 1.37). */
const DEFAULT_LIMIT = 10;

/** "4 kept · at most 10 old ones beside the current (the default)" */
export function historyWords(
  kept: number,
  { revisionHistoryLimit }: Pick<DaemonSetRow, 'revisionHistoryLimit'>,
): string {
  const limit = revisionHistoryLimit ?? DEFAULT_LIMIT;
  const isDefault = limit === DEFAULT_LIMIT ? 'the default' : `the default is ${DEFAULT_LIMIT}`;
  return `${kept} kept · the limit is ${limit} old ${limit === 1 ? 'one' : 'ones'} beside the current (${isDefault})`;
}

/** Says on how many nodes a revision is that is no longer kept; undefined where there is none. */
export function strayWords(
  revisions: readonly ControllerRevisionRow[],
  nodes: ReadonlyMap<string, number>,
): string | undefined {
  if (revisions.length === 0) return undefined;
  const kept = new Set(revisions.map(({ hash }) => hash));
  const stray = [...nodes].reduce((sum, [hash, count]) => (kept.has(hash) ? sum : sum + count), 0);
  if (stray === 0) return undefined;
  return `${stray === 1 ? '1 node runs a pod' : `${stray} nodes run pods`} of a revision that is no longer kept.`;
}
