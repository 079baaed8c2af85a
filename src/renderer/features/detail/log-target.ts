import type { PodRow } from '../../../shared/kubernetes/rows.ts';

/** The pod whose log answers most: one that is not ready and has begun, else the first by name. */
export function firstPod(pods: readonly PodRow[]): PodRow | undefined {
  const byName = pods.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return byName.find((pod) => !pod.ready && pod.restarts > 0) ?? byName[0];
}

/** The container whose log answers most: one that restarts, else the first worker. */
export function firstContainer(pod: PodRow): string | undefined {
  const crashed = pod.containers.find((container) => !container.ready && container.restarts > 0);
  const worker = pod.containers.find((container) => container.kind === 'worker');
  return (crashed ?? worker ?? pod.containers[0])?.name;
}

/** For a choice of the container, its kind beside it; the chosen one is there also when the pod does not have it. */
export function containerOptions(pod: PodRow | undefined, chosen: string): readonly { value: string; label: string }[] {
  const containers = pod?.containers ?? [];
  const options = containers.map(({ name, kind }) => ({
    value: name,
    label: kind === 'worker' ? name : `${name} · ${kind}`,
  }));
  return containers.some(({ name }) => name === chosen) ? options : [{ value: chosen, label: chosen }, ...options];
}
