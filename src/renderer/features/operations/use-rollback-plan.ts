import type { RollbackOutcome } from '../../../shared/contract/daemonset.ts';
import type { AppErrorData } from '../../../shared/errors/app-error.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { JsonObject } from '../../../shared/manifest/json-value.ts';
import { templateOfDaemonSet } from '../../../shared/manifest/revision-template.ts';
import { useServices } from '../../live/services.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';
import { type Answer, useAnswer } from './use-answer.ts';
import { type RevisionRef, useRevisionTemplate } from './use-revision-template.ts';

/** What a rollback would do. */
export interface RollbackPlan {
  /** The DaemonSet as it was read: what the rollback may replace. */
  readonly beforeText: string;
  readonly present: JsonObject;
  readonly kept: JsonObject;
  /** What the dry run came to, or why it was refused. */
  readonly checked: { readonly outcome: RollbackOutcome } | { readonly refusal: AppErrorData };
}

/** Reads the object and the revision, and dry-runs the rollback from the one to the other. */
export function useRollbackPlan(
  contextName: string,
  row: DaemonSetRow,
  revision: RevisionRef | undefined,
): Answer<RollbackPlan> {
  const { client } = useServices();
  const readTemplate = useRevisionTemplate(contextName, row);
  const { namespace, name, uid } = row;
  const target = { contextName, namespace, name, uid };
  async function plan(ref: RevisionRef, signal: AbortSignal): Promise<RollbackPlan> {
    const [{ jsonText }, kept] = await Promise.all([
      client.daemonSet.read({ contextName, namespace, name }, { signal }),
      readTemplate(ref, signal),
    ]);
    const about = { ...target, revision: { name: ref.name, uid: ref.uid }, beforeText: jsonText };
    const checked = await client.daemonSet.rollback({ ...about, dryRun: true }, { signal }).then(
      (outcome) => ({ outcome }),
      (thrown: unknown) => ({ refusal: thrownErrorData(thrown) }),
    );
    return { beforeText: jsonText, present: templateOfDaemonSet(jsonText) ?? {}, kept, checked };
  }
  return useAnswer(
    JSON.stringify([contextName, namespace, name, uid, revision?.uid]),
    revision && ((signal) => plan(revision, signal)),
  );
}
