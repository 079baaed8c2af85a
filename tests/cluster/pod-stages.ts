import { stage } from './stage.ts';
import type { Stage } from './stage.ts';

/**
 * Annotations of a pod (so of a DaemonSet's template) that say how it fares:
 * - `everynode.test/ready-delay: 5s`: ContainerCreating for that long
 * - `everynode.test/delete-delay: 5s`: Terminating for that long
 * - `everynode.test/behaviour`: `stuck` (ContainerCreating for good), `not-ready`
 *   (runs, never ready), `crash` (exit code 1, CrashLoopBackOff, again) or `oom` (the
 *   same with 137 and OOMKilled); to the first container
 * - `everynode.test/restart-delay: 10s`: how long a crash loop backs off
 *
 * An image with `does-not-exist` in its name is never pulled.
 */
export const ANNOTATION_PREFIX = 'everynode.test/';

const DEFINITIONS = `
def annotation($name): .metadata.annotations["${ANNOTATION_PREFIX}" + $name];
def behaviour: annotation("behaviour");
def crashes: behaviour == "crash" or behaviour == "oom";
def unpullable: any(.spec.containers[].image; contains("does-not-exist"));
def unborn: .status.containerStatuses == null;
def waits($reason): any(.status.containerStatuses[]?; .state.waiting.reason == $reason);
def ready: any(.status.conditions[]?; .type == "Ready" and .status == "True");
def created: (unborn | not) or (annotation("ready-delay") == null);
def alive: .metadata.deletionTimestamp == null;
`;

/** The life of a pod on a kwok node, as kubelet 1.37 would report it. */
export function podStages(): readonly Stage[] {
  return [...startingStages(), ...imageStages(), ...crashStages(), deleteStage()];
}

function startingStages(): readonly Stage[] {
  return [
    podStage('pod-create', {
      when: 'alive and unborn and (unpullable | not) and (annotation("ready-delay") != null or behaviour == "stuck")',
      status: statusTemplate('Pending', WAITING('ContainerCreating'), 'False'),
    }),
    podStage('pod-ready', {
      when: 'alive and behaviour == null and (unpullable | not) and created and (ready | not)',
      delay: 'ready-delay',
      status: statusTemplate('Running', RUNNING, 'True'),
    }),
    podStage('pod-not-ready', {
      when: 'alive and behaviour == "not-ready" and (unpullable | not) and created and (unborn or waits("ContainerCreating"))',
      delay: 'ready-delay',
      status: statusTemplate('Running', RUNNING_UNREADY, 'False'),
    }),
  ];
}

function imageStages(): readonly Stage[] {
  return [
    podStage('pod-image-pull-error', {
      when: 'alive and unpullable and unborn',
      event: ['Warning', 'Failed', 'Error: ErrImagePull'],
      status: statusTemplate('Pending', UNPULLABLE('ErrImagePull', PULL_FAILED), 'False'),
    }),
    podStage('pod-image-pull-back-off', {
      when: 'alive and unpullable and waits("ErrImagePull")',
      delayMs: 1_000,
      event: ['Normal', 'BackOff', 'Back-off pulling image'],
      status: statusTemplate('Pending', UNPULLABLE('ImagePullBackOff', PULL_BACK_OFF), 'False'),
    }),
  ];
}

function crashStages(): readonly Stage[] {
  return [
    podStage('pod-crash-start', {
      when: 'alive and crashes and (unpullable | not) and created and (unborn or waits("ContainerCreating"))',
      delay: 'ready-delay',
      event: ['Normal', 'Started', 'Container started'],
      status: statusTemplate('Running', RUNNING, 'True'),
    }),
    podStage('pod-crash-exit', {
      when: 'alive and crashes and ready',
      delayMs: 1_000,
      event: ['Warning', 'BackOff', 'Back-off restarting failed container'],
      status: statusTemplate('Running', CRASHED, 'False'),
    }),
    podStage('pod-crash-restart', {
      when: 'alive and crashes and waits("CrashLoopBackOff")',
      delay: 'restart-delay',
      delayMs: 10_000,
      event: ['Normal', 'Started', 'Container started'],
      status: statusTemplate('Running', RUNNING, 'True'),
    }),
  ];
}

function deleteStage(): Stage {
  return podStage('pod-delete', {
    when: '.metadata.deletionTimestamp != null and .metadata.finalizers == null',
    delay: 'delete-delay',
    delete: true,
  });
}

interface PodStage {
  /** Query of jq over the pod that answers true or false. */
  readonly when: string;
  /** Annotation with the delay, without its prefix. */
  readonly delay?: string;
  readonly delayMs?: number;
  readonly event?: readonly [type: 'Normal' | 'Warning', reason: string, message: string];
  readonly status?: string;
  readonly delete?: boolean;
}

function podStage(name: string, { when, delay, ...rest }: PodStage): Stage {
  return stage(name, 'Pod', {
    ...rest,
    when: `${DEFINITIONS} ${when}`,
    ...(delay === undefined ? {} : { delayFrom: `.metadata.annotations["${ANNOTATION_PREFIX}${delay}"]` }),
  });
}

/** Text of a container's status; in it `$c` is the container, `$old` its status so far. */
type ContainerTemplate = string;

const WAITING = (reason: string): ContainerTemplate => `
  ready: false
  started: false
  restartCount: 0
  state: {waiting: {reason: ${reason}}}`;

const RUNNING: ContainerTemplate = `
  ready: true
  started: true
  restartCount: {{ $restarts }}
  containerID: {{ $containerID }}
  imageID: {{ $imageID }}
  {{ with get $old "lastState" }}
  lastState: {{ toJson . }}
  {{ end }}
  state: {running: {startedAt: {{ Quote $now }}}}`;

const RUNNING_UNREADY: ContainerTemplate = RUNNING.replace('ready: true', 'ready: false');

const PULL_FAILED = 'printf "failed to pull and unpack image %q: not found" .image';
const PULL_BACK_OFF =
  'printf "Back-off pulling image %q: ErrImagePull: failed to pull and unpack image %q: not found" .image .image';

const UNPULLABLE = (reason: string, message: string): ContainerTemplate => `
  {{ if contains "does-not-exist" .image }}
  ready: false
  started: false
  restartCount: 0
  state: {waiting: {reason: ${reason}, message: {{ Quote (${message}) }}}}
  {{ else }}
  ${RUNNING.trim()}
  {{ end }}`;

const CRASHED: ContainerTemplate = `
  {{ if eq $index 0 }}
  ready: false
  started: false
  restartCount: {{ add1 $restarts }}
  containerID: {{ $containerID }}
  imageID: {{ $imageID }}
  lastState:
    terminated:
      exitCode: {{ if eq $behaviour "oom" }}137{{ else }}1{{ end }}
      reason: {{ if eq $behaviour "oom" }}OOMKilled{{ else }}Error{{ end }}
      startedAt: {{ Quote (dig "state" "running" "startedAt" $now $old) }}
      finishedAt: {{ Quote $now }}
      containerID: {{ $containerID }}
  state:
    waiting:
      reason: CrashLoopBackOff
      message: {{ Quote (printf "back-off 10s restarting failed container=%s pod=%s_%s(%s)" .name $pod.metadata.name $pod.metadata.namespace $pod.metadata.uid) }}
  {{ else }}
  ${RUNNING.trim()}
  {{ end }}`;

function statusTemplate(phase: 'Pending' | 'Running', container: ContainerTemplate, ready: 'True' | 'False'): string {
  return `
{{ $now := Now }}
{{ $pod := . }}
{{ $behaviour := get (default dict .metadata.annotations) "${ANNOTATION_PREFIX}behaviour" }}
phase: ${phase}
startTime: {{ Quote (or .status.startTime $now) }}
conditions:
${CONDITIONS(ready)}
{{ if not .status.podIP }}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ Quote (index . 0) }}
hostIPs: [{{ range . }}{ip: {{ Quote . }}},{{ end }}]
{{ end }}
{{ with PodIPsWith .spec.nodeName (or .spec.hostNetwork false) (or .metadata.uid "") (or .metadata.name "") (or .metadata.namespace "") }}
podIP: {{ Quote (index . 0) }}
podIPs: [{{ range . }}{ip: {{ Quote . }}},{{ end }}]
{{ end }}
{{ end }}
${INIT_CONTAINERS}
containerStatuses:
{{ range $index, $c := .spec.containers }}
{{ $old := dict }}
{{ range $pod.status.containerStatuses }}{{ if eq .name $c.name }}{{ $old = . }}{{ end }}{{ end }}
{{ $restarts := atoi (toString (default 0 (get $old "restartCount"))) }}
{{ $containerID := printf "containerd://%s" (sha256sum (printf "%s/%s/%d" $pod.metadata.uid $c.name $restarts)) }}
{{ $imageID := printf "registry.test/image@sha256:%s" (sha256sum $c.image) }}
{{ with $c }}
- name: {{ Quote .name }}
  image: {{ Quote .image }}
  ${container.trim()}
{{ end }}
{{ end }}`;
}

function CONDITIONS(ready: 'True' | 'False'): string {
  const unready = ready === 'True' ? 'reason: null, message: null' : 'reason: ContainersNotReady';
  const condition = (type: string, status: string, rest: string): string =>
    `- {type: ${type}, status: "${status}", lastTransitionTime: {{ Quote $now }}, ${rest}}`;
  return [
    condition('PodReadyToStartContainers', 'True', 'reason: null'),
    condition('Initialized', 'True', 'reason: null'),
    condition('Ready', ready, unready),
    condition('ContainersReady', ready, unready),
    '{{ range .spec.readinessGates }}',
    condition('{{ Quote .conditionType }}', 'True', 'reason: null'),
    '{{ end }}',
  ].join('\n');
}

/** Init containers have ended well by then; sidecars (restartPolicy Always) run on. */
const INIT_CONTAINERS = `
{{ with .spec.initContainers }}
initContainerStatuses:
{{ range . }}
- name: {{ Quote .name }}
  image: {{ Quote .image }}
  imageID: {{ printf "registry.test/image@sha256:%s" (sha256sum .image) }}
  ready: true
  restartCount: 0
  {{ if eq (default "" .restartPolicy) "Always" }}
  started: true
  state: {running: {startedAt: {{ Quote $now }}}}
  {{ else }}
  started: false
  state: {terminated: {exitCode: 0, reason: Completed, startedAt: {{ Quote $now }}, finishedAt: {{ Quote $now }}}}
  {{ end }}
{{ end }}
{{ end }}`.trim();
