import {
  flagAt,
  isObject,
  type JsonObject,
  field,
  numberAt,
  objectAt,
  objectsAt,
  optional,
  textAt,
} from './json-fields.ts';
import type { ContainerKind, ContainerRow } from './rows.ts';

/** A restartable init container (restartPolicy Always), which stays beside the workers (podutil.IsRestartableInitContainer). */
export function isSidecar(initContainer: JsonObject): boolean {
  return textAt(initContainer, 'restartPolicy') === 'Always';
}

/** The member of a v1.ContainerState union, or undefined when none is set. */
export function stateMember(state: JsonObject, kind: 'waiting' | 'running' | 'terminated'): JsonObject | undefined {
  const member = field(state, kind);
  return isObject(member) ? member : undefined;
}

/** "running", else the reason of the waiting or the termination, else what printers.go words in its place. */
export function containerStateWord(status: JsonObject): string {
  const state = objectAt(status, 'state');
  if (stateMember(state, 'running') !== undefined) return 'running';
  const terminated = stateMember(state, 'terminated');
  if (terminated !== undefined) {
    const signal = numberAt(terminated, 'signal');
    return (
      textAt(terminated, 'reason') ??
      (signal === 0 ? `ExitCode:${numberAt(terminated, 'exitCode')}` : `Signal:${signal}`)
    );
  }
  const waiting = stateMember(state, 'waiting');
  return (waiting === undefined ? undefined : textAt(waiting, 'reason')) ?? 'waiting';
}

function lastExitCodeOf(status: JsonObject): number | undefined {
  const terminated =
    stateMember(objectAt(status, 'state'), 'terminated') ?? stateMember(objectAt(status, 'lastState'), 'terminated');
  return terminated === undefined ? undefined : numberAt(terminated, 'exitCode');
}

function toContainerRow(spec: JsonObject, status: JsonObject, kind: ContainerKind): ContainerRow {
  return {
    name: textAt(spec, 'name') ?? '',
    kind,
    ready: flagAt(status, 'ready'),
    restarts: numberAt(status, 'restartCount'),
    state: containerStateWord(status),
    ...optional('lastExitCode', lastExitCodeOf(status)),
  };
}

function rowsOf(
  specs: readonly JsonObject[],
  statuses: readonly JsonObject[],
  kindOf: (spec: JsonObject) => ContainerKind,
): readonly ContainerRow[] {
  const byName = new Map(statuses.map((status) => [textAt(status, 'name'), status]));
  return specs.map((spec) => toContainerRow(spec, byName.get(textAt(spec, 'name')) ?? {}, kindOf(spec)));
}

/** Containers of a pod in spec order, init containers first. One without a status is "waiting". */
export function toContainerRows(spec: JsonObject, status: JsonObject): readonly ContainerRow[] {
  return [
    ...rowsOf(objectsAt(spec, 'initContainers'), objectsAt(status, 'initContainerStatuses'), (container) =>
      isSidecar(container) ? 'sidecar' : 'init',
    ),
    ...rowsOf(objectsAt(spec, 'containers'), objectsAt(status, 'containerStatuses'), () => 'worker'),
  ];
}
