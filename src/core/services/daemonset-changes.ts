import type { ChangeOutcome, DeleteOutcome, PropagationPolicy } from '../../shared/contract/daemonset.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { ObjectRef } from '../../shared/kubernetes/object.ts';
import { at, text } from '../../shared/kubernetes/json-fields.ts';
import { deleteLine, restartLine } from '../../shared/kubernetes/kubectl.ts';
import { exactJson } from '../../shared/manifest/exact-json.ts';
import type { JsonValue } from '../../shared/manifest/json-value.ts';
import { type Change, type ChangeSubject, lookFirst, runChange } from '../change.ts';
import type { OpenCluster } from './open-cluster.ts';
import { namespacedPath } from './paths.ts';

/** Identity and address: a change never hits a namesake that was made meanwhile. */
export interface Target extends ObjectRef {
  readonly uid: string;
}

export const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/** Puts kubectl.kubernetes.io/restartedAt on the template and touches nothing else. */
export async function restartDaemonSet(
  cluster: OpenCluster,
  target: Target,
  signal: AbortSignal,
): Promise<ChangeOutcome> {
  const subject = subjectOf(target, 'restart', 'patch', restartLine(target));
  const before = await lookFirst(subject, cluster.journal, () => readTarget(cluster, target, signal));
  const restartedAt = rfc3339Seconds(cluster.clock.now());
  // As kubectl rollout restart (kubectl pkg/polymorphichelpers/objectrestarter.go, 1.37); the uid makes it a precondition.
  const patch = {
    metadata: { uid: target.uid },
    spec: { template: { metadata: { annotations: { [RESTARTED_AT]: restartedAt } } } },
  };
  return runOnTarget(cluster, target, signal, {
    ...subject,
    request: { method: 'PATCH', contentType: 'application/merge-patch+json', body: JSON.stringify(patch) },
    readBack: async (during) => {
      const now = await readTarget(cluster, target, during);
      return restartedAtOf(now) === restartedAt ? 'done' : 'notDone';
    },
    before: { [RESTARTED_AT]: restartedAtOf(before) ?? null },
    after: { [RESTARTED_AT]: restartedAt },
  });
}

/** Deletes by uid, so that a namesake which was made meanwhile stays. Answers the object as it was just before. */
export async function deleteDaemonSet(
  cluster: OpenCluster,
  target: Target,
  propagationPolicy: PropagationPolicy,
  signal: AbortSignal,
): Promise<DeleteOutcome> {
  const subject = subjectOf(target, 'delete', 'delete', deleteLine(target, propagationPolicy));
  const look = () => readTargetText(cluster, target, signal);
  const { object: before, jsonText } = await lookFirst(subject, cluster.journal, look);
  const options = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy,
    preconditions: { uid: target.uid },
  };
  const outcome = await runOnTarget(cluster, target, signal, {
    ...subject,
    request: { method: 'DELETE', contentType: 'application/json', body: JSON.stringify(options) },
    readBack: (during) => deletionState(cluster, target, during),
    before,
  });
  return { ...outcome, jsonText };
}

function subjectOf(target: Target, act: string, verb: string, kubectl: string): ChangeSubject {
  const { namespace, name, uid } = target;
  const right = { verb, group: 'apps', resource: 'daemonsets', namespace, name };
  return { act, ref: refOf(target), uid, right, kubectl };
}

interface TargetChange extends ChangeSubject, Pick<Change, 'readBack'> {
  readonly request: Omit<Change['request'], 'path'>;
}

async function runOnTarget(
  cluster: OpenCluster,
  target: Target,
  signal: AbortSignal,
  { request, ...rest }: TargetChange,
): Promise<ChangeOutcome> {
  const { kubectl } = rest;
  const change: Change = { ...rest, request: { ...request, path: pathOf(target) }, dryRun: 'first' };
  try {
    const reply = await runChange(change, cluster, signal);
    const resourceVersion = text(at(reply.body, 'metadata', 'resourceVersion'));
    const version = resourceVersion ? { resourceVersion } : {};
    return { uid: target.uid, ...version, warnings: reply.warnings, kubectl };
  } catch (error) {
    throw isWrongUid(error) ? replaced(target) : error;
  }
}

function refOf({ contextName, namespace, name }: Target): ObjectRef {
  return { contextName, namespace, name };
}

function pathOf(target: ObjectRef): string {
  return namespacedPath('apps', target.namespace, 'daemonsets', target.name);
}

/** RFC 3339 in whole seconds, as kubectl writes it. */
function rfc3339Seconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

function restartedAtOf(object: unknown): string | undefined {
  return text(at(object, 'spec', 'template', 'metadata', 'annotations', RESTARTED_AT)) || undefined;
}

interface ReadObject {
  readonly object: JsonValue;
  /** As it came, every digit of it. */
  readonly jsonText: string;
}

async function getObject(cluster: OpenCluster, ref: ObjectRef, signal: AbortSignal): Promise<ReadObject> {
  const response = await cluster.connection.get({ path: pathOf(ref), signal, priority: 'user' });
  const jsonText = new TextDecoder().decode(response.body);
  return { object: exactJson(jsonText), jsonText };
}

async function readTargetText(cluster: OpenCluster, target: Target, signal: AbortSignal): Promise<ReadObject> {
  const read = await getObject(cluster, target, signal);
  if (text(at(read.object, 'metadata', 'uid')) !== target.uid) throw replaced(target);
  return read;
}

async function readTarget(cluster: OpenCluster, target: Target, signal: AbortSignal): Promise<JsonValue> {
  return (await readTargetText(cluster, target, signal)).object;
}

function replaced(target: Target): AppError {
  return new AppError({
    reason: 'Conflict',
    message: `DaemonSet ${target.namespace}/${target.name} was deleted and made again meanwhile; nothing was done to the new one.`,
    contextName: target.contextName,
    ref: refOf(target),
  });
}

/** A uid that no longer fits comes back as 409, or as a 422 on metadata.uid. */
function isWrongUid(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  const onUid = error.data.causes?.some((cause) => cause.path === 'metadata.uid') ?? false;
  return onUid || (error.reason === 'Conflict' && /\buid\b/i.test(error.message));
}

async function deletionState(cluster: OpenCluster, target: Target, signal: AbortSignal): Promise<'done' | 'notDone'> {
  try {
    const { object } = await getObject(cluster, target, signal);
    const isOther = text(at(object, 'metadata', 'uid')) !== target.uid;
    return isOther || at(object, 'metadata', 'deletionTimestamp') !== undefined ? 'done' : 'notDone';
  } catch (error) {
    if (error instanceof AppError && error.reason === 'NotFound') return 'done';
    throw error;
  }
}
