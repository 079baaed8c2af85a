import { podTrouble } from '../../../shared/kubernetes/pod-trouble.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import type { Tone } from '../../components/StatusBadge.tsx';

/** "Running 2/2", "CrashLoopBackOff 1/2": the server's STATUS and READY columns together. */
export function podStatusWords(pod: PodRow): string {
  return `${pod.reason} ${pod.readyContainers}/${pod.totalContainers}`;
}

/** The colour that repeats it. Readiness is enough here: minReadySeconds belongs to the rollout. */
export function podTone(pod: PodRow, isOld: boolean, now: number): Tone {
  const trouble = podTrouble(pod, [], 0, now);
  if (trouble === undefined) return isOld ? 'quiet' : 'good';
  switch (trouble.kind) {
    case 'failing':
      return 'bad';
    case 'pending':
    case 'notReady':
      return 'warn';
    case 'starting':
    case 'waitingMinReady':
      return 'info';
    case 'terminating':
      return 'quiet';
    default:
      return assertNever(trouble.kind);
  }
}
