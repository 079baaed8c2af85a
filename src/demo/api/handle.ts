import { assertNever } from '../assert-never.ts';
import { keyOf } from '../store/collection.ts';
import { objectJson } from '../store/object-json.ts';
import { deleteObject, evictPod } from './delete.ts';
import { documentOf } from './discovery.ts';
import { pageJson, pageOf } from './list.ts';
import { answerMetrics } from './metrics.ts';
import { refuseExec } from './pod-exec.ts';
import { answerLog } from './pod-log.ts';
import { type Answer, type ApiContext, type ApiRequest, type Target, json } from './request.ts';
import { RESOURCES, type ResourceInfo, apiVersionOf, collectionOf } from './resources.ts';
import { answerReview } from './reviews.ts';
import { selectionOf } from './selection.ts';
import { methodNotAllowed, notFound } from './status-error.ts';
import { tableOf } from './table.ts';
import { beginWatch } from './watch.ts';
import { createObject, patchObject, replaceObject } from './write.ts';

/** Of a path that no part of the server has. */
const NO_PAGE: Answer = { kind: 'text', code: 404, text: '404 page not found\n' };

function answerDocument(context: ApiContext, request: ApiRequest, path: string): Answer {
  const document = documentOf(path, context.hasMetrics);
  if (document === undefined) return NO_PAGE;
  if (request.method !== 'GET') throw methodNotAllowed();
  return typeof document === 'string' ? { kind: 'text', code: 200, text: document } : json(200, document);
}

type CollectionTarget = Extract<Target, { kind: 'collection' }>;
type ObjectTarget = Extract<Target, { kind: 'object' }>;

function listOrWatch(context: ApiContext, request: ApiRequest, target: CollectionTarget): Answer {
  const info: ResourceInfo = RESOURCES[target.resource];
  const { query } = request;
  const collection = collectionOf(context.store, target.resource);
  const selection = selectionOf(target.resource, target.namespace, query);
  const apiVersion = apiVersionOf(info);
  const currentVersion = (): number => context.store.versions.current;
  if (query.get('watch') === 'true' || query.get('watch') === '1') {
    const { clock, expiredWatch, openStreams } = context;
    const { response } = request;
    return beginWatch({
      collection,
      kind: info.kind,
      apiVersion,
      currentVersion,
      selection,
      query,
      clock,
      response,
      expiredWatch,
      openStreams,
    });
  }
  const isWhole = (query.get('labelSelector') ?? '') === '' && (query.get('fieldSelector') ?? '') === '';
  const page = pageOf(collection, currentVersion(), selection, query, isWhole);
  return (
    tableOf(request, target.resource, page, context.clock.now()) ?? {
      kind: 'json',
      code: 200,
      text: pageJson(info.kind, apiVersion, page),
    }
  );
}

async function onCollection(context: ApiContext, request: ApiRequest, target: CollectionTarget): Promise<Answer> {
  const info: ResourceInfo = RESOURCES[target.resource];
  switch (request.method) {
    case 'GET':
      return listOrWatch(context, request, target);
    case 'POST':
      if (!info.verbs.includes('create') || (info.namespaced && target.namespace === undefined))
        throw methodNotAllowed();
      return createObject(context, request, target);
    default:
      throw methodNotAllowed();
  }
}

async function onObject(context: ApiContext, request: ApiRequest, target: ObjectTarget): Promise<Answer> {
  const info: ResourceInfo = RESOURCES[target.resource];
  if (target.subresource === 'exec') return refuseExec(context, target, request.query);
  if (target.subresource === 'log') {
    if (request.method !== 'GET') throw methodNotAllowed();
    return answerLog(context, request, target.namespace ?? '', target.name);
  }
  if (target.subresource === 'eviction') {
    if (request.method !== 'POST') throw methodNotAllowed();
    return evictPod(context, request, target);
  }
  switch (request.method) {
    case 'GET': {
      const object = collectionOf(context.store, target.resource).get(keyOf(target.namespace, target.name));
      if (object === undefined) throw notFound(info, target.name);
      const one = { items: [object], version: object.metadata.resourceVersion };
      return (
        tableOf(request, target.resource, one, context.clock.now()) ?? {
          kind: 'json',
          code: 200,
          text: `${objectJson(object)}\n`,
        }
      );
    }
    case 'PUT':
      if (!info.verbs.includes('update')) throw methodNotAllowed();
      return replaceObject(context, request, target);
    case 'PATCH':
      if (!info.verbs.includes('patch')) throw methodNotAllowed();
      return patchObject(context, request, target);
    case 'DELETE':
      if (!info.verbs.includes('delete') || target.subresource !== undefined) throw methodNotAllowed();
      return deleteObject(context, request, target);
    default:
      throw methodNotAllowed();
  }
}

/** Answers one authenticated request; throws StatusError for what the API refuses. */
export async function handle(context: ApiContext, request: ApiRequest): Promise<Answer> {
  const { target } = request;
  switch (target.kind) {
    case 'document':
      return answerDocument(context, request, target.path);
    case 'review':
      return answerReview(request, target.review);
    case 'metrics':
      return context.hasMetrics ? answerMetrics(context, request, target) : NO_PAGE;
    case 'collection':
      return onCollection(context, request, target);
    case 'object':
      return onObject(context, request, target);
    default:
      return assertNever(target);
  }
}
