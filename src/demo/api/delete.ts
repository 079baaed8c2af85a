import { toTimestamp } from '../clock.ts';
import { FOREGROUND, ORPHAN } from '../controller/garbage-collector.ts';
import { type Json, type JsonObject, isJsonObject } from '../json.ts';
import type { KubeObject } from '../objects.ts';
import { deletePod } from '../pod-deletion.ts';
import { keyOf } from '../store/collection.ts';
import { numberAt, objectAt, textAt, textsAt } from '../validation/read.ts';
import { parseJson, readBody } from './body.ts';
import { isDryRun } from './field-validation.ts';
import { type Answer, type ApiContext, type ApiRequest, type Target, json } from './request.ts';
import { RESOURCES, type ResourceInfo, collectionOf } from './resources.ts';
import { type GroupResource, badRequest, conflict, invalid, notFound } from './status-error.ts';

type ObjectTarget = Extract<Target, { kind: 'object' }>;

interface DeleteOptions {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly policy: 'Foreground' | 'Background' | 'Orphan';
  readonly graceSeconds?: number;
  readonly dryRun: boolean;
}

const POLICIES = ['Foreground', 'Background', 'Orphan'] as const;

/** Of the body or, only when there is none, of the query (apiserver pkg/endpoints/handlers/delete.go, 1.37). */
async function readOptions(request: ApiRequest): Promise<DeleteOptions> {
  const text = await readBody(request.message);
  if (text === '') return optionsOf({}, request, request.query);
  return optionsOf(parseJson(text, 'the DeleteOptions cannot be read'), request, new URLSearchParams());
}

function optionsOf(parsed: Json, request: ApiRequest, query: URLSearchParams): DeleteOptions {
  if (!isJsonObject(parsed)) throw badRequest('decoded object cannot be converted to DeleteOptions');
  const preconditions = objectAt(parsed, 'preconditions');
  const asked = textAt(parsed, 'propagationPolicy') || (query.get('propagationPolicy') ?? '') || 'Background';
  const policy = POLICIES.find((known) => known === asked);
  if (policy === undefined) {
    const supported = 'supported values: "Foreground", "Background", "Orphan", "nil"';
    const message = `Unsupported value: "${asked}": ${supported}`;
    throw invalid('DeleteOptions', 'meta.k8s.io', '', [
      { reason: 'FieldValueNotSupported', message, field: 'propagationPolicy' },
    ]);
  }
  const graceText = query.get('gracePeriodSeconds');
  const grace = numberAt(parsed, 'gracePeriodSeconds') ?? (graceText === null ? undefined : Number(graceText));
  return {
    uid: textAt(preconditions, 'uid'),
    resourceVersion: textAt(preconditions, 'resourceVersion'),
    policy,
    ...(grace === undefined || !Number.isInteger(grace) ? {} : { graceSeconds: grace }),
    dryRun: textsAt(parsed, 'dryRun').includes('All') || isDryRun(query, request.method),
  };
}

/** rest.BeforeDelete, apiserver pkg/registry/rest/delete.go, 0.37 */
function checkPreconditions(info: ResourceInfo, object: KubeObject, options: DeleteOptions): void {
  const byKind: GroupResource = { group: info.group, resource: info.kind };
  const { name, uid, resourceVersion } = object.metadata;
  if (options.uid !== '' && options.uid !== uid) {
    throw conflict(
      byKind,
      name,
      `the UID in the precondition (${options.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
  }
  if (options.resourceVersion !== '' && options.resourceVersion !== resourceVersion) {
    throw conflict(
      byKind,
      name,
      `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    );
  }
}

function success(info: ResourceInfo, object: KubeObject): JsonObject {
  const { name, uid } = object.metadata;
  const details = { name, ...(info.group === '' ? {} : { group: info.group }), kind: info.resource, uid };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}

function deleteWithDependents(
  context: ApiContext,
  target: ObjectTarget,
  object: KubeObject,
  options: DeleteOptions,
): Answer {
  const info: ResourceInfo = RESOURCES[target.resource];
  const collection = collectionOf(context.store, target.resource);
  const kept = (object.metadata.finalizers ?? []).filter(
    (finalizer) => finalizer !== FOREGROUND && finalizer !== ORPHAN,
  );
  const own = options.policy === 'Foreground' ? [FOREGROUND] : options.policy === 'Orphan' ? [ORPHAN] : [];
  const finalizers = target.resource === 'daemonsets' ? [...kept, ...own] : kept;
  if (finalizers.length === 0) {
    if (!options.dryRun) collection.remove(keyOf(target.namespace, target.name));
    return json(200, success(info, object));
  }
  if (object.metadata.deletionTimestamp !== undefined) return json(200, object);
  const { metadata } = object;
  const leaving = { deletionTimestamp: toTimestamp(context.clock.now()), deletionGracePeriodSeconds: 0, finalizers };
  const next = { ...object, metadata: { ...metadata, generation: (metadata.generation ?? 0) + 1, ...leaving } };
  return json(200, options.dryRun ? next : collection.put(next));
}

export async function deleteObject(context: ApiContext, request: ApiRequest, target: ObjectTarget): Promise<Answer> {
  const info: ResourceInfo = RESOURCES[target.resource];
  const options = await readOptions(request);
  const key = keyOf(target.namespace, target.name);
  const object = collectionOf(context.store, target.resource).get(key);
  if (object === undefined) throw notFound(info, target.name);
  checkPreconditions(info, object, options);
  const pod = target.resource === 'pods' ? context.store.pods.get(key) : undefined;
  if (pod === undefined) return deleteWithDependents(context, target, object, options);
  return json(200, options.dryRun ? pod : deletePod(context.store, context.clock, pod, options.graceSeconds));
}

/** pkg/registry/core/pod/storage/eviction.go, 1.37; there are no PodDisruptionBudgets here that could refuse. */
export async function evictPod(context: ApiContext, request: ApiRequest, target: ObjectTarget): Promise<Answer> {
  const info: ResourceInfo = RESOURCES.pods;
  const body = parseJson(await readBody(request.message), 'the Eviction cannot be read');
  if (!isJsonObject(body) || textAt(body, 'kind') !== 'Eviction') throw badRequest('not an Eviction object');
  const { name } = target;
  if (textAt(objectAt(body, 'metadata'), 'name') !== name)
    throw badRequest('name in URL does not match name in Eviction object');
  const options = optionsOf(objectAt(body, 'deleteOptions') ?? {}, request, request.query);
  const pod = context.store.pods.get(keyOf(target.namespace, name));
  if (pod === undefined) throw notFound(info, name);
  checkPreconditions(info, pod, options);
  if (!options.dryRun) deletePod(context.store, context.clock, pod, options.graceSeconds);
  return json(201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 });
}
