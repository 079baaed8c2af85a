import type { ChangeOutcome } from '../../shared/contract/daemonset.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { at, text } from '../../shared/kubernetes/json-fields.ts';
import { cordonLine } from '../../shared/kubernetes/kubectl.ts';
import { lookFirst, runChange } from '../change.ts';
import type { OpenCluster } from './open-cluster.ts';
import { clusterPath } from './paths.ts';

export interface NodeTarget {
  readonly contextName: string;
  readonly name: string;
  readonly uid: string;
}

/** Sets spec.unschedulable and nothing else, as kubectl cordon and uncordon do (kubectl pkg/drain/cordon.go, 1.37). */
export async function setUnschedulable(
  cluster: OpenCluster,
  target: NodeTarget,
  unschedulable: boolean,
  signal: AbortSignal,
): Promise<ChangeOutcome> {
  const { contextName, name, uid } = target;
  const path = `${clusterPath('core', 'nodes')}/${encodeURIComponent(name)}`;
  const act = unschedulable ? 'cordon' : 'uncordon';
  const ref = { contextName, namespace: '', name };
  const kubectl = cordonLine(contextName, name, unschedulable);
  const right = { verb: 'patch', group: '', resource: 'nodes', name };
  const subject = { act, ref, uid, right, kubectl };
  const before = await lookFirst(subject, cluster.journal, () => readNode(cluster, path, target, signal));
  // Absent and false are the same; the uid makes the patch a precondition.
  const patch = { metadata: { uid }, spec: { unschedulable: unschedulable ? true : null } };
  try {
    const reply = await runChange(
      {
        ...subject,
        request: { method: 'PATCH', path, contentType: 'application/merge-patch+json', body: JSON.stringify(patch) },
        dryRun: 'first',
        readBack: async (during) =>
          isUnschedulable(await readNode(cluster, path, target, during)) === unschedulable ? 'done' : 'notDone',
        before: { 'spec.unschedulable': isUnschedulable(before) },
        after: { 'spec.unschedulable': unschedulable },
      },
      cluster,
      signal,
    );
    const resourceVersion = text(at(reply.body, 'metadata', 'resourceVersion'));
    return { uid, ...(resourceVersion && { resourceVersion }), warnings: reply.warnings, kubectl };
  } catch (error) {
    throw isWrongUid(error) ? replaced(target) : error;
  }
}

async function readNode(cluster: OpenCluster, path: string, target: NodeTarget, signal: AbortSignal): Promise<unknown> {
  const response = await cluster.connection.get({ path, signal, priority: 'user' });
  const node: unknown = JSON.parse(new TextDecoder().decode(response.body));
  if (text(at(node, 'metadata', 'uid')) !== target.uid) throw replaced(target);
  return node;
}

function isUnschedulable(node: unknown): boolean {
  return at(node, 'spec', 'unschedulable') === true;
}

function isWrongUid(error: unknown): boolean {
  return error instanceof AppError && error.reason === 'Conflict' && /\buid\b/i.test(error.message);
}

function replaced({ contextName, name }: NodeTarget): AppError {
  return new AppError({
    reason: 'Conflict',
    message: `Node ${name} was deleted and registered again meanwhile; nothing was done to the new one.`,
    contextName,
    ref: { contextName, namespace: '', name },
  });
}
