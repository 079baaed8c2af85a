import type { CreateOutcome } from '../../shared/contract/daemonset.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { exactJson } from '../../shared/manifest/exact-json.ts';
import { type JsonObject, toJsonText } from '../../shared/manifest/json-value.ts';
import { pathFinder } from '../../shared/manifest/line-of-path.ts';
import { readManifest } from '../../shared/manifest/read-manifest.ts';
import { decodingCauses } from '../../shared/kubernetes/decoding-causes.ts';
import { at, text } from '../../shared/kubernetes/json-fields.ts';
import { createLine } from '../../shared/kubernetes/kubectl.ts';
import { type Change, runChange } from '../change.ts';
import type { OpenCluster } from './open-cluster.ts';
import { namespacedPath } from './paths.ts';
import { isSubset } from './subset.ts';

export interface CreateInput {
  readonly contextName: string;
  readonly manifestText: string;
  /** Used where the text names no namespace. */
  readonly namespace: string;
  readonly dryRun: boolean;
}

/** Creates one DaemonSet from YAML text. Every cause of a failure carries the line of the text that it is about. */
export async function createDaemonSet(
  cluster: OpenCluster,
  input: CreateInput,
  signal: AbortSignal,
): Promise<CreateOutcome> {
  const manifest = readManifest(input.manifestText);
  if (!manifest.ok) throw new AppError({ ...manifest.error, contextName: input.contextName });
  const change = creation(cluster, input, manifest.manifest);
  const { namespace, name } = change.ref;
  try {
    const reply = await runChange(change, cluster, signal);
    const stored = reply.body ?? (await read(cluster, namespace, name, signal));
    return {
      namespace,
      name: text(at(stored, 'metadata', 'name')),
      uid: text(at(stored, 'metadata', 'uid')),
      resourceVersion: text(at(stored, 'metadata', 'resourceVersion')),
      warnings: reply.warnings,
      kubectl: change.kubectl,
    };
  } catch (error) {
    throw withLines(error, input.manifestText);
  }
}

function creation(cluster: OpenCluster, input: CreateInput, sent: JsonObject): Change {
  const namespace = text(at(sent, 'metadata', 'namespace')) || input.namespace;
  const name = text(at(sent, 'metadata', 'name'));
  return {
    act: 'create',
    ref: { contextName: input.contextName, namespace, name },
    right: { verb: 'create', group: 'apps', resource: 'daemonsets', namespace },
    request: {
      method: 'POST',
      path: namespacedPath('apps', namespace, 'daemonsets'),
      contentType: 'application/json',
      body: toJsonText(sent),
    },
    dryRun: input.dryRun ? 'only' : 'first',
    kubectl: createLine({ contextName: input.contextName, namespace, name }),
    readBack: (during) => isStored(cluster, namespace, name, sent, during),
    after: sent,
  };
}

async function read(cluster: OpenCluster, namespace: string, name: string, signal: AbortSignal): Promise<unknown> {
  const path = namespacedPath('apps', namespace, 'daemonsets', name);
  const response = await cluster.connection.get({ path, signal, priority: 'user' });
  return exactJson(new TextDecoder().decode(response.body));
}

/** The dry run just before proved that the name was free, so an object with all that was sent is ours. */
async function isStored(
  cluster: OpenCluster,
  namespace: string,
  name: string,
  sent: unknown,
  signal: AbortSignal,
): Promise<'done' | 'notDone'> {
  if (!name)
    throw new AppError({
      reason: 'OutcomeUnknown',
      message: 'The reply was lost, and a generated name cannot be looked up.',
    });
  try {
    return isSubset(sent, await read(cluster, namespace, name, signal)) ? 'done' : 'notDone';
  } catch (error) {
    if (error instanceof AppError && error.reason === 'NotFound') return 'notDone';
    throw error;
  }
}

function withLines(error: unknown, manifestText: string): unknown {
  if (!(error instanceof AppError)) return error;
  const found = error.data.causes?.length ? error.data.causes : decodingCauses(error.message);
  if (found.length === 0) return error;
  const find = pathFinder(manifestText);
  const causes = found.map((cause) => {
    const place = cause.line === undefined ? find(cause.path) : undefined;
    return place ? { ...cause, line: place.line, column: place.column } : cause;
  });
  return new AppError({ ...error.data, causes }, { cause: error });
}
