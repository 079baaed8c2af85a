import type { DaemonSetStatus } from '../objects.ts';
import { isPodReady } from '../pod-readiness.ts';
import { type DaemonView, byAge, isAvailable, isPodUpdated } from './daemon-view.ts';
import { shouldRun } from './eligibility.ts';

/** The counters of a DaemonSet's status (updateDaemonSetStatus, pkg/controller/daemon/daemon_controller.go, 1.37): of each node the oldest pod counts. */
export function daemonStatus(view: DaemonView, observedGeneration: number): DaemonSetStatus {
  let desired = 0;
  let current = 0;
  let misscheduled = 0;
  let ready = 0;
  let updated = 0;
  let available = 0;
  for (const node of view.nodes) {
    const [pod] = byAge(view.podsByNode.get(node.metadata.name) ?? []);
    if (!shouldRun(view.daemonSet.spec.template.spec, node)) {
      if (pod !== undefined) misscheduled += 1;
      continue;
    }
    desired += 1;
    if (pod === undefined) continue;
    current += 1;
    if (isPodReady(pod)) ready += 1;
    if (isAvailable(view, pod)) available += 1;
    if (isPodUpdated(view, pod)) updated += 1;
  }
  const { collisionCount } = view.daemonSet.status;
  return {
    currentNumberScheduled: current,
    numberMisscheduled: misscheduled,
    desiredNumberScheduled: desired,
    numberReady: ready,
    observedGeneration,
    ...(updated === 0 ? {} : { updatedNumberScheduled: updated }),
    ...(available === 0 ? {} : { numberAvailable: available }),
    ...(desired === available ? {} : { numberUnavailable: desired - available }),
    ...(collisionCount === undefined ? {} : { collisionCount }),
  };
}
