import { toTimestamp } from '../clock.ts';
import type { Container, ContainerState, ContainerStatus, Pod, TerminatedState } from '../objects.ts';
import { SeededRandom, hash32 } from '../random.ts';

function hexOf(text: string, digits: number): string {
  return new SeededRandom(hash32(text)).hex(digits);
}

/** The id of a container's nth life; the same life always has the same id. */
export function containerIdOf(podUid: string, container: string, restartCount: number): string {
  return `containerd://${hexOf(`${podUid}/${container}/${restartCount}`, 64)}`;
}

const imageIds = new Map<string, string>();

/** `repository@sha256:…`, with the registry that a short name means. */
export function imageIdOf(image: string): string {
  let id = imageIds.get(image);
  if (id === undefined) {
    const repository = image.replace(/@.*$/, '').replace(/:[^/:]+$/, '');
    const first = repository.split('/')[0] ?? '';
    const hasRegistry = repository.includes('/') && /[.:]|^localhost$/.test(first);
    id = `${hasRegistry ? repository : `docker.io/${repository}`}@sha256:${hexOf(image, 64)}`;
    imageIds.set(image, id);
  }
  return id;
}

export function waitingStatus(container: Container, reason: string, message?: string): ContainerStatus {
  return {
    name: container.name,
    image: container.image,
    imageID: '',
    ready: false,
    started: false,
    restartCount: 0,
    state: { waiting: message === undefined ? { reason } : { reason, message } },
    lastState: {},
  };
}

export interface RunningInput {
  readonly pod: Pod;
  readonly container: Container;
  readonly restartCount: number;
  readonly ready: boolean;
  readonly startedAtMs: number;
  readonly lastState?: ContainerState;
}

export function runningStatus(input: RunningInput): ContainerStatus {
  const { pod, container, restartCount } = input;
  return {
    name: container.name,
    image: container.image,
    imageID: imageIdOf(container.image),
    containerID: containerIdOf(pod.metadata.uid, container.name, restartCount),
    ready: input.ready,
    started: true,
    restartCount,
    state: { running: { startedAt: toTimestamp(input.startedAtMs) } },
    lastState: input.lastState ?? {},
  };
}

/** How a running container's life ended. */
export function terminatedOf(
  status: ContainerStatus,
  exitCode: number,
  reason: string,
  finishedAtMs: number,
): TerminatedState {
  return {
    exitCode,
    reason,
    startedAt: status.state.running?.startedAt ?? toTimestamp(finishedAtMs),
    finishedAt: toTimestamp(finishedAtMs),
    containerID: status.containerID ?? '',
  };
}
