import type { Pod } from '../objects.ts';
import { type PodEvent, type Step, settle } from './pod-step.ts';

/** From one try to the next the kubelet waits twice as long, up to this (pkg/util/goroutinemap/exponentialbackoff, 1.37). */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 122_000;

function problemOf(pod: Pod): string {
  const volume = (pod.spec.volumes ?? []).find(({ configMap, secret }) => (configMap ?? secret) !== undefined);
  const what = volume?.configMap === undefined ? 'secret' : 'configmap';
  const which = volume?.configMap?.name ?? volume?.secret?.secretName ?? '';
  return `MountVolume.SetUp failed for volume "${volume?.name ?? ''}" : ${what} "${which}" not found`;
}

/** A volume that cannot be mounted: the containers are never created, and an event says why again and again. */
export function mountFailureStep(pod: Pod, nowMs: number): Step {
  const event: PodEvent = { type: 'Warning', reason: 'FailedMount', message: problemOf(pod) };
  const ageMs = nowMs - Date.parse(pod.status.startTime ?? pod.metadata.creationTimestamp);
  return {
    name: 'mount',
    delayMs: Math.min(LONGEST_WAIT_MS, Math.max(FIRST_WAIT_MS, ageMs)),
    apply: (atMs) => ({ status: settle(pod, pod.status, atMs), events: [event] }),
  };
}
