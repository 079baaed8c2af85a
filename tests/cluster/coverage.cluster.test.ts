import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classCounts, type Coverage, coverageOf } from '../../src/shared/kubernetes/coverage.ts';
import { createFailures } from '../../src/shared/kubernetes/create-failures.ts';
import type { DaemonSetRow } from '../../src/shared/kubernetes/rows.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { openDaemonSet, rowsOf } from './live-reads.ts';
import { aDaemonSet } from './manifests.ts';
import { openRealCore, type RealCore } from './real-core.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';

let cluster: RealCluster;
let core: RealCore;
let names: readonly string[];

async function kubectl(args: readonly string[], input?: object): Promise<string> {
  const { code, stdout, stderr } = await cluster.kubectl(
    [...args],
    input === undefined ? {} : { input: JSON.stringify(input) },
  );
  expect(code, stderr).toBe(0);
  return stdout;
}

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 4, name: 'coverage' });
  core = await openRealCore(cluster);
  names = (await kubectl(['get', 'nodes', '-o', 'jsonpath={.items[*].metadata.name}'])).trim().split(' ');
}, 20 * 60_000);

afterAll(async () => {
  await core[Symbol.asyncDispose]();
  await cluster.stop();
});

/** What the page would show, and the server's own status beside it. */
async function look(name: string): Promise<{ readonly row: DaemonSetRow; readonly coverage: Coverage }> {
  const { target, row, placement, pods, nodes } = await openDaemonSet(core, name);
  const events = await rowsOf(core.client.event.watchOfDaemonSet({ ...target, withPods: false }));
  const { minReadySeconds } = row;
  const failures = createFailures(events);
  return { row, coverage: coverageOf({ placement, nodes, pods, failures, minReadySeconds, now: Date.now() }) };
}

/** Desired, current and misscheduled as the status has them, and as the classes of the nodes count up. */
async function counts(name: string) {
  const { row, coverage } = await look(name);
  const { runs, shouldRunAndDoesNot, runsAndShouldNot, excluded } = classCounts(coverage);
  return {
    status: [row.desired, row.current, row.misscheduled],
    classes: [runs + shouldRunAndDoesNot, runs, runsAndShouldNot],
    excluded,
  };
}

async function whyOf(name: string, node: string | undefined) {
  const { nodes } = (await look(name)).coverage;
  const found = nodes.find((each) => each.node.name === node);
  return { state: found?.state, why: found?.why };
}

const eventually = { timeout: 30_000 };

describe('the coverage of nodes', () => {
  it('counts up to the status of the DaemonSet: a node that runs one and should not, and one without the label', async () => {
    const [first = '', second = ''] = names;
    await kubectl(['label', 'nodes', ...names.filter((name) => name !== first), 'disk=ssd']);
    const daemonSet = structuredClone(aDaemonSet('agent')) as { spec: { template: { spec: object } } };
    Object.assign(daemonSet.spec.template.spec, { nodeSelector: { disk: 'ssd' } });
    await kubectl(['apply', '-f', '-'], daemonSet);
    await kubectl(['rollout', 'status', 'daemonset/agent', '--timeout=60s']);
    await expect
      .poll(() => counts('agent'), eventually)
      .toEqual({ status: [3, 3, 0], classes: [3, 3, 0], excluded: 1 });
    await kubectl(['taint', 'node', second, 'dedicated=gpu:NoSchedule']);
    // A taint under which the pod may stay does not make the controller count anew (syncNodeUpdate, 1.37): the next sync does.
    await kubectl(['annotate', 'daemonset', 'agent', 'everynode.test/sync=now']);
    await expect
      .poll(() => counts('agent'), eventually)
      .toEqual({ status: [2, 2, 1], classes: [2, 2, 1], excluded: 1 });
    expect(await whyOf('agent', first)).toEqual({
      state: 'excluded',
      why: 'nodeSelector wants disk=ssd, node lacks disk',
    });
    expect(await whyOf('agent', second)).toEqual({
      state: 'extra',
      why: 'untolerated taint dedicated=gpu:NoSchedule; its pod may stay',
    });
    await kubectl(['taint', 'node', second, 'dedicated-']);
    await kubectl(['delete', 'daemonset', 'agent', '--wait=true']);
  });

  it('has the scheduler’s own message for a pod that no node has room for', async () => {
    const daemonSet = structuredClone(aDaemonSet('huge')) as { spec: { template: { spec: { containers: object[] } } } };
    Object.assign(daemonSet.spec.template.spec.containers[0] ?? {}, { resources: { requests: { cpu: '9999' } } });
    await kubectl(['apply', '-f', '-'], daemonSet);
    await expect
      .poll(() => whyOf('huge', names[0]), eventually)
      .toEqual({ state: 'pending', why: expect.stringMatching(/^0\/4 nodes are available: .*Insufficient cpu/) });
    await kubectl(['delete', 'daemonset', 'huge', '--wait=true']);
  });

  it('explains a node without a pod by the ResourceQuota that refuses it', async () => {
    await kubectl(['create', 'quota', 'none', '--hard=pods=0']);
    await expect
      .poll(() => kubectl(['get', 'quota', 'none', '-o', 'jsonpath={.status.hard.pods}']), eventually)
      .toBe('0');
    await kubectl(['apply', '-f', '-'], aDaemonSet('refused') as object);
    await expect
      .poll(() => whyOf('refused', names[0]), eventually)
      .toEqual({
        state: 'missing',
        why: expect.stringMatching(/^a ResourceQuota refuses its pod: exceeded quota: none, requested: pods=1/),
      });
    expect(await counts('refused')).toEqual({ status: [4, 0, 0], classes: [4, 0, 0], excluded: 0 });
  });
});
