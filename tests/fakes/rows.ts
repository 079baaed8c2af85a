import type {
  ControllerRevisionRow,
  DaemonSetRow,
  EventRow,
  NodeRow,
  PodRow,
} from '../../src/shared/kubernetes/rows.ts';

/** A DaemonSet that is rolled out on three nodes, made a day before `NOW`. */
export function aDaemonSet(overrides: Partial<DaemonSetRow> = {}): DaemonSetRow {
  const desired = overrides.desired ?? 3;
  return {
    uid: 'uid-agent',
    name: 'agent',
    namespace: 'logging',
    resourceVersion: '1',
    labels: {},
    creationTimestamp: '2026-01-01T00:00:00Z',
    generation: 1,
    observedGeneration: 1,
    desired,
    current: desired,
    ready: desired,
    updated: desired,
    available: desired,
    misscheduled: 0,
    strategy: { type: 'RollingUpdate', maxUnavailable: 1, maxSurge: 0 },
    minReadySeconds: 0,
    nodeSelector: {},
    selector: { matchLabels: { app: 'agent' } },
    images: ['registry.example/agent:1'],
    ...overrides,
  };
}

/** A ready pod of that DaemonSet, as old as it. */
export function aPodRow(overrides: Partial<PodRow> = {}): PodRow {
  const nodeName = overrides.nodeName ?? 'node-001';
  return {
    uid: `uid-${overrides.name ?? nodeName}`,
    name: `agent-${nodeName}`,
    namespace: 'logging',
    resourceVersion: '1',
    ownerUid: 'uid-agent',
    creationTimestamp: '2026-01-01T00:00:00Z',
    phase: 'Running',
    reason: 'Running',
    ready: true,
    readySince: '2026-01-01T00:01:00Z',
    readyContainers: 1,
    totalContainers: 1,
    restarts: 0,
    nodeName,
    conditions: [],
    containers: [{ name: 'main', kind: 'worker', ready: true, restarts: 0, state: 'running' }],
    ...overrides,
  };
}

/** A ready node that anything may run on. */
export function aNodeRow(name: string, overrides: Partial<NodeRow> = {}): NodeRow {
  return {
    uid: `uid-${name}`,
    name,
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
    labels: {},
    taints: [],
    unschedulable: false,
    ready: true,
    ...overrides,
  };
}

/** A revision of that DaemonSet. */
export function aRevisionRow(overrides: Partial<ControllerRevisionRow> = {}): ControllerRevisionRow {
  const hash = overrides.hash ?? 'aaa';
  return {
    uid: `uid-${hash}`,
    name: `agent-${hash}`,
    namespace: 'logging',
    resourceVersion: '1',
    ownerUid: 'uid-agent',
    revision: 1,
    hash,
    creationTimestamp: '2026-01-01T00:00:00Z',
    images: ['registry.example/agent:1'],
    ...overrides,
  };
}

/** A warning about a pod of that DaemonSet. */
export function anEvent(overrides: Partial<EventRow> = {}): EventRow {
  return {
    uid: 'uid-event',
    name: 'agent.1',
    namespace: 'logging',
    resourceVersion: '1',
    type: 'Warning',
    reason: 'Unhealthy',
    message: 'Readiness probe failed',
    about: { kind: 'Pod', name: 'agent-x7k2p', namespace: 'logging', uid: 'uid-pod' },
    firstSeen: 1000,
    lastSeen: 2000,
    count: 1,
    ...overrides,
  };
}
