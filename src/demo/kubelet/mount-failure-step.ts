import type { Pod } from '../objects.ts';
import { type PodEvent, type Step, settle } from './pod-step.ts';

/** From one try to the next the kubelet waits twice as long, up to this (pkg/util/goroutinemap/exponentialbackoff, 1.37). */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 122_000;

/** Volumes that cannot be mounted: the containers are never created, and events say why again and again. */
export function mountFailureStep(pod: Pod, problems: readonly string[], nowMs: number): Step {
  const events = problems.map((message): PodEvent => ({ type: 'Warning', reason: 'FailedMount', message }));
  const ageMs = nowMs - Date.parse(pod.status.startTime ?? pod.metadata.creationTimestamp);
  return {
    name: 'mount',
    delayMs: Math.min(LONGEST_WAIT_MS, Math.max(FIRST_WAIT_MS, ageMs)),
    apply: (atMs) => ({ status: settle(pod, pod.status, atMs), events }),
  };
}
