import { useCallback } from 'react';
import type { ControllerRevisionRow, DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { JsonObject } from '../../../shared/manifest/json-value.ts';
import { templateOfText } from '../../../shared/manifest/revision-template.ts';
import { useServices } from '../../live/services.ts';

export type RevisionRef = Pick<ControllerRevisionRow, 'name' | 'uid'>;

/** Reads the pod template that a revision keeps. */
export function useRevisionTemplate(
  contextName: string,
  { namespace, name, uid }: DaemonSetRow,
): (revision: RevisionRef, signal: AbortSignal) => Promise<JsonObject> {
  const { client } = useServices();
  return useCallback(
    async (revision, signal) => {
      const ref = { name: revision.name, uid: revision.uid };
      const input = { contextName, namespace, name, uid, revision: ref };
      const { templateText } = await client.daemonSet.readRevision(input, { signal });
      return templateOfText(templateText) ?? {};
    },
    [client, contextName, namespace, name, uid],
  );
}
