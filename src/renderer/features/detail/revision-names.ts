import { currentRevision } from '../../../shared/kubernetes/revision.ts';
import type { ControllerRevisionRow, PodRow } from '../../../shared/kubernetes/rows.ts';

/** What a pod's label controller-revision-hash comes to among the DaemonSet's revisions. */
export interface PodRevision {
  /** "#12"; "old" where the revision is no longer kept, "–" where the pod has no label. */
  readonly words: string;
  readonly isOld: boolean;
  /** For sorting: 0 where it is not known. */
  readonly number: number;
}

/** Names the revision of every pod. Without revisions (not read yet, or no right to) nothing is called old. */
export function podRevisions(revisions: readonly ControllerRevisionRow[]): (pod: PodRow) => PodRevision {
  const byHash = new Map(revisions.map((revision) => [revision.hash, revision]));
  const current = currentRevision(revisions);
  return ({ revisionHash }) => {
    if (revisionHash === undefined) return { words: '–', isOld: false, number: 0 };
    if (!current) return { words: revisionHash, isOld: false, number: 0 };
    const revision = byHash.get(revisionHash);
    if (!revision) return { words: 'old', isOld: true, number: 0 };
    return { words: `#${revision.revision}`, isOld: revision !== current, number: revision.revision };
  };
}
