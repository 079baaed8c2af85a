import type { ValueItem } from '../../shared/contract/live.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { at, records, text, wholeNumber } from '../../shared/kubernetes/json-fields.ts';
import type { ControllerRevisionRow } from '../../shared/kubernetes/rows.ts';
import { type JsonObject, toJsonText } from '../../shared/manifest/json-value.ts';
import { templateOfRevision } from '../../shared/manifest/revision-template.ts';
import type { LatestSource } from '../streams/latest-stream.ts';
import type { Target } from './daemonset-changes.ts';
import { selectorOf } from './daemonset-reads.ts';
import { jsonBody } from './json-body.ts';
import { filterLiveRows } from './live-views.ts';
import type { OpenCluster } from './open-cluster.ts';
import { namespacedPath } from './paths.ts';

/** Name and uid of a ControllerRevision: its number changes with every rollback to it. */
export interface RevisionRef {
  readonly name: string;
  readonly uid: string;
}

/** The revisions of one DaemonSet, live and newest first: its full selector, then the owner's uid. */
export async function revisionsView(
  cluster: OpenCluster,
  target: Target,
  signal: AbortSignal,
): Promise<LatestSource<ValueItem<readonly ControllerRevisionRow[]>>> {
  const labelSelector = await selectorOf(cluster, target, signal);
  const path = namespacedPath('apps', target.namespace, 'controllerrevisions');
  const all = cluster.rows({ resource: 'controllerrevisions', path, query: { labelSelector } });
  const { value: own, release } = filterLiveRows(all, (row) => row.ownerUid === target.uid);
  return {
    read() {
      const { state } = own;
      const value = [...own.rows.values()].toSorted((a, b) => b.revision - a.revision);
      const isRead = state.phase === 'live' || value.length > 0;
      return { state, ...(isRead && state.phase !== 'listing' ? { value } : {}) };
    },
    subscribe: (listener) => own.subscribe(() => listener()),
    release,
  };
}

export interface RevisionTemplate {
  readonly revision: number;
  /** Without the patch directive. */
  readonly template: JsonObject;
}

/** Reads one revision of a DaemonSet. NotFound when it is no longer kept, is another one by now, or belongs to another owner. */
export async function readRevisionOf(
  cluster: OpenCluster,
  target: Target & { readonly revision: RevisionRef },
  signal: AbortSignal,
): Promise<RevisionTemplate> {
  const { contextName, namespace, uid, revision } = target;
  const path = namespacedPath('apps', namespace, 'controllerrevisions', revision.name);
  const response = await cluster.connection.get({ path, signal, priority: 'user' }).catch(async (error: unknown) => {
    const isGone = error instanceof AppError && error.reason === 'NotFound';
    throw isGone ? await noLongerKept(cluster, target, signal) : error;
  });
  const body = jsonBody(response, contextName);
  const owners = records(at(body, 'metadata', 'ownerReferences'));
  const isIt = text(at(body, 'metadata', 'uid')) === revision.uid && owners.some((owner) => owner['uid'] === uid);
  if (!isIt) throw await noLongerKept(cluster, target, signal);
  const template = templateOfRevision(new TextDecoder().decode(response.body));
  if (template) return { revision: wholeNumber(body['revision']) ?? 0, template };
  const message = `The revision ${revision.name} holds no pod template.`;
  throw new AppError({ reason: 'InternalError', message, contextName });
}

/** The template as JSON text, for the comparison on the page. */
export async function revisionTemplateText(
  cluster: OpenCluster,
  input: Target & { readonly revision: RevisionRef },
  signal: AbortSignal,
): Promise<{ readonly templateText: string }> {
  const { template } = await readRevisionOf(cluster, input, signal);
  return { templateText: toJsonText(template) };
}

/** @throws when the DaemonSet itself is gone or another one by now: its revisions went with it, under no limit */
async function noLongerKept(
  cluster: OpenCluster,
  target: Target & { readonly revision: RevisionRef },
  signal: AbortSignal,
): Promise<AppError> {
  await selectorOf(cluster, target, signal);
  return new AppError({
    reason: 'NotFound',
    message: `The revision ${target.revision.name} is no longer kept. The controller deletes the oldest ones over revisionHistoryLimit.`,
    contextName: target.contextName,
  });
}
