import type { PodCheck, PodFinding } from '../../shared/contract/pod-check.ts';
import { AppError, type AppErrorReason } from '../../shared/errors/app-error.ts';
import { daemonPod } from '../../shared/kubernetes/daemon-pod.ts';
import { placementOf } from '../../shared/kubernetes/placement.ts';
import { at, text } from '../../shared/kubernetes/json-fields.ts';
import { kubectlIn } from '../../shared/kubernetes/kubectl.ts';
import { nodeVerdict } from '../../shared/kubernetes/node-coverage.ts';
import { podRefusals } from '../../shared/kubernetes/pod-refusal.ts';
import type { Taint } from '../../shared/kubernetes/toleration.ts';
import { isJsonObject, type JsonObject, toJsonText } from '../../shared/manifest/json-value.ts';
import { pathFinder } from '../../shared/manifest/line-of-path.ts';
import { readManifest } from '../../shared/manifest/read-manifest.ts';
import { reviewAccess, runChange } from '../change.ts';
import { cancelled } from '../cancelled.ts';
import { readRows } from './offers/read-rows.ts';
import type { OpenCluster } from './open-cluster.ts';
import { clusterPath, namespacedPath } from './paths.ts';

export interface CheckPodsInput {
  readonly contextName: string;
  readonly manifestText: string;
  /** Used where the text names none. */
  readonly namespace: string;
  /** Of the live DaemonSet, when it is one. */
  readonly uid?: string | undefined;
}

/** What the server says of the pod itself. Everything else (a timeout, a lost connection) leaves the pods unchecked. */
const REFUSALS: ReadonlySet<AppErrorReason> = new Set<AppErrorReason>(['Forbidden', 'Invalid', 'NotFound', 'Conflict']);

/**
 * Dry-runs one pod of the template, since a DaemonSet's own dry run checks none of PodSecurity, quota, LimitRange, PriorityClass and
 * the webhooks of pods. Stores nothing. The server meets the user's own pod here, not the controller's: a webhook that lets only one
 * of them pass answers otherwise then.
 *
 * @throws AppError ManifestSyntax, Cancelled
 */
export async function checkPods(cluster: OpenCluster, input: CheckPodsInput, signal: AbortSignal): Promise<PodCheck> {
  const read = readManifest(input.manifestText);
  if (!read.ok) throw new AppError({ ...read.error, contextName: input.contextName });
  const { manifest } = read;
  const template = at(manifest, 'spec', 'template') as JsonObject[string] | undefined;
  if (!isJsonObject(template)) return { checked: false, why: 'There is no pod template yet.' };
  const namespace = text(at(manifest, 'metadata', 'namespace')) || input.namespace;
  const right = { verb: 'create', group: '', resource: 'pods', namespace };
  const why = await whyNotAllowed(cluster, right, signal);
  if (why !== undefined) return { checked: false, why: `Pods were not checked: you ${why}.` };
  const name = text(at(manifest, 'metadata', 'name')) || 'daemonset';
  const nodeName = await eligibleNode(cluster, template['spec'], signal);
  const pod = daemonPod({ template, name, nodeName, uid: input.uid });
  const about = nodeName === undefined ? {} : { nodeName };
  try {
    const { warnings } = await runChange(
      {
        act: 'check a pod',
        ref: { contextName: input.contextName, namespace, name },
        right,
        request: {
          method: 'POST',
          path: namespacedPath('core', namespace, 'pods'),
          contentType: 'application/json',
          body: toJsonText(pod),
        },
        dryRun: 'only',
        kubectl: kubectlIn(
          { contextName: input.contextName, namespace },
          'create',
          '--dry-run=server',
          '-f',
          'pod.yaml',
        ),
        readBack: () => Promise.resolve('notDone'),
      },
      cluster,
      signal,
    );
    return { checked: true, refusals: [], warnings, ...about };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Who leaves a dry run that was sent has no unknown outcome: it stores nothing.
    if (signal.aborted) throw cancelled();
    if (!isAboutPod(error)) return { checked: false, why: `Pods were not checked: ${error.message}` };
    return { checked: true, refusals: placed(error, pod, input.manifestText), warnings: [], ...about };
  }
}

/** A refusal by the authorizer, or a server that is away, says nothing of the pod; a webhook that fails keeps pods out. */
function isAboutPod({ reason, message }: AppError): boolean {
  if (/cannot create resource "pods"/.test(message)) return false;
  return REFUSALS.has(reason) || /failed calling webhook/.test(message);
}

async function whyNotAllowed(
  { connection }: OpenCluster,
  right: Parameters<typeof reviewAccess>[1],
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const { allowed, reason } = await reviewAccess(connection, right, signal);
    return allowed ? undefined : reason;
  } catch (error) {
    // A server may refuse the review itself: then the dry run answers. A lost one is told by the dry run too.
    if (error instanceof AppError && error.reason !== 'Cancelled') return undefined;
    throw error;
  }
}

/** A node that would get a pod; undefined when there is none, or nodes may not be listed: admission asks for none. */
async function eligibleNode(cluster: OpenCluster, podSpec: unknown, signal: AbortSignal): Promise<string | undefined> {
  const placement = placementOf(podSpec);
  try {
    const lease = cluster.rows({ resource: 'nodes', path: clusterPath('core', 'nodes') });
    const nodes = await readRows(lease, cluster.clock, signal);
    return nodes.find(({ name, labels, taints }) => {
      return nodeVerdict(placement, { name, labels, taints: taints as readonly Taint[] }).outcome === 'shouldRun';
    })?.name;
  } catch (error) {
    if (error instanceof AppError && error.reason !== 'Cancelled') return undefined;
    throw error;
  }
}

function placed(error: AppError, pod: JsonObject, manifestText: string): readonly PodFinding[] {
  const find = pathFinder(manifestText);
  return podRefusals(error.data, pod['spec']).map((refusal) => {
    const place = find(refusal.path);
    return place ? { ...refusal, line: place.line, column: place.column } : refusal;
  });
}
