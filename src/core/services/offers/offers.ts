import type { AccessCheck } from '../../../shared/contract/cluster.ts';
import { type ImageOffer, OFFER_LIMIT, type Offers } from '../../../shared/contract/offers.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { at, type JsonObject, objectsAt, text } from '../../../shared/kubernetes/json-fields.ts';
import type { ObjectRef } from '../../../shared/kubernetes/object.ts';
import type { DaemonSetRow, NodeRow } from '../../../shared/kubernetes/rows.ts';
import type { ApiConnection, GetRequest } from '../../kubernetes/api-connection.ts';
import { jsonBody } from '../json-body.ts';
import type { FindCluster, OpenCluster } from '../open-cluster.ts';
import { clusterPath, namespacedPath } from '../paths.ts';
import { countedKeys, keysOf, TABLE_WITHOUT_OBJECTS } from './counted-keys.ts';
import { imageOffers } from './image-offers.ts';
import { type AskRight, withCreateRight } from './namespace-offers.ts';
import { nodeLabelOffers, taintOffers } from './node-offers.ts';
import { OBJECT_OFFERS } from './object-offers.ts';
import { readRows } from './read-rows.ts';
import { SharedReads } from './shared-reads.ts';
import { orWhyNone } from './why-none.ts';

const KEPT_MS = 10_000;

export interface OffersDeps {
  readonly findCluster: FindCluster;
  /** Texts of the drafts, for the images that they name. */
  readonly draftTexts: () => Promise<readonly string[]>;
  /** What the user may do: kept for a while, and asked behind everything else. */
  readonly askRight: (contextName: string) => AskRight;
}

interface Scope {
  readonly contextName: string;
  readonly namespace?: string | undefined;
}

type Kind<Item> = Pick<AccessCheck, 'group' | 'resource'> & {
  readonly request?: Pick<GetRequest, 'accept' | 'query'>;
  readonly items: (body: JsonObject) => readonly Item[];
  /** Secrets are asked for anew each time, and nothing of them is kept. */
  readonly kept: boolean;
};

/** Everything behind the contract's `offers`. */
export function createOffersService({ findCluster, draftTexts, askRight }: OffersDeps) {
  const configMaps = listed(findCluster, {
    group: '',
    resource: 'configmaps',
    request: TABLE_WITHOUT_OBJECTS,
    items: (body) => countedKeys(body).map(({ name, keyCount }) => ({ name, keyCount })),
    kept: true,
  });
  const secrets = listed(findCluster, {
    group: '',
    resource: 'secrets',
    request: TABLE_WITHOUT_OBJECTS,
    items: countedKeys,
    kept: false,
  });
  const namespaces = listed(findCluster, ofObjects('', 'namespaces', OBJECT_OFFERS.namespaces));
  const { persistentVolumeClaims, serviceAccounts, priorityClasses, runtimeClasses } = OBJECT_OFFERS;
  return {
    namespaces: async (input: Scope, signal: AbortSignal) =>
      withCreateRight(await namespaces(input, signal), askRight(input.contextName), signal),
    configMaps,
    configMapKeys: keysIn(findCluster, 'configmaps'),
    secrets: (input: Scope & { readonly type?: string | undefined }, signal: AbortSignal) =>
      secrets(input, signal, input.type === undefined ? {} : { fieldSelector: `type=${input.type}` }),
    secretKeys: keysIn(findCluster, 'secrets'),
    persistentVolumeClaims: listed(findCluster, ofObjects('', 'persistentvolumeclaims', persistentVolumeClaims)),
    serviceAccounts: listed(findCluster, ofObjects('', 'serviceaccounts', serviceAccounts)),
    priorityClasses: listed(findCluster, ofObjects('scheduling.k8s.io', 'priorityclasses', priorityClasses)),
    runtimeClasses: listed(findCluster, ofObjects('node.k8s.io', 'runtimeclasses', runtimeClasses)),
    limitRanges: listed(findCluster, ofObjects('', 'limitranges', OBJECT_OFFERS.limitRanges)),
    daemonSets: listed(findCluster, ofObjects('apps', 'daemonsets', OBJECT_OFFERS.daemonSets)),
    isNameTaken: (ref: ObjectRef, signal: AbortSignal) => isNameTaken(findCluster, ref, signal),
    nodeLabels: ofNodes(findCluster, nodeLabelOffers),
    taints: ofNodes(findCluster, taintOffers),
    images: (input: Scope, signal: AbortSignal) => images(findCluster, draftTexts, input, signal),
  };
}
export type OffersService = ReturnType<typeof createOffersService>;

function ofObjects<Item>(group: string, resource: string, read: (object: JsonObject) => readonly Item[]): Kind<Item> {
  return { group, resource, items: (body) => objectsAt(body, 'items').flatMap(read), kept: true };
}

/** One page of a kind, in the whole cluster or in a namespace. */
function listed<Item>(findCluster: FindCluster, kind: Kind<Item>) {
  const shared = new WeakMap<ApiConnection, SharedReads<Offers<Item>>>();
  return async (scope: Scope, signal: AbortSignal, query: GetRequest['query'] = {}): Promise<Offers<Item>> => {
    const { group, resource } = kind;
    const right = {
      verb: 'list',
      group,
      resource,
      ...(scope.namespace === undefined ? {} : { namespace: scope.namespace }),
    };
    return orWhyNone(right, async () => {
      const { connection, clock } = findCluster(scope.contextName);
      const read = (during: AbortSignal) => firstPage(connection, kind, scope, query, during);
      if (!kind.kept) return read(signal);
      const reads = shared.get(connection) ?? new SharedReads<Offers<Item>>(clock, KEPT_MS);
      shared.set(connection, reads);
      return reads.read(JSON.stringify([scope.namespace, query]), signal, read);
    });
  };
}

async function firstPage<Item>(
  connection: ApiConnection,
  { group, resource, request, items }: Kind<Item>,
  { namespace }: Scope,
  query: GetRequest['query'],
  signal: AbortSignal,
): Promise<Offers<Item>> {
  const root = group === '' ? '/api/v1' : `/apis/${group}/v1`;
  const within = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const response = await connection.get({
    ...request,
    priority: 'user',
    path: `${root}${within}/${resource}`,
    query: { ...request?.query, ...query, limit: String(OFFER_LIMIT) },
    signal,
  });
  const body = jsonBody(response, connection.contextName);
  const found = items(body);
  return {
    items: found.slice(0, OFFER_LIMIT),
    more: found.length > OFFER_LIMIT || text(at(body, 'metadata', 'continue')) !== '',
  };
}

/** The keys of one ConfigMap or Secret. What they hold is dropped here, and of a Secret also the bytes that it came in. */
function keysIn(findCluster: FindCluster, resource: 'configmaps' | 'secrets') {
  return (ref: ObjectRef, signal: AbortSignal): Promise<Offers<string>> => {
    const right = { verb: 'get', group: '', resource, namespace: ref.namespace, name: ref.name };
    return orWhyNone(right, async () => {
      const { connection } = findCluster(ref.contextName);
      const path = namespacedPath('core', ref.namespace, resource, ref.name);
      try {
        const response = await connection.get({ path, signal, priority: 'user' });
        const keys = keysOf(jsonBody(response, ref.contextName));
        response.body.fill(0);
        return { items: keys, more: false };
      } catch (error) {
        if (!(error instanceof AppError) || error.reason !== 'NotFound') throw error;
        const kind = resource === 'secrets' ? 'Secret' : 'ConfigMap';
        return { none: `There is no ${kind} ${ref.name} in namespace ${ref.namespace}.` };
      }
    });
  };
}

function isNameTaken(
  findCluster: FindCluster,
  { contextName, namespace, name }: ObjectRef,
  signal: AbortSignal,
): Promise<{ readonly taken: boolean } | { readonly none: string }> {
  return orWhyNone({ verb: 'get', group: 'apps', resource: 'daemonsets', namespace }, async () => {
    const { connection } = findCluster(contextName);
    try {
      await connection.get({ path: namespacedPath('apps', namespace, 'daemonsets', name), signal, priority: 'user' });
      return { taken: true };
    } catch (error) {
      if (error instanceof AppError && error.reason === 'NotFound') return { taken: false };
      throw error;
    }
  });
}

function ofNodes<Item>(findCluster: FindCluster, offers: (nodes: Iterable<NodeRow>) => readonly Item[]) {
  return ({ contextName }: Scope, signal: AbortSignal): Promise<Offers<Item>> =>
    orWhyNone({ verb: 'list', group: '', resource: 'nodes' }, async () => {
      const cluster = findCluster(contextName);
      const lease = cluster.rows({ resource: 'nodes', path: clusterPath('core', 'nodes') });
      return bounded(offers(await readRows(lease, cluster.clock, signal)));
    });
}

async function images(
  findCluster: FindCluster,
  draftTexts: OffersDeps['draftTexts'],
  scope: Scope,
  signal: AbortSignal,
): Promise<Offers<ImageOffer>> {
  const drafts = await draftTexts();
  const namespace = scope.namespace ?? '';
  const right = { verb: 'list', group: 'apps', resource: 'daemonsets', namespace };
  const rows = await orWhyNone(right, () => daemonSetRows(findCluster(scope.contextName), namespace, signal));
  if (!('none' in rows)) return bounded(imageOffers(rows, drafts));
  const ofDrafts = imageOffers([], drafts);
  return ofDrafts.length > 0 ? bounded(ofDrafts) : rows;
}

async function daemonSetRows(
  cluster: OpenCluster,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly DaemonSetRow[]> {
  const rowsAt = (path: string) => readRows(cluster.rows({ resource: 'daemonsets', path }), cluster.clock, signal);
  try {
    return await rowsAt(clusterPath('apps', 'daemonsets'));
  } catch (error) {
    if (!(error instanceof AppError) || error.reason !== 'Forbidden') throw error;
    return rowsAt(namespacedPath('apps', namespace, 'daemonsets'));
  }
}

function bounded<Item>(items: readonly Item[]): Offers<Item> {
  return { items: items.slice(0, OFFER_LIMIT), more: items.length > OFFER_LIMIT };
}
