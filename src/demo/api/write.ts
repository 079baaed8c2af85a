import { generatedName } from '../generated-name.ts';
import { toTimestamp } from '../clock.ts';
import { putOrFinish } from '../controller/garbage-collector.ts';
import { type Json, type JsonObject, asJson, isJsonArray, isJsonObject, semanticEqual } from '../json.ts';
import type { KubeObject } from '../objects.ts';
import { PatchError, applyJsonPatch } from '../patch/json-patch.ts';
import { applyMergePatch } from '../patch/merge-patch.ts';
import { StrategicPatchError, applyStrategicMergePatch } from '../patch/strategic-merge-patch.ts';
import { DecodeError, decodeAs } from '../schema/decode.ts';
import { has, objectAt, textAt } from '../validation/read.ts';
import { invalidValue } from '../validation/field-error.ts';
import { keyOf } from '../store/collection.ts';
import { mediaTypeOf, parseJson, readBody } from './body.ts';
import { duplicateFields } from './duplicate-fields.ts';
import { fieldValidationOf, isDryRun, strictProblems } from './field-validation.ts';
import { admitPod } from '../admission/pod-admission.ts';
import { type Answer, type ApiContext, type ApiRequest, type Target, json } from './request.ts';
import { RESOURCES, type ResourceInfo, apiVersionOf, collectionOf } from './resources.ts';
import {
  type StatusError,
  alreadyExists,
  badRequest,
  conflict,
  invalid,
  notFound,
  rawFailure,
  unprocessablePatch,
  unsupportedMediaType,
} from './status-error.ts';
import { STRATEGIES } from './strategy.ts';

type CollectionTarget = Extract<Target, { kind: 'collection' }>;
type ObjectTarget = Extract<Target, { kind: 'object' }>;

interface ReadObject {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
}

const STALE = 'the object has been modified; please apply your changes to the latest version and try again';

const VERSION_ON_CREATE = 'resourceVersion should not be set on objects to be created';

/** The one place where decoded and validated JSON becomes an object of the store. */
function asObject(object: JsonObject): KubeObject {
  return object as unknown as KubeObject;
}

async function readObject(request: ApiRequest, info: ResourceInfo): Promise<ReadObject> {
  const media = mediaTypeOf(request.message);
  if (media !== '' && media !== 'application/json') throw unsupportedMediaType(['application/json']);
  const text = await readBody(request.message);
  const value = parseJson(text, `the object provided is unrecognized (must be of type ${info.kind})`);
  const kind = isJsonObject(value) && typeof value['kind'] === 'string' ? value['kind'] : info.kind;
  const cannot = (why: string): StatusError =>
    badRequest(`${kind} in version "${info.version}" cannot be handled as a ${info.kind}: ${why}`);
  if (kind !== info.kind)
    throw cannot(`converting (v1.${kind}) to (${info.group || 'core'}.${info.kind}): unknown conversion`);
  const expected = apiVersionOf(info);
  const given = isJsonObject(value) ? textAt(value, 'apiVersion') : '';
  if (given !== '' && given !== expected) {
    const version = given.slice(given.indexOf('/') + 1);
    const unknown = `no kind "${kind}" is registered for version "${given}" in scheme "pkg/runtime/scheme.go:111"`;
    throw badRequest(`${kind} in version "${version}" cannot be handled as a ${info.kind}: ${unknown}`);
  }
  const validation = fieldValidationOf(request.query, request.method);
  try {
    const { value: object, unknown } = decodeAs(info.kind, value);
    const problems = validation === 'Ignore' ? [] : strictProblems(unknown, duplicateFields(text));
    if (validation === 'Strict' && problems.length > 0) throw cannot(`strict decoding error: ${problems.join(', ')}`);
    return { object, warnings: problems };
  } catch (error) {
    if (error instanceof DecodeError) throw cannot(error.message);
    throw error;
  }
}

function ordered(object: JsonObject, info: ResourceInfo): JsonObject {
  const { kind: _kind, apiVersion: _apiVersion, metadata, ...rest } = object;
  return { kind: info.kind, apiVersion: apiVersionOf(info), ...(metadata === undefined ? {} : { metadata }), ...rest };
}

function refuse(info: ResourceInfo, object: JsonObject, causes: Parameters<typeof invalid>[3]): void {
  if (causes.length > 0) throw invalid(info.kind, info.group, textAt(objectAt(object, 'metadata'), 'name'), causes);
}

/** The metadata that a new object gets from the server. */
function newMetadata(
  context: ApiContext,
  object: JsonObject,
  info: ResourceInfo,
  namespace: string | undefined,
): JsonObject {
  const given = objectAt(object, 'metadata') ?? {};
  const {
    managedFields: _fields,
    selfLink: _link,
    deletionTimestamp: _at,
    deletionGracePeriodSeconds: _grace,
    ...kept
  } = given;
  const own = textAt(given, 'namespace');
  if (info.namespaced && own !== '' && own !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  const generated = textAt(given, 'name') === '' && has(given, 'generateName');
  return {
    ...kept,
    ...(generated ? { name: generatedName(textAt(given, 'generateName'), context.random.nameSuffix()) } : {}),
    ...(info.namespaced ? { namespace: namespace ?? '' } : {}),
    uid: context.random.uid(),
    creationTimestamp: toTimestamp(context.clock.now()),
  };
}

export async function createObject(
  context: ApiContext,
  request: ApiRequest,
  target: CollectionTarget,
): Promise<Answer> {
  const info: ResourceInfo = RESOURCES[target.resource];
  const strategy = STRATEGIES[target.resource];
  const { object, warnings } = await readObject(request, info);
  const dryRun = isDryRun(request.query, request.method);
  const { namespace } = target;
  const metadata = newMetadata(context, object, info, namespace);
  if (namespace !== undefined && context.store.namespaces.get(namespace) === undefined) {
    throw notFound(RESOURCES.namespaces, namespace);
  }
  let prepared = strategy.prepareCreate(ordered(strategy.applyDefaults({ ...object, metadata }), info));
  if (target.resource === 'pods') prepared = admitPod(prepared);
  refuse(info, prepared, strategy.validateCreate(prepared));
  const collection = collectionOf(context.store, target.resource);
  const name = textAt(objectAt(prepared, 'metadata'), 'name');
  const taken = collection.get(keyOf(namespace, name));
  if (taken) throw alreadyExists(info, name, taken.metadata.deletionTimestamp !== undefined);
  if (dryRun) return json(201, prepared, warnings);
  if (textAt(objectAt(prepared, 'metadata'), 'resourceVersion') !== '') throw rawFailure(VERSION_ON_CREATE);
  return json(201, collection.put(asObject(prepared)), warnings);
}

/** What may not be changed from outside is taken from the object as it is; `status` and the rest are written apart. */
function merged(next: JsonObject, current: JsonObject, subresource: ObjectTarget['subresource']): JsonObject {
  const before = objectAt(current, 'metadata') ?? {};
  const { managedFields: _fields, selfLink: _link, ...given } = objectAt(next, 'metadata') ?? {};
  const server = [
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generation',
    'resourceVersion',
  ];
  const metadata = Object.fromEntries([
    ...Object.entries(given).filter(([name]) => !server.includes(name)),
    ...Object.entries(before).filter(([name]) => server.includes(name)),
  ]);
  const filled = { ...metadata, uid: metadata['uid'] ?? before['uid'] };
  if (subresource === 'status') return { ...current, metadata: filled, status: next['status'] };
  return { ...next, metadata: filled, ...(current['status'] === undefined ? {} : { status: current['status'] }) };
}

/** Put and patch alike: an object cannot be written under another address than its own. */
function checkAddress(metadata: JsonObject | undefined, target: ObjectTarget): void {
  const [name, namespace] = [textAt(metadata, 'name'), textAt(metadata, 'namespace')];
  if (name !== target.name) {
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${target.name})`);
  }
  if (namespace !== '' && namespace !== (target.namespace ?? '')) {
    throw badRequest(
      `the namespace of the object (${namespace}) does not match the namespace on the request (${target.namespace ?? ''})`,
    );
  }
}

function storeUpdate(
  context: ApiContext,
  request: ApiRequest,
  target: ObjectTarget,
  current: KubeObject,
  next: JsonObject,
): object {
  const info: ResourceInfo = RESOURCES[target.resource];
  const strategy = STRATEGIES[target.resource];
  const before = asJson(current);
  const version = textAt(objectAt(next, 'metadata'), 'resourceVersion');
  if (version !== '' && version !== current.metadata.resourceVersion) throw conflict(info, target.name, STALE);
  const complete = ordered(merged(strategy.applyDefaults(next), before, target.subresource), info);
  const prepared = target.subresource === 'status' ? complete : strategy.prepareUpdate(complete, before);
  refuse(info, before, strategy.validateUpdate(prepared, before));
  if (semanticEqual(prepared, before)) return current;
  if (isDryRun(request.query, request.method)) return prepared;
  return putOrFinish(collectionOf(context.store, target.resource), asObject(prepared));
}

function currentOf(context: ApiContext, target: ObjectTarget): KubeObject {
  const current = collectionOf(context.store, target.resource).get(keyOf(target.namespace, target.name));
  if (current === undefined) throw notFound(RESOURCES[target.resource], target.name);
  return current;
}

export async function replaceObject(context: ApiContext, request: ApiRequest, target: ObjectTarget): Promise<Answer> {
  const info: ResourceInfo = RESOURCES[target.resource];
  const { object, warnings } = await readObject(request, info);
  const metadata = objectAt(object, 'metadata');
  checkAddress(metadata, target);
  const current = currentOf(context, target);
  const uid = textAt(metadata, 'uid');
  if (uid !== '' && uid !== current.metadata.uid) {
    throw conflict(
      info,
      target.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid}`,
    );
  }
  const named = {
    ...object,
    metadata: { ...metadata, ...(target.namespace === undefined ? {} : { namespace: target.namespace }) },
  };
  return json(200, storeUpdate(context, request, target, current, named), warnings);
}

const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
];

function patched(kind: string, media: string, current: JsonObject, text: string): Json {
  const patch = parseJson(text, 'error decoding patch');
  if (media === 'application/json-patch+json') {
    if (!isJsonArray(patch))
      throw badRequest(
        'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
      );
    return applyJsonPatch(current, patch);
  }
  if (!isJsonObject(patch))
    throw badRequest(
      'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    );
  return media === 'application/merge-patch+json'
    ? applyMergePatch(current, patch)
    : applyStrategicMergePatch(current, patch, kind);
}

/** Applies the patch to the object and decodes what comes out; findings of strict decoding are 422 here, not 400 as in a body. */
function decodePatched(request: ApiRequest, info: ResourceInfo, current: JsonObject, text: string): ReadObject {
  const media = mediaTypeOf(request.message);
  const validation = fieldValidationOf(request.query, request.method);
  let value: Json;
  try {
    value = patched(info.kind, media, current, text);
  } catch (error) {
    if (error instanceof PatchError) throw unprocessablePatch();
    if (error instanceof StrategicPatchError) throw rawFailure(error.message);
    throw error;
  }
  const refusal = (detail: string): StatusError =>
    invalid('', '', '', [invalidValue('patch', JSON.stringify(value), detail)]);
  try {
    const { value: object, unknown } = decodeAs(info.kind, value);
    const problems = validation === 'Ignore' ? [] : strictProblems(unknown, duplicateFields(text));
    if (validation === 'Strict' && problems.length > 0) throw refusal(`strict decoding error: ${problems.join(', ')}`);
    return { object, warnings: problems };
  } catch (error) {
    if (error instanceof DecodeError) throw refusal(error.message);
    throw error;
  }
}

export async function patchObject(context: ApiContext, request: ApiRequest, target: ObjectTarget): Promise<Answer> {
  const info: ResourceInfo = RESOURCES[target.resource];
  if (!PATCH_TYPES.includes(mediaTypeOf(request.message))) throw unsupportedMediaType(PATCH_TYPES);
  const text = await readBody(request.message);
  const current = currentOf(context, target);
  const { object, warnings } = decodePatched(request, info, asJson(current), text);
  checkAddress(objectAt(object, 'metadata'), target);
  return json(200, storeUpdate(context, request, target, current, object), warnings);
}
