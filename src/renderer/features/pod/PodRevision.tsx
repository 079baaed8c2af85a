import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import { useRevisions } from '../../live/use-revisions.ts';
import { podRevisions } from '../detail/index.ts';

export interface PodRevisionProps {
  readonly contextName: string;
  readonly row: PodRow;
  readonly owner: { readonly name: string; readonly uid: string };
}

/** Which revision of its DaemonSet the pod runs; its hash alone where revisions cannot be read. */
export function PodRevision({ contextName, row, owner: { name, uid } }: PodRevisionProps) {
  const { namespace } = row;
  const revisions = useRevisions(contextName, { namespace, name, uid });
  const { words, isOld } = podRevisions(revisions.value ?? [])(row);
  return (
    <>
      <dt>Revision</dt>
      <dd title={row.revisionHash}>{isOld && words !== 'old' ? `${words} · old` : words}</dd>
    </>
  );
}
