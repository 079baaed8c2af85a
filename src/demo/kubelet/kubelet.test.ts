import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContainerStatus, Pod } from '../objects.ts';
import { deletePod } from '../pod-deletion.ts';
import { QuietCluster } from '../testing/quiet-cluster.ts';

let cluster: QuietCluster;

beforeEach(() => {
  cluster = new QuietCluster(1);
});

afterEach(() => cluster.stop());

function thePod(): Pod {
  const [pod] = cluster.pods('agent');
  if (pod === undefined) throw new Error('there is no pod');
  return pod;
}

function behave(behaviour: string): void {
  cluster.create('agent', {}, {}, { annotations: { 'everynode.demo/behaviour': behaviour } });
}

function conditions(pod: Pod): Readonly<Record<string, string>> {
  return Object.fromEntries((pod.status.conditions ?? []).map((condition) => [condition.type, condition.status]));
}

/** The status of the pod's first container; undefined as long as there is no pod, or no kubelet has it. */
function status(): ContainerStatus | undefined {
  return cluster.pods('agent')[0]?.status.containerStatuses?.[0];
}

function waitingReason(): string | undefined {
  return status()?.state.waiting?.reason;
}

describe('a pod’s life', () => {
  it('goes from Pending over ContainerCreating to Running, with the conditions of each', () => {
    cluster.create('agent');
    cluster.clock.advance(25);
    expect(thePod().status.phase).toBe('Pending');
    expect(thePod().spec.nodeName).toBeUndefined();
    cluster.until(() => waitingReason() !== undefined, 'the kubelet has the pod');
    expect(waitingReason()).toBe('ContainerCreating');
    expect(conditions(thePod())).toEqual({
      PodScheduled: 'True',
      PodReadyToStartContainers: 'False',
      Initialized: 'True',
      Ready: 'False',
      ContainersReady: 'False',
    });
    cluster.untilRolledOut('agent');
    expect(conditions(thePod())).toEqual({
      PodScheduled: 'True',
      PodReadyToStartContainers: 'True',
      Initialized: 'True',
      Ready: 'True',
      ContainersReady: 'True',
    });
    expect(status()).toMatchObject({
      ready: true,
      started: true,
      restartCount: 0,
      image: 'registry.example.com/tool:1.0',
    });
    expect(status()?.containerID).toMatch(/^containerd:\/\/[0-9a-f]{64}$/);
    expect(status()?.imageID).toMatch(/^registry\.example\.com\/tool@sha256:[0-9a-f]{64}$/);
    expect(thePod().status.podIP).not.toBe(thePod().status.hostIP);
  });

  it('is told in events', () => {
    cluster.create('agent');
    cluster.untilRolledOut('agent');
    const reasons = cluster.eventReasons(thePod().metadata.name);
    expect([...reasons].sort()).toEqual(['Created', 'Pulled', 'Pulling', 'Scheduled', 'Started']);
    expect(cluster.eventReasons('agent')).toEqual(['SuccessfulCreate']);
  });

  it('runs its init containers one after another first', () => {
    cluster.create('agent', {
      initContainers: [
        { name: 'first', image: 'busybox' },
        { name: 'proxy', image: 'envoy:1', restartPolicy: 'Always' },
      ],
    });
    cluster.until(() => waitingReason() === 'PodInitializing', 'it initialises');
    expect(conditions(thePod())['Initialized']).toBe('False');
    cluster.untilRolledOut('agent');
    const inits = thePod().status.initContainerStatuses ?? [];
    expect(inits[0]?.state.terminated).toMatchObject({ reason: 'Completed', exitCode: 0 });
    expect(inits[1]?.state.running).toBeDefined();
  });

  it('takes the node’s address with hostNetwork', () => {
    cluster.create('agent', { hostNetwork: true });
    cluster.untilRolledOut('agent');
    expect(thePod().status.podIP).toBe(thePod().status.hostIP);
  });

  it('waits for the readiness probe’s delay', () => {
    cluster.create('agent', {
      containers: [{ name: 'main', image: 'a:1', readinessProbe: { httpGet: { port: 80 }, initialDelaySeconds: 30 } }],
    });
    cluster.clock.advance(20_000);
    expect(thePod().status.phase).toBe('Running');
    expect(conditions(thePod())['Ready']).toBe('False');
    cluster.clock.advance(15_000);
    expect(conditions(thePod())['Ready']).toBe('True');
  });

  it('ends gracefully: a deletionTimestamp first, then gone', () => {
    cluster.create('agent');
    cluster.untilRolledOut('agent');
    const pod = thePod();
    deletePod(cluster.store, cluster.clock, pod);
    const leaving = cluster.store.pods.get(`default/${pod.metadata.name}`);
    expect(leaving?.metadata.deletionGracePeriodSeconds).toBe(30);
    expect(cluster.eventReasons(pod.metadata.name)).toContain('Killing');
    cluster.clock.advance(2_000);
    expect(cluster.store.pods.get(`default/${pod.metadata.name}`)).toBeUndefined();
  });

  it('with no grace is gone at once', () => {
    cluster.create('agent');
    cluster.untilRolledOut('agent');
    const pod = thePod();
    deletePod(cluster.store, cluster.clock, pod, 0);
    expect(cluster.store.pods.get(`default/${pod.metadata.name}`)).toBeUndefined();
  });

  it('is not disturbed by a label that someone sets meanwhile', () => {
    cluster.create('agent');
    cluster.until(() => waitingReason() === 'ContainerCreating', 'the kubelet has the pod');
    const pod = thePod();
    cluster.store.pods.put({ ...pod, metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, extra: 'yes' } } });
    cluster.clock.advance(4_000);
    expect(thePod().status.phase).toBe('Running');
    expect(thePod().metadata.labels?.['extra']).toBe('yes');
  });
});

describe('a behaviour that the template asks for', () => {
  it('crash-loop: ends, restarts at once, then waits 10 s, 20 s, … between its lives', () => {
    behave('crash-loop');
    cluster.until(() => status()?.state.terminated !== undefined, 'it crashed');
    cluster.until(() => status()?.restartCount === 1, 'it restarted');
    cluster.until(() => waitingReason() === 'CrashLoopBackOff', 'it backs off');
    expect(status()?.state.waiting?.message).toContain('back-off 10s restarting failed container=main pod=agent-');
    expect(status()?.lastState.terminated).toMatchObject({ exitCode: 1, reason: 'Error' });
    const since = cluster.clock.now();
    cluster.until(() => status()?.restartCount === 2, 'its third life');
    expect(cluster.clock.now() - since).toBeGreaterThan(8_000);
    cluster.until(() => waitingReason() === 'CrashLoopBackOff', 'it backs off again');
    expect(status()?.state.waiting?.message).toContain('back-off 20s');
    expect(cluster.eventReasons(thePod().metadata.name)).toContain('BackOff');
    expect(conditions(thePod())['Ready']).toBe('False');
  });

  it('crash-loop: is ready while it runs when no probe says else', () => {
    behave('crash-loop');
    cluster.until(() => status()?.state.running !== undefined, 'it runs');
    expect(status()?.ready).toBe(true);
    cluster.until(() => status()?.state.terminated !== undefined, 'it crashed');
    expect(status()?.ready).toBe(false);
  });

  it('out-of-memory: is killed with 137 again and again', () => {
    behave('out-of-memory');
    cluster.until(() => waitingReason() === 'CrashLoopBackOff', 'it backs off');
    expect(status()?.lastState.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
  });

  it('image-pull-failure, with a policy of Never: ErrImageNeverPull, and no back-off', () => {
    const containers = [{ name: 'main', image: 'a:1', imagePullPolicy: 'Never' }];
    cluster.create('agent', { containers }, {}, { annotations: { 'everynode.demo/behaviour': 'image-pull-failure' } });
    cluster.until(() => waitingReason() === 'ErrImageNeverPull', 'it is refused');
    cluster.clock.advance(60_000);
    expect(waitingReason()).toBe('ErrImageNeverPull');
    expect(conditions(thePod())['PodReadyToStartContainers']).toBe('True');
  });

  it('crash-loop on named nodes only', () => {
    behave('crash-loop@some-other-node');
    cluster.untilRolledOut('agent');
    cluster.clock.advance(10_000);
    expect(status()?.restartCount).toBe(0);
  });

  it('image-pull-failure: ErrImagePull and ImagePullBackOff in turn', () => {
    behave('image-pull-failure');
    cluster.until(() => waitingReason() === 'ErrImagePull', 'the pull failed');
    expect(status()?.state.waiting?.message).toContain('registry.example.com/tool:1.0: not found');
    cluster.until(() => waitingReason() === 'ImagePullBackOff', 'it backs off');
    cluster.until(() => waitingReason() === 'ErrImagePull', 'it tried again');
    expect(thePod().status.phase).toBe('Pending');
    const failed = cluster.store.events.items().filter((event) => event.message === 'Error: ErrImagePull');
    expect(failed.map((event) => event.count)).toEqual([2]);
  });

  it('slow-start: runs, and is ready 20 s later', () => {
    behave('slow-start');
    cluster.clock.advance(15_000);
    expect(thePod().status.phase).toBe('Running');
    expect(conditions(thePod())['Ready']).toBe('False');
    cluster.clock.advance(10_000);
    expect(conditions(thePod())['Ready']).toBe('True');
  });
});

describe('the scheduler', () => {
  it('leaves a pod Pending while its node has no room, says why, and places it when there is', () => {
    const huge = { containers: [{ name: 'main', image: 'a:1', resources: { requests: { memory: '20Gi' } } }] };
    cluster.create('first', huge);
    cluster.untilRolledOut('first');
    cluster.create('agent', huge);
    cluster.clock.advance(10_000);
    const scheduled = thePod().status.conditions?.find((condition) => condition.type === 'PodScheduled');
    expect(scheduled).toMatchObject({ status: 'False', reason: 'Unschedulable' });
    expect(scheduled?.message).toContain('0/1 nodes are available: ');
    expect(scheduled?.message).toContain('1 Insufficient memory');
    expect(cluster.eventReasons(thePod().metadata.name)).toContain('FailedScheduling');
    cluster.store.daemonSets.remove('default/first');
    cluster.clock.advance(20_000);
    expect(thePod().status.phase).toBe('Running');
  });
});
