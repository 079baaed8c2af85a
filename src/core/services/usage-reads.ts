import type { ValueItem } from '../../shared/contract/live.ts';
import { AppError, type AppErrorData } from '../../shared/errors/app-error.ts';
import type { ObjectRef } from '../../shared/kubernetes/object.ts';
import { containerSample, isPodNameOf, type UsageSample, usageSample } from '../../shared/kubernetes/pod-usage.ts';
import { missingRight } from '../access-words.ts';
import type { LatestSource } from '../streams/latest-stream.ts';
import type { Target } from './daemonset-changes.ts';
import { selectorOf } from './daemonset-reads.ts';
import { jsonBody } from './json-body.ts';
import type { OpenCluster } from './open-cluster.ts';
import { polledValue } from './polled-value.ts';

const API = '/apis/metrics.k8s.io/v1beta1';
/** metrics-server's own resolution. */
const EVERY_MS = 15_000;
/** What is not installed, or not allowed, will not be a moment later. */
const SELDOM_MS = 60_000;
/** A list of thousands of pods is made anew for each question. */
const TIMEOUT_MS = 20_000;

type UsageSource = LatestSource<ValueItem<UsageSample>>;

/** Usage of a DaemonSet's pods. Its selector chooses them, and their names tell them from other pods that it matches. */
export function podUsage(cluster: OpenCluster, target: Target): UsageSource {
  let labelSelector: string | undefined;
  return usageSource(cluster, target, async (signal) => {
    labelSelector ??= await selectorOf(cluster, target, signal);
    const path = `${API}/namespaces/${encodeURIComponent(target.namespace)}/pods`;
    const { time, pods } = usageSample(await get(cluster, path, signal, { labelSelector }));
    return { time, pods: pods.filter(({ name }) => isPodNameOf(target.name, name)) };
  });
}

export function containerUsage(cluster: OpenCluster, pod: ObjectRef): UsageSource {
  return usageSource(cluster, pod, async (signal) => {
    const pods = `${API}/namespaces/${encodeURIComponent(pod.namespace)}/pods`;
    try {
      return containerSample(await get(cluster, `${pods}/${encodeURIComponent(pod.name)}`, signal));
    } catch (error) {
      if (!(error instanceof AppError) || error.reason !== 'NotFound') throw error;
      // Either this pod has no figures yet, or there is no such API: its own document tells.
      await get(cluster, API, signal);
      return { time: 0, pods: [] };
    }
  });
}

function usageSource(
  cluster: OpenCluster,
  { namespace }: Pick<ObjectRef, 'namespace'>,
  read: (signal: AbortSignal) => Promise<UsageSample>,
): UsageSource {
  return polledValue(cluster, {
    read: (signal) => read(signal).catch((error: unknown) => worded(error, namespace)),
    pauseMs,
  });
}

async function get(
  { connection }: OpenCluster,
  path: string,
  signal: AbortSignal,
  query: Readonly<Record<string, string>> = {},
) {
  const response = await connection.get({ path, query, signal, priority: 'background', timeoutMs: TIMEOUT_MS });
  return jsonBody(response, connection.contextName);
}

function pauseMs(failure: AppErrorData | undefined): number {
  return failure?.reason === 'NotFound' || failure?.reason === 'Forbidden' ? SELDOM_MS : EVERY_MS;
}

function worded(error: unknown, namespace: string): never {
  if (!(error instanceof AppError) || error.reason !== 'Forbidden') throw error;
  const right = missingRight({ verb: 'list', group: 'metrics.k8s.io', resource: 'pods', namespace });
  throw new AppError({ ...error.data, message: `You ${right}.` }, { cause: error });
}
