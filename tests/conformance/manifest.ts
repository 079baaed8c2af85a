export type Json = Readonly<Record<string, unknown>>;

export interface Parts {
  /** Over the spec. */
  readonly spec?: Json;
  /** Over the template's spec. */
  readonly pod?: Json;
  /** Over the only container. */
  readonly container?: Json;
  readonly metadata?: Json;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Put on four workers when a cluster is prepared. */
export const RING = 'everynode.test/ring';

/** Annotations with which a pod never becomes ready, on kwok's nodes and on the demo cluster's. */
export const NEVER_READY = {
  'everynode.test/behaviour': 'stuck',
  'everynode.demo/behaviour': 'image-pull-failure',
} as const;

/** An apps/v1 DaemonSet of one container; its pods have the label `app: <name>`. */
export function aDaemonSet(name: string, parts: Parts = {}): Json {
  const { spec = {}, pod = {}, container = {}, metadata = {}, annotations } = parts;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, ...metadata },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name }, ...(annotations === undefined ? {} : { annotations }) },
        spec: {
          terminationGracePeriodSeconds: 1,
          containers: [{ name: 'main', image: 'registry.test/tool:1', ...container }],
          ...pod,
        },
      },
      ...spec,
    },
  };
}

/** One that runs on the four workers of the ring. */
export function onRing(name: string, parts: Parts = {}): Json {
  return aDaemonSet(name, { ...parts, pod: { nodeSelector: { [RING]: 'yes' }, ...parts.pod } });
}

/** One that runs nowhere. */
export function nowhere(name: string, parts: Parts = {}): Json {
  return aDaemonSet(name, { ...parts, pod: { nodeSelector: { 'everynode.test/none': 'yes' }, ...parts.pod } });
}
