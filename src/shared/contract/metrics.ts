import { eventIterator, oc, type } from '@orpc/contract';
import type { UsageSample } from '../kubernetes/pod-usage.ts';
import { objectRefInput, targetInput } from './inputs.ts';
import type { ValueItem } from './live.ts';

/**
 * CPU and memory as metrics.k8s.io has them: it keeps the newest alone, and cannot be watched, so it is asked every 15 s. `NotFound`: the
 * cluster has no such API. `Forbidden`, `ServiceUnavailable`: as the server words them.
 */
export const metricsContract = {
  /** Pods of one DaemonSet. */
  watchPods: oc.input(targetInput).output(eventIterator(type<ValueItem<UsageSample>>())),
  /** Containers of one pod; a sample without any while the pod has not run for a whole window. */
  watchContainers: oc.input(objectRefInput).output(eventIterator(type<ValueItem<UsageSample>>())),
};
