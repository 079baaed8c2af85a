import { describe, expect, it } from 'vitest';
import { podReason, podSummary } from './pod.ts';

type Status = Readonly<Record<string, unknown>>;

const RUNNING = { running: { startedAt: '2026-01-01T00:00:00Z' } };

function terminated(exitCode: number, more: object = {}): object {
  return { terminated: { exitCode, ...more } };
}

function waiting(reason?: string): object {
  return { waiting: reason === undefined ? {} : { reason } };
}

function status(state: object, more: object = {}): Status {
  return { name: 'main', ready: false, restartCount: 0, state, ...more };
}

interface Given {
  readonly phase?: string;
  readonly reason?: string;
  readonly containers?: readonly Status[];
  readonly init?: readonly Status[];
  readonly initSpecs?: readonly object[];
  readonly conditions?: readonly object[];
  readonly deletionTimestamp?: string;
}

/** A pod with as many containers as statuses are given. */
function aPod({
  phase = 'Running',
  reason,
  containers = [],
  init = [],
  initSpecs,
  conditions = [],
  deletionTimestamp,
}: Given) {
  return {
    metadata: { name: 'agent-x', deletionTimestamp },
    spec: {
      containers: containers.map((_entry, index) => ({ name: `c${index}` })),
      initContainers: initSpecs ?? init.map((_entry, index) => ({ name: `i${index}` })),
    },
    status: {
      phase,
      reason,
      conditions,
      containerStatuses: containers.map((entry, index) => ({ ...entry, name: `c${index}` })),
      initContainerStatuses: init.map((entry, index) => ({ ...entry, name: `i${index}` })),
    },
  };
}

const up = status(RUNNING, { ready: true });
const READY = { type: 'Ready', status: 'True' };
const NOT_STARTED = [status(waiting('PodInitializing'))];

describe('the STATUS column', () => {
  it.each<[string, Given]>([
    ['Running', { containers: [up] }],
    ['Pending', { phase: 'Pending' }],
    ['', { phase: '' }],
    ['Evicted', { phase: 'Failed', reason: 'Evicted' }],
    ['ContainerCreating', { phase: 'Pending', containers: [status(waiting('ContainerCreating'))] }],
    ['CrashLoopBackOff', { containers: [up, status(waiting('CrashLoopBackOff'))] }],
    ['ImagePullBackOff', { containers: [status(waiting('ImagePullBackOff')), status(waiting('ErrImagePull'))] }],
    ['Running', { containers: [up, status(waiting())] }],
    ['OOMKilled', { containers: [status(terminated(137, { reason: 'OOMKilled', signal: 9 }))] }],
    ['Signal:9', { containers: [status(terminated(137, { signal: 9 }))] }],
    ['ExitCode:2', { containers: [status(terminated(2))] }],
    ['ExitCode:0', { containers: [status(terminated(0))] }],
    ['Error', { phase: 'Failed', containers: [status(terminated(1, { reason: 'Error' }))] }],
    ['Completed', { phase: 'Succeeded', containers: [status(terminated(0, { reason: 'Completed' }))] }],
    ['NotReady', { containers: [status(terminated(0, { reason: 'Completed' })), up] }],
    ['Running', { containers: [status(terminated(0, { reason: 'Completed' })), up], conditions: [READY] }],
    [
      'Error',
      {
        containers: [
          status(terminated(0, { reason: 'Completed' })),
          status(terminated(1, { reason: 'Error' })),
          status(terminated(0, { reason: 'Completed' })),
        ],
      },
    ],
    [
      'Error',
      { containers: [status(terminated(0, { reason: 'Completed' })), status(terminated(1, { reason: 'Error' })), up] },
    ],
    [
      'SchedulingGated',
      { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] },
    ],
    ['Pending', { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] }],
    ['Terminating', { containers: [up], deletionTimestamp: '2026-01-01T00:00:00Z' }],
    ['Terminating', { phase: 'Pending', deletionTimestamp: '2026-01-01T00:00:00Z' }],
    ['Unknown', { reason: 'NodeLost', deletionTimestamp: '2026-01-01T00:00:00Z' }],
    ['NodeLost', { reason: 'NodeLost' }],
    [
      'Completed',
      {
        phase: 'Succeeded',
        containers: [status(terminated(0, { reason: 'Completed' }))],
        deletionTimestamp: '2026-01-01T00:00:00Z',
      },
    ],
  ])('is %j', (expected, given) => {
    expect(podReason(aPod(given))).toBe(expected);
  });

  it.each<[string, Given]>([
    [
      'Init:0/2',
      { phase: 'Pending', init: [status(RUNNING), status(waiting('PodInitializing'))], containers: NOT_STARTED },
    ],
    ['Init:1/2', { phase: 'Pending', init: [status(terminated(0)), status(RUNNING)], containers: NOT_STARTED }],
    ['Init:Error', { init: [status(terminated(1, { reason: 'Error' }))], containers: NOT_STARTED }],
    ['Init:ExitCode:3', { init: [status(terminated(3))], containers: NOT_STARTED }],
    ['Init:Signal:11', { init: [status(terminated(139, { signal: 11 }))], containers: NOT_STARTED }],
    ['Init:CrashLoopBackOff', { init: [status(waiting('CrashLoopBackOff'))], containers: NOT_STARTED }],
    ['Init:0/1', { init: [status(waiting())], containers: NOT_STARTED }],
    ['PodInitializing', { init: [status(terminated(0))], containers: NOT_STARTED }],
    [
      'CrashLoopBackOff',
      {
        init: [status(RUNNING)],
        containers: [status(waiting('CrashLoopBackOff'))],
        conditions: [{ type: 'Initialized', status: 'True' }],
      },
    ],
  ])('is %s while init containers stand in the way', (expected, given) => {
    expect(podReason(aPod(given))).toBe(expected);
  });
});

const SIDECAR = { name: 'i0', restartPolicy: 'Always' };

describe('a pod with a sidecar', () => {
  it.each<[string, string, Status]>([
    ['Running', '2/2', status(RUNNING, { started: true, ready: true })],
    ['Running', '1/2', status(RUNNING, { started: true })],
    ['Init:0/1', '0/2', status(RUNNING, { started: false, ready: true })],
    ['Init:Error', '0/2', status(terminated(1, { reason: 'Error' }), { started: false })],
  ])('is %s with %s ready', (reason, ready, sidecar) => {
    const summary = podSummary(aPod({ initSpecs: [SIDECAR], init: [sidecar], containers: [up] }));
    expect(summary.reason).toBe(reason);
    expect(`${summary.readyContainers}/${summary.totalContainers}`).toBe(ready);
  });

  it('counts its restarts after the initialisation, and those of mere init containers only before', () => {
    const initRestarts = [
      status(RUNNING, { started: true, ready: true, restartCount: 2 }),
      status(terminated(0), { restartCount: 5 }),
    ];
    const specs = [SIDECAR, { name: 'i1' }];
    const running = aPod({ initSpecs: specs, init: initRestarts, containers: [status(RUNNING, { restartCount: 3 })] });
    expect(podSummary(running).restarts).toBe(5);
    const starting = aPod({
      initSpecs: specs,
      init: [initRestarts[0] ?? {}, status(RUNNING, { restartCount: 4 })],
      containers: [status(waiting('PodInitializing'), { restartCount: 0 })],
    });
    expect(podSummary(starting)).toMatchObject({ reason: 'Init:1/2', restarts: 6 });
  });
});

describe('RESTARTS', () => {
  it('sums the containers and tells the latest end', () => {
    const last = (finishedAt: string): object => ({ lastState: { terminated: { exitCode: 1, finishedAt } } });
    const summary = podSummary(
      aPod({
        containers: [
          status(RUNNING, { restartCount: 2, ...last('2026-01-01T10:00:00Z') }),
          status(RUNNING, { restartCount: 1, ...last('2026-01-01T09:00:00Z') }),
        ],
      }),
    );
    expect(summary).toMatchObject({ restarts: 3, lastRestartAt: '2026-01-01T10:00:00Z' });
  });

  it('tells no end for a pod that never restarted', () => {
    expect(podSummary(aPod({ containers: [up] }))).not.toHaveProperty('lastRestartAt');
  });

  it('counts a container as ready only while it runs', () => {
    expect(podSummary(aPod({ containers: [up, { ready: true, restartCount: 0 }] })).readyContainers).toBe(1);
  });
});

describe('odd objects', () => {
  it.each([
    undefined,
    null,
    3,
    'pod',
    [],
    {},
    { metadata: null, spec: 7, status: [] },
    { status: { containerStatuses: [null, 3] } },
  ])('never throw: %j', (raw) => {
    expect(podSummary(raw)).toMatchObject({ reason: '', restarts: 0, readyContainers: 0, totalContainers: 0 });
  });
});
