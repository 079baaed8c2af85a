import type { ConfigMapRead, NotRead, SecretKeysRead, SecretValueRead } from '../../shared/kubernetes/config-read.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { field, type JsonObject, objectAt, stringMapAt } from '../../shared/kubernetes/json-fields.ts';
import type { ObjectRef } from '../../shared/kubernetes/object.ts';
import { jsonBody } from './json-body.ts';
import { keysOf } from './offers/counted-keys.ts';
import { orWhyNone } from './offers/why-none.ts';
import type { OpenCluster } from './open-cluster.ts';
import { namespacedPath } from './paths.ts';

export function readConfigMap(cluster: OpenCluster, ref: ObjectRef, signal: AbortSignal): Promise<ConfigMapRead> {
  return read(cluster, 'configmaps', ref, signal, (object) => ({
    state: 'read',
    values: stringMapAt(object, 'data'),
    binaryKeys: Object.keys(objectAt(object, 'binaryData')),
  }));
}

/** Values are dropped here, and so are the bytes that they came in. */
export function readSecretKeys(cluster: OpenCluster, ref: ObjectRef, signal: AbortSignal): Promise<SecretKeysRead> {
  return read(cluster, 'secrets', ref, signal, (object) => ({ state: 'read', keys: keysOf(object) }));
}

export function readSecretValue(
  cluster: OpenCluster,
  ref: ObjectRef & { readonly key: string },
  signal: AbortSignal,
): Promise<SecretValueRead> {
  return read<SecretValueRead>(cluster, 'secrets', ref, signal, (object) => {
    const value = field(objectAt(object, 'data'), ref.key);
    return typeof value === 'string' ? decoded(value) : { state: 'missing' };
  });
}

function decoded(base64: string): SecretValueRead {
  const bytes = Buffer.from(base64, 'base64');
  try {
    return { state: 'read', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { state: 'binary', bytes: bytes.length };
  } finally {
    bytes.fill(0);
  }
}

async function read<Answer extends { readonly state: string }>(
  { connection }: OpenCluster,
  resource: 'configmaps' | 'secrets',
  { namespace, name }: ObjectRef,
  signal: AbortSignal,
  answer: (object: JsonObject) => Answer,
): Promise<Answer | NotRead> {
  const right = { verb: 'get', group: '', resource, namespace, name };
  const said = await orWhyNone(right, async (): Promise<Answer | NotRead> => {
    try {
      const path = namespacedPath('core', namespace, resource, name);
      const response = await connection.get({ path, signal, priority: 'user' });
      const answered = answer(jsonBody(response, connection.contextName));
      response.body.fill(0);
      return answered;
    } catch (error) {
      if (error instanceof AppError && error.reason === 'NotFound') return { state: 'missing' };
      throw error;
    }
  });
  return 'none' in said ? { state: 'unreadable', why: said.none } : said;
}
