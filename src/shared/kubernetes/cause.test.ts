import { describe, expect, it } from 'vitest';
import { aDaemonSet, aPodRow } from '../../../tests/fakes/rows.ts';
import { causeOf } from './cause.ts';
import { type CauseEvent, unschedulableWords } from './pod-trouble.ts';
import type { DaemonSetRow, PodRow } from './rows.ts';

const NOW = Date.parse('2026-01-02T00:00:00Z');
const YOUNG = '2026-01-01T23:58:00Z';

function anEvent(overrides: Partial<CauseEvent>): CauseEvent {
  return {
    reason: 'Failed',
    message: '',
    type: 'Warning',
    involvedName: 'agent',
    lastSeen: NOW - 60_000,
    count: 1,
    ...overrides,
  };
}

function missing(nodeName: string, overrides: Partial<PodRow> = {}): PodRow {
  return aPodRow({ nodeName, ready: false, readyContainers: 0, ...overrides });
}

function unschedulable(name: string, message: string): PodRow {
  const { nodeName: _unscheduled, ...pod } = missing(name);
  const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
  return { ...pod, name, phase: 'Pending', reason: 'Pending', conditions };
}

interface Case {
  readonly name: string;
  readonly row?: Partial<DaemonSetRow>;
  readonly pods: readonly PodRow[];
  readonly events?: readonly CauseEvent[];
  readonly text?: string;
  readonly young: boolean;
}

const well = [aPodRow({ nodeName: 'node-001' }), aPodRow({ nodeName: 'node-002' })];
const MEMORY =
  "0/24 nodes are available: 1 Insufficient memory, 23 node(s) didn't match Pod's node affinity/selector. preemption: 0/24 nodes are available: 24 Preemption is not helpful for scheduling.";

const CASES: readonly Case[] = [
  { name: 'a rolled out one has none', pods: [...well, aPodRow({ nodeName: 'node-003' })], young: true },
  {
    name: 'a crash loop names its node',
    pods: [...well, missing('node-041', { reason: 'CrashLoopBackOff' })],
    text: 'waits for node-041: crash loop',
    young: false,
  },
  {
    name: 'a crash loop is no matter of time',
    pods: [...well, missing('node-041', { reason: 'CrashLoopBackOff', creationTimestamp: YOUNG })],
    text: 'waits for node-041: crash loop',
    young: false,
  },
  {
    name: 'several nodes with one trouble are one line',
    pods: ['node-3', 'node-1', 'node-2'].map((node) => missing(node, { reason: 'ImagePullBackOff' })),
    text: 'waits for node-1 and 2 more: image cannot be pulled',
    young: false,
  },
  {
    name: 'two pull errors are one trouble',
    pods: [missing('node-1', { reason: 'ErrImagePull' }), missing('node-2', { reason: 'ImagePullBackOff' }), ...well],
    text: 'waits for node-1 and 1 more: image cannot be pulled',
    young: false,
  },
  {
    name: 'an init container that fails',
    pods: [...well, missing('node-3', { reason: 'Init:ExitCode:2', phase: 'Pending' })],
    text: 'waits for node-3: init container: exits with code 2',
    young: false,
  },
  {
    name: 'pods that do not fit on their nodes',
    pods: [aPodRow(), unschedulable('agent-a', MEMORY), unschedulable('agent-b', MEMORY)],
    text: '2 Pending: insufficient memory',
    young: false,
  },
  {
    name: 'a failing pod comes before pending ones',
    pods: [
      missing('node-9', { reason: 'OOMKilled' }),
      unschedulable('agent-a', MEMORY),
      unschedulable('agent-b', MEMORY),
    ],
    text: 'waits for node-9: out of memory',
    young: false,
  },
  {
    name: 'a pod that starts since two minutes',
    pods: [...well, missing('node-3', { reason: 'ContainerCreating', phase: 'Pending', creationTimestamp: YOUNG })],
    text: 'waits for node-3: containers start',
    young: true,
  },
  {
    name: 'a pod that starts since a day',
    pods: [...well, missing('node-3', { reason: 'ContainerCreating', phase: 'Pending' })],
    text: 'waits for node-3: containers start',
    young: false,
  },
  {
    name: 'a volume that cannot be mounted, from the pod’s own events',
    pods: [
      ...well,
      missing('node-3', { name: 'agent-z', reason: 'ContainerCreating', phase: 'Pending', creationTimestamp: YOUNG }),
    ],
    events: [
      anEvent({ reason: 'FailedMount', involvedName: 'agent-z' }),
      anEvent({ reason: 'FailedMount', involvedName: 'other' }),
    ],
    text: 'waits for node-3: volume cannot be mounted',
    young: false,
  },
  {
    name: 'a readiness probe that fails',
    pods: [...well, missing('node-3', { name: 'agent-z', creationTimestamp: YOUNG })],
    events: [
      anEvent({
        reason: 'Unhealthy',
        involvedName: 'agent-z',
        message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
      }),
    ],
    text: 'waits for node-3: readiness probe fails',
    young: true,
  },
  {
    name: 'a pod that is ready, but not for minReadySeconds',
    row: { minReadySeconds: 60 },
    pods: [...well, aPodRow({ nodeName: 'node-3', readySince: '2026-01-01T23:59:30Z', creationTimestamp: YOUNG })],
    text: 'waits for node-3: ready for less than 60 s',
    young: true,
  },
  {
    name: 'a pod that is leaving makes room for the next',
    pods: [...well, aPodRow({ nodeName: 'node-3', deletionTimestamp: YOUNG })],
    text: 'waits for node-3: terminating',
    young: true,
  },
  {
    name: 'pods that cannot even be created',
    pods: well,
    events: [
      anEvent({
        reason: 'FailedCreate',
        message: 'Error creating: pods "agent-" is forbidden: no PriorityClass with name high was found',
      }),
    ],
    text: 'pods "agent-" is forbidden: no PriorityClass with name high was found',
    young: false,
  },
  {
    name: 'a FailedCreate of an hour ago is over',
    pods: well,
    row: { restartedAt: YOUNG },
    events: [anEvent({ reason: 'FailedCreate', message: 'Error creating: quota', lastSeen: NOW - 3_600_000 })],
    young: true,
  },
  { name: 'a node without a pod, and nobody says why', pods: well, young: false },
  {
    name: 'a pod of another owner does not matter',
    pods: [
      ...well,
      aPodRow({ nodeName: 'node-3' }),
      missing('node-3', { ownerUid: 'uid-other', reason: 'CrashLoopBackOff' }),
    ],
    young: true,
  },
  {
    name: 'a container that restarted and is not ready again',
    pods: [
      ...well,
      missing('node-3', {
        creationTimestamp: YOUNG,
        containers: [{ name: 'main', kind: 'worker', ready: false, restarts: 4, state: 'running' }],
      }),
    ],
    text: 'waits for node-3: restarts again and again',
    young: false,
  },
];

describe('the cause', () => {
  it.each(CASES)('$name', ({ row, pods, events = [], text, young }) => {
    const cause = causeOf(aDaemonSet(row), pods, events, NOW);
    expect(cause.text).toBe(text);
    expect(cause.missingPodsAreYoung).toBe(young);
  });

  it('is one short line, whatever the server wrote', () => {
    const events = [anEvent({ reason: 'FailedCreate', message: `Error creating: ${'very\nlong '.repeat(100)}` })];
    const { text = '' } = causeOf(aDaemonSet(), well, events, NOW);
    expect(text.length).toBeLessThanOrEqual(120);
    expect(text).not.toContain('\n');
  });
});

describe('the scheduler’s message', () => {
  it.each([
    [MEMORY, 'insufficient memory'],
    [
      "0/3 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 node(s) didn't match Pod's node affinity/selector.",
      'insufficient cpu, insufficient memory',
    ],
    [
      "0/3 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. preemption: none.",
      "didn't have free ports for the requested pod ports",
    ],
    ["0/3 nodes are available: 3 node(s) didn't satisfy plugin(s) [NodeAffinity].", 'not schedulable'],
    ['', 'not schedulable'],
  ])('%j is "%s"', (message, words) => {
    expect(unschedulableWords(message)).toBe(words);
  });
});
