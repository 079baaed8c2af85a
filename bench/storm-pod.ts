/** The one DaemonSet of the storm server. */
export const STORM = { namespace: 'default', name: 'everywhere', uid: '00000000-0000-4000-8000-00000000d5e7' } as const;

export const stormDaemonSet = (pods: number) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { ...STORM, resourceVersion: '1', generation: 1, creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: {
    selector: { matchLabels: { app: STORM.name } },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    template: {
      metadata: { labels: { app: STORM.name } },
      spec: { containers: [{ name: 'main', image: 'registry.test/everywhere:1' }] },
    },
  },
  status: {
    observedGeneration: 1,
    desiredNumberScheduled: pods,
    currentNumberScheduled: pods,
    numberReady: pods,
    updatedNumberScheduled: pods,
    numberAvailable: pods,
    numberMisscheduled: 0,
  },
});

/** When the pods of the first list were made ready. */
export const FIRST_READY = '2026-01-01T00:00:00.000Z';

export interface StormPod {
  readonly uid: string;
  readonly name: string;
  readonly node: string;
  readonly resourceVersion: string;
  readonly restarts: number;
  /** RFC 3339 with milliseconds: when this state was sent. The row shows it as `readySince`. */
  readonly sentAt: string;
}

/** A running pod of one container, about as large as a small real one. */
export function podObject(pod: StormPod) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.name,
      generateName: `${STORM.name}-`,
      namespace: STORM.namespace,
      uid: pod.uid,
      resourceVersion: pod.resourceVersion,
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { app: STORM.name, 'controller-revision-hash': '5d4f8c7b9', 'pod-template-generation': '1' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          name: STORM.name,
          uid: STORM.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: specOf(pod),
    status: statusOf(pod),
  };
}

function specOf(pod: StormPod) {
  return {
    nodeName: pod.node,
    serviceAccountName: 'default',
    restartPolicy: 'Always',
    containers: [
      {
        name: 'main',
        image: 'registry.test/everywhere:1',
        imagePullPolicy: 'IfNotPresent',
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
        volumeMounts: [{ name: 'varlog', mountPath: '/var/log', readOnly: true }],
      },
    ],
    volumes: [{ name: 'varlog', hostPath: { path: '/var/log', type: '' } }],
    tolerations: ['not-ready', 'unreachable', 'disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map(
      (key) => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists', effect: 'NoExecute' }),
    ),
  };
}

function statusOf(pod: StormPod) {
  const condition = (type: string) => ({ type, status: 'True', lastProbeTime: null, lastTransitionTime: pod.sentAt });
  return {
    phase: 'Running',
    conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(condition),
    hostIP: '10.0.0.1',
    podIP: '10.1.0.1',
    podIPs: [{ ip: '10.1.0.1' }],
    startTime: '2026-01-01T00:00:00Z',
    containerStatuses: [
      {
        name: 'main',
        image: 'registry.test/everywhere:1',
        imageID: 'registry.test/everywhere@sha256:0f1e',
        containerID: 'containerd://9c1d',
        ready: true,
        started: true,
        restartCount: pod.restarts,
        state: { running: { startedAt: pod.sentAt } },
        lastState: {},
      },
    ],
  };
}
