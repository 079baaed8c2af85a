import type { Json } from '../manifest.ts';

/** What becomes of a pod: on real nodes by what its containers do, on the demo cluster by an annotation that stands for it. */
export interface Plot {
  readonly name: string;
  /** Over the pod template's spec. */
  readonly pod: Json;
  /** `everynode.demo/behaviour`; absent where a pod of the demo cluster does so by itself. */
  readonly demo?: string;
}

export const IMAGE = 'registry.test/busybox:1';
export const ABSENT_IMAGE = 'registry.test/absent:1';

/** A container that runs a shell script. */
export function aShell(script: string, more: Json = {}): Json {
  return { name: 'main', image: IMAGE, imagePullPolicy: 'Never', command: ['sh', '-c', script], ...more };
}

const COUNT = 'i=0; while :; do echo "line $i"; i=$((i+1)); sleep 0.2; done';

function plot(name: string, containers: readonly Json[], more: Json = {}, demo?: string): Plot {
  return { name, pod: { containers, ...more }, ...(demo === undefined ? {} : { demo }) };
}

export const PLOTS = {
  /** Writes a line now and then, for ever. */
  steady: plot('steady', [aShell(COUNT)]),
  /** Ends with exit code 1 a moment after each start. */
  crashing: plot('crashing', [aShell('echo starting; sleep 2; echo giving up; exit 1')], {}, 'crash-loop'),
  /** Takes more memory than it may have. */
  hungry: plot(
    'hungry',
    [aShell('sleep 1; tail /dev/zero', { resources: { limits: { memory: '16Mi' } } })],
    {},
    'out-of-memory',
  ),
  /** Fits on no node. */
  huge: plot('huge', [aShell(COUNT, { resources: { requests: { memory: '900Gi' } } })]),
  /** Waits for a ConfigMap that is not there. */
  unmounted: plot('unmounted', [aShell(COUNT, { volumeMounts: [{ name: 'config', mountPath: '/config' }] })], {
    volumes: [{ name: 'config', configMap: { name: 'absent' } }],
  }),
  /** Takes a variable from a ConfigMap that is not there. */
  unconfigured: plot('unconfigured', [
    aShell(COUNT, { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'absent', key: 'a' } } }] }),
  ]),
  /** Its image is nowhere, and may not be fetched. */
  imageless: plot('imageless', [aShell(COUNT, { image: ABSENT_IMAGE })], {}, 'image-pull-failure'),
  /** Its image is to be fetched, and cannot be. */
  unpullable: plot(
    'unpullable',
    [aShell(COUNT, { image: ABSENT_IMAGE, imagePullPolicy: 'IfNotPresent' })],
    {},
    'image-pull-failure',
  ),
  /** Two containers after one init container that ends. */
  several: plot('several', [aShell(COUNT, { name: 'one' }), aShell(COUNT, { name: 'two' })], {
    initContainers: [aShell('echo prepared', { name: 'first' })],
  }),
  /** A sidecar beside its container. */
  accompanied: plot('accompanied', [aShell(COUNT)], {
    initContainers: [aShell(COUNT, { name: 'sidecar', restartPolicy: 'Always' })],
  }),
} as const;
