import type { SchemaAnswer } from '../../../shared/contract/schema.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { at, text } from '../../../shared/kubernetes/json-fields.ts';
import type { ApiSchema } from '../../../shared/schema/api-schema.ts';
import { pruneOpenApi } from '../../../shared/schema/prune-openapi.ts';
import type { ApiConnection } from '../../kubernetes/api-connection.ts';
import { jsonBody } from '../json-body.ts';
import { SharedReads } from '../offers/shared-reads.ts';
import { orWhyNone } from '../offers/why-none.ts';
import type { FindCluster, OpenCluster } from '../open-cluster.ts';
import { BUNDLED_SCHEMA } from './bundled-schema.ts';
import type { SchemaCache } from './schema-cache.ts';

const INDEX = '/openapi/v3';
const APPS = 'apis/apps/v1';
/** A CustomResourceDefinition changes other documents than that of apps/v1: an upgrade is what changes this one. */
const KEPT_MS = 60_000;
const DOCUMENT_TIMEOUT_MS = 30_000;

export interface SchemaServiceDeps {
  readonly findCluster: FindCluster;
  readonly cache: SchemaCache;
}

/** The structure of a DaemonSet: the cluster's own, else its own as last seen, else the bundled one; each with the reason. */
export function createSchemaService({ findCluster, cache }: SchemaServiceDeps) {
  const shared = new WeakMap<ApiConnection, SharedReads<ApiSchema>>();
  async function ofCluster(contextName: string, signal: AbortSignal): Promise<ApiSchema> {
    const cluster = findCluster(contextName);
    const { connection, clock } = cluster;
    const reads = shared.get(connection) ?? new SharedReads<ApiSchema>(clock, KEPT_MS);
    shared.set(connection, reads);
    return reads.read('', signal, (during) => readSchema(cluster, cache, during));
  }
  return {
    async daemonSet(contextName: string | undefined, signal: AbortSignal): Promise<SchemaAnswer> {
      if (contextName === undefined) return bundled('No cluster was named.');
      const right = { verb: 'get', group: '', resource: INDEX };
      const answer = await orWhyNone(right, async () => ({ schema: await ofCluster(contextName, signal) }));
      if (!('none' in answer)) return { source: 'cluster', schema: answer.schema };
      const seen = await cache.lastSeen(contextName);
      return seen ? { source: 'seen', schema: seen, why: answer.none } : bundled(answer.none);
    },
  };
}
export type SchemaService = ReturnType<typeof createSchemaService>;

let parsedBundle: ApiSchema | undefined;

function bundled(why: string): SchemaAnswer {
  // Text that scripts/prune-schema.ts wrote from an ApiSchema.
  parsedBundle ??= JSON.parse(BUNDLED_SCHEMA) as ApiSchema;
  return { source: 'bundled', schema: parsedBundle, why };
}

async function readSchema(cluster: OpenCluster, cache: SchemaCache, signal: AbortSignal): Promise<ApiSchema> {
  const { connection, contextName } = cluster;
  const index = jsonBody(await connection.get({ path: INDEX, signal, priority: 'background' }), contextName);
  const document = documentUrl(text(at(index, 'paths', APPS, 'serverRelativeURL')), contextName);
  const { serverVersion } = cluster.identity();
  const hash = document.searchParams.get('hash');
  const key = hash === null ? undefined : { serverVersion, hash };
  const kept = key && (await cache.read(key));
  if (kept) {
    await cache.see(contextName, key);
    return kept;
  }
  const response = await connection.get({
    path: document.pathname,
    query: hash === null ? {} : { hash },
    signal,
    timeoutMs: DOCUMENT_TIMEOUT_MS,
    priority: 'background',
  });
  const schema = pruneOpenApi(jsonBody(response, contextName), { serverVersion });
  if (!schema) throw unusable(contextName);
  if (key) {
    await cache.write(key, schema);
    await cache.see(contextName, key);
  }
  return schema;
}

/** A path of the same server, whatever the index says. */
function documentUrl(serverRelativeUrl: string, contextName: string): URL {
  const base = 'http://server.invalid';
  const url = URL.parse(serverRelativeUrl, base);
  if (url?.origin !== base || !url.pathname.startsWith(`${INDEX}/`)) throw unusable(contextName);
  return url;
}

function unusable(contextName: string): AppError {
  return new AppError({
    reason: 'InternalError',
    message: 'The API server serves no OpenAPI v3 document of apps/v1.',
    contextName,
  });
}
