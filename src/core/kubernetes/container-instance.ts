import { isSidecar, stateMember } from '../../shared/kubernetes/container.ts';
import {
  asObject,
  type JsonObject,
  numberAt,
  objectAt,
  objectsAt,
  optional,
  textAt,
} from '../../shared/kubernetes/json-fields.ts';

/** Which run of a container a pod has now. A pod's uid, a container's name and its restartCount name one run. */
export interface ContainerInstance {
  readonly podUid: string;
  readonly restartCount: number;
  readonly state: 'running' | 'waiting' | 'ended';
  /** It will not run again. */
  readonly final: boolean;
  /** The kubelet's words while it waits. */
  readonly message?: string;
}

function named(spec: JsonObject, list: string, name: string): JsonObject | undefined {
  return objectsAt(spec, list).find((container) => textAt(container, 'name') === name);
}

function isFinal(pod: JsonObject, name: string, terminated: JsonObject | undefined): boolean {
  const phase = textAt(objectAt(pod, 'status'), 'phase');
  if (phase === 'Succeeded' || phase === 'Failed') return true;
  if (terminated === undefined) return false;
  const spec = objectAt(pod, 'spec');
  const failed = numberAt(terminated, 'exitCode') !== 0;
  const podPolicy = textAt(spec, 'restartPolicy') ?? 'Always';
  const init = named(spec, 'initContainers', name);
  if (init !== undefined && !isSidecar(init)) return !failed || podPolicy === 'Never';
  const own = init ?? named(spec, 'containers', name);
  const policy = (own === undefined ? undefined : textAt(own, 'restartPolicy')) ?? podPolicy;
  return policy === 'Never' || (policy === 'OnFailure' && !failed);
}

/** Reads a pod's status; a container without one yet waits. */
export function containerInstance(raw: unknown, name: string): ContainerInstance {
  const pod = asObject(raw);
  const status = objectAt(pod, 'status');
  const all = ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'].flatMap((key) =>
    objectsAt(status, key),
  );
  const own = all.find((entry) => textAt(entry, 'name') === name) ?? {};
  const state = objectAt(own, 'state');
  const waiting = stateMember(state, 'waiting');
  const terminated = stateMember(state, 'terminated');
  return {
    podUid: textAt(objectAt(pod, 'metadata'), 'uid') ?? '',
    restartCount: numberAt(own, 'restartCount'),
    state: stateMember(state, 'running') !== undefined ? 'running' : terminated !== undefined ? 'ended' : 'waiting',
    final: isFinal(pod, name, terminated),
    ...optional('message', waiting && (textAt(waiting, 'message') ?? textAt(waiting, 'reason'))),
  };
}
