import { AppError } from '../../../shared/errors/app-error.ts';
import { currentRevision, oldRevisions } from '../../../shared/kubernetes/revision.ts';
import type { ControllerRevisionRow, DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { differingFields, templateOfDaemonSet, templateOfText } from '../../../shared/manifest/revision-template.ts';
import type { Client } from '../../live/client.ts';

/** What a rollback of one of many to the revision before its current one would do. */
export type ManyRollback =
  | {
      readonly kind: 'possible';
      readonly from: number;
      readonly to: ControllerRevisionRow;
      readonly fields: readonly string[];
      readonly beforeText: string;
    }
  /** Why there is nothing to do: "only the current revision is kept". */
  | { readonly kind: 'nothing'; readonly why: string };

type Target = Pick<DaemonSetRow, 'namespace' | 'name' | 'uid'> & { readonly contextName: string };

/** Reads the revisions, the object and the template of then, and dry-runs the rollback. Throws what the server says against it. */
export async function readManyRollback(client: Client, target: Target, signal: AbortSignal): Promise<ManyRollback> {
  const revisions = await firstRevisions(client, target, signal);
  const [to] = oldRevisions(revisions);
  if (to === undefined) return { kind: 'nothing', why: 'only the current revision is kept' };
  const { contextName, namespace, name } = target;
  const revision = { name: to.name, uid: to.uid };
  const [{ jsonText: beforeText }, { templateText }] = await Promise.all([
    client.daemonSet.read({ contextName, namespace, name }, { signal }),
    client.daemonSet.readRevision({ ...target, revision }, { signal }),
  ]);
  const { changed } = await client.daemonSet.rollback({ ...target, revision, beforeText, dryRun: true }, { signal });
  if (changed.length === 0) return { kind: 'nothing', why: `revision ${to.revision} has the same pod template` };
  const fields = differingFields(templateOfDaemonSet(beforeText) ?? {}, templateOfText(templateText) ?? {});
  return { kind: 'possible', from: currentRevision(revisions)?.revision ?? 0, to, fields, beforeText };
}

async function firstRevisions(
  client: Client,
  target: Target,
  signal: AbortSignal,
): Promise<readonly ControllerRevisionRow[]> {
  for await (const { state, value } of await client.daemonSet.watchRevisions(target, { signal })) {
    if (state.phase === 'failed') throw new AppError(state.error);
    if (state.phase === 'live' && value !== undefined) return value;
  }
  throw new AppError({ reason: 'Disconnected', message: 'The revisions were not read.' });
}

const SHOWN_FIELDS = 3;

/** "#4 → #3 · fix the leak: spec.containers[0].image and 2 more fields." */
export function manyRollbackWords({ from, to, fields }: Extract<ManyRollback, { kind: 'possible' }>): string {
  const more = fields.length - SHOWN_FIELDS;
  const named = fields.slice(0, SHOWN_FIELDS).join(', ') + (more > 0 ? ` and ${more} more fields` : '');
  const cause = to.changeCause === undefined || to.changeCause === '' ? '' : ` · ${to.changeCause}`;
  return `#${from} → #${to.revision}${cause}: ${named}.`;
}
