import type { Container, ContainerStatus, Pod } from '../objects.ts';
import { between, fraction } from '../random.ts';
import { behaviourOf } from './behaviour.ts';
import { type LogStyle, lastWords, logStyleOf, logText } from './log-text.ts';

/** One life of one container, as far as its log goes. Lines are computed, not stored: line i of a life is always the same. */
export interface LogInstance {
  readonly containerId: string;
  readonly container: string;
  readonly style: LogStyle;
  readonly startedAtMs: number;
  readonly intervalMs: number;
  /** Absent while it runs. A status knows whole seconds only, so the second of the end belongs to the life. */
  readonly endsAtMs?: number;
  readonly failed: boolean;
}

export interface LogLine {
  /** RFC 3339 with nine digits, as a kubelet stamps it. */
  readonly timestamp: string;
  readonly text: string;
}

const STARTUP_LINES = 6;
const STARTUP_STEP_MS = 40;
const FLOOD_INTERVAL_MS = 5;
/** What is left after rotation, as a kubelet keeps about 10 MiB. */
const KEPT_LINES = 50_000;
const LAST_WORDS = 2;

export interface LogRefusal {
  readonly refusal: string;
}

function instanceOf(
  pod: Pod,
  container: Container,
  containerId: string,
  startedAt: string,
  endedAt?: string,
  exitCode = 0,
): LogInstance {
  const flood = behaviourOf(pod) === 'log-flood';
  return {
    containerId,
    container: container.name,
    style: logStyleOf(container.image),
    startedAtMs: Date.parse(startedAt),
    intervalMs: flood ? FLOOD_INTERVAL_MS : between(`${pod.metadata.uid}/${container.name}/interval`, 900, 4_000),
    ...(endedAt === undefined ? {} : { endsAtMs: Date.parse(endedAt) + 1000 }),
    // One that the kernel kills has no time for last words.
    failed: exitCode !== 0 && exitCode !== 137,
  };
}

/** Which life a log request means, or the kubelet's refusal (validateContainerLogStatus, pkg/kubelet/kubelet_pods.go, 1.37). */
export function findLogInstance(pod: Pod, container: Container, previous: boolean): LogInstance | LogRefusal {
  const title = `container "${container.name}" in pod "${pod.metadata.name}"`;
  const statuses: readonly ContainerStatus[] = [
    ...(pod.status.containerStatuses ?? []),
    ...(pod.status.initContainerStatuses ?? []),
  ];
  const status = statuses.find((entry) => entry.name === container.name);
  if (status === undefined) return { refusal: `${title} is not available` };
  const last = status.lastState.terminated;
  const ended = previous ? last : (status.state.terminated ?? (status.state.running === undefined ? last : undefined));
  if (ended !== undefined) {
    return instanceOf(pod, container, ended.containerID, ended.startedAt, ended.finishedAt, ended.exitCode);
  }
  if (previous) return { refusal: `previous terminated ${title} not found` };
  if (status.state.running !== undefined) {
    return instanceOf(pod, container, status.containerID ?? '', status.state.running.startedAt);
  }
  const reason = status.state.waiting?.reason ?? '';
  const why: Readonly<Record<string, string>> = {
    ErrImagePull: "image can't be pulled",
    ImagePullBackOff: 'trying and failing to pull image',
  };
  return { refusal: `${title} is waiting to start: ${why[reason] ?? reason}` };
}

/** Lines rise strictly: the jitter is less than an interval. */
function lineTimeMs(instance: LogInstance, index: number): number {
  const { startedAtMs, intervalMs, containerId } = instance;
  if (index < STARTUP_LINES) return startedAtMs + index * STARTUP_STEP_MS;
  const jitter = Math.floor(fraction(`${containerId}/${index}/jitter`) * intervalMs * 0.9);
  return startedAtMs + STARTUP_LINES * STARTUP_STEP_MS + (index - STARTUP_LINES) * intervalMs + jitter;
}

/** How many lines came before a moment, last words aside. */
function linesBefore(instance: LogInstance, atMs: number): number {
  const { startedAtMs, intervalMs } = instance;
  const steady = atMs - startedAtMs - STARTUP_LINES * STARTUP_STEP_MS;
  let count = steady < 0 ? 0 : STARTUP_LINES + Math.floor(steady / intervalMs);
  while (lineTimeMs(instance, count) < atMs) count += 1;
  while (count > 0 && lineTimeMs(instance, count - 1) >= atMs) count -= 1;
  return count;
}

/** How many lines a life has written by now. */
export function lineCount(instance: LogInstance, nowMs: number): number {
  if (instance.endsAtMs === undefined) return linesBefore(instance, nowMs + 1);
  return linesBefore(instance, instance.endsAtMs) + (instance.failed ? LAST_WORDS : 0);
}

/** The first line that rotation has left. */
export function firstKeptLine(count: number): number {
  return Math.max(0, count - KEPT_LINES);
}

/** The first line at or after a moment. */
export function firstLineSince(instance: LogInstance, sinceMs: number): number {
  return linesBefore(instance, sinceMs);
}

/** When the next line is due, given how many there are. */
export function nextLineAtMs(instance: LogInstance, count: number): number {
  return lineTimeMs(instance, count);
}

export function lineAt(instance: LogInstance, index: number): LogLine {
  const regular = instance.endsAtMs === undefined ? Number.POSITIVE_INFINITY : linesBefore(instance, instance.endsAtMs);
  const isLast = index >= regular;
  const atMs = isLast ? (instance.endsAtMs ?? 0) : lineTimeMs(instance, index);
  const nanos = isLast ? index - regular : Math.floor(fraction(`${instance.containerId}/${index}/ns`) * 1_000_000);
  const timestamp = `${new Date(atMs).toISOString().slice(0, 23)}${String(nanos).padStart(6, '0')}Z`;
  const facts = { style: instance.style, seed: instance.containerId, index, atMs, container: instance.container };
  return { timestamp, text: isLast ? lastWords(facts, index === regular ? 0 : 1) : logText(facts) };
}
