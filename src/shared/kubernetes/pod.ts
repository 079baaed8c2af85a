import { isConditionTrue } from './condition.ts';
import { isSidecar, stateMember } from './container.ts';
import {
  type JsonObject,
  asObject,
  field,
  flagAt,
  numberAt,
  objectAt,
  objectsAt,
  optional,
  textAt,
} from './json-fields.ts';

/** What the server's own Table shows of a pod. */
export interface PodSummary {
  /** The STATUS column. */
  readonly reason: string;
  /** The READY column, "1/2". */
  readonly readyContainers: number;
  readonly totalContainers: number;
  /** The RESTARTS column; `lastRestartAt` (RFC 3339) is its "(10s ago)". */
  readonly restarts: number;
  readonly lastRestartAt?: string;
}

class RestartCount {
  count = 0;
  last: string | undefined;

  add(status: JsonObject): void {
    this.count += numberAt(status, 'restartCount');
    const terminated = stateMember(objectAt(status, 'lastState'), 'terminated');
    const finishedAt = terminated === undefined ? undefined : textAt(terminated, 'finishedAt');
    if (finishedAt === undefined) return;
    if (this.last === undefined || Date.parse(this.last) < Date.parse(finishedAt)) this.last = finishedAt;
  }
}

interface Initialisation {
  /** Set when an init container stands in the way. */
  readonly reason?: string;
  readonly readySidecars: number;
  readonly restarts: RestartCount;
  readonly sidecarRestarts: RestartCount;
}

function terminatedWord(terminated: JsonObject): string {
  const signal = numberAt(terminated, 'signal');
  return (
    textAt(terminated, 'reason') ?? (signal === 0 ? `ExitCode:${numberAt(terminated, 'exitCode')}` : `Signal:${signal}`)
  );
}

function initReason(status: JsonObject, index: number, total: number): string {
  const state = objectAt(status, 'state');
  const terminated = stateMember(state, 'terminated');
  if (terminated !== undefined) return `Init:${terminatedWord(terminated)}`;
  const waiting = stateMember(state, 'waiting');
  const waitingReason = waiting === undefined ? undefined : textAt(waiting, 'reason');
  if (waitingReason !== undefined && waitingReason !== 'PodInitializing') return `Init:${waitingReason}`;
  return `Init:${index}/${total}`;
}

function initialisation(spec: JsonObject, status: JsonObject): Initialisation {
  const initContainers = objectsAt(spec, 'initContainers');
  const sidecars = new Set(initContainers.filter(isSidecar).map((container) => textAt(container, 'name')));
  const restarts = new RestartCount();
  const sidecarRestarts = new RestartCount();
  let readySidecars = 0;
  for (const [index, container] of objectsAt(status, 'initContainerStatuses').entries()) {
    const sidecar = sidecars.has(textAt(container, 'name'));
    restarts.add(container);
    if (sidecar) sidecarRestarts.add(container);
    const terminated = stateMember(objectAt(container, 'state'), 'terminated');
    if (terminated !== undefined && numberAt(terminated, 'exitCode') === 0) continue;
    if (sidecar && flagAt(container, 'started')) {
      if (flagAt(container, 'ready')) readySidecars += 1;
      continue;
    }
    // Later init containers have not begun: printers.go stops here too.
    return { reason: initReason(container, index, initContainers.length), readySidecars, restarts, sidecarRestarts };
  }
  return { readySidecars, restarts, sidecarRestarts };
}

interface Workers {
  readonly reason?: string;
  readonly ready: number;
}

function workers(status: JsonObject, before: string, restarts: RestartCount): Workers {
  let reason = before;
  let errorReason: string | undefined;
  let ready = 0;
  // From the last to the first, so that the first container's reason wins.
  for (const container of objectsAt(status, 'containerStatuses').toReversed()) {
    restarts.add(container);
    const state = objectAt(container, 'state');
    const waiting = stateMember(state, 'waiting');
    const terminated = stateMember(state, 'terminated');
    const waitingReason = waiting === undefined ? undefined : textAt(waiting, 'reason');
    if (waitingReason !== undefined) {
      reason = waitingReason;
    } else if (terminated !== undefined) {
      reason = terminatedWord(terminated);
      if (numberAt(terminated, 'exitCode') !== 0) errorReason = reason;
    } else if (flagAt(container, 'ready') && stateMember(state, 'running') !== undefined) {
      ready += 1;
    }
  }
  if (reason !== 'Completed') return { reason, ready };
  if (ready > 0 && isConditionTrue(status, 'Ready')) return { reason: 'Running', ready };
  if (errorReason !== undefined) return { reason: errorReason, ready };
  return { reason: ready > 0 ? 'NotReady' : reason, ready };
}

function phaseReason(status: JsonObject): string {
  const gated = objectsAt(status, 'conditions').some(
    (condition) => textAt(condition, 'type') === 'PodScheduled' && textAt(condition, 'reason') === 'SchedulingGated',
  );
  if (gated) return 'SchedulingGated';
  return textAt(status, 'reason') ?? textAt(status, 'phase') ?? '';
}

function deletionReason(metadata: JsonObject, status: JsonObject): string | undefined {
  const deleted = field(metadata, 'deletionTimestamp');
  if (deleted === undefined || deleted === null) return undefined;
  if (textAt(status, 'reason') === 'NodeLost') return 'Unknown';
  const phase = textAt(status, 'phase');
  return phase === 'Succeeded' || phase === 'Failed' ? undefined : 'Terminating';
}

/**
 * STATUS, READY and RESTARTS of a pod exactly as the API server's Table words and counts them: printPod of
 * pkg/printers/internalversion/printers.go, Kubernetes 1.37.
 */
export function podSummary(raw: unknown): PodSummary {
  const pod = asObject(raw);
  const metadata = objectAt(pod, 'metadata');
  const spec = objectAt(pod, 'spec');
  const status = objectAt(pod, 'status');
  const init = initialisation(spec, status);
  let reason = init.reason ?? phaseReason(status);
  let restarts = init.restarts;
  let readyContainers = init.readySidecars;
  if (init.reason === undefined || isConditionTrue(status, 'Initialized')) {
    restarts = init.sidecarRestarts;
    const result = workers(status, reason, restarts);
    reason = result.reason ?? reason;
    readyContainers += result.ready;
  }
  const sidecars = objectsAt(spec, 'initContainers').filter(isSidecar).length;
  return {
    reason: deletionReason(metadata, status) ?? reason,
    readyContainers,
    totalContainers: objectsAt(spec, 'containers').length + sidecars,
    restarts: restarts.count,
    ...optional('lastRestartAt', restarts.count === 0 ? undefined : restarts.last),
  };
}

/** The STATUS column of `kubectl get pods`. */
export function podReason(raw: unknown): string {
  return podSummary(raw).reason;
}
