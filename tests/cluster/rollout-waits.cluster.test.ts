import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetWords, toCauseEvent } from '../../src/renderer/features/detail/rollout-words.ts';
import { currentRevision } from '../../src/shared/kubernetes/revision.ts';
import { explainRollout, oldNodes, type Rollout } from '../../src/shared/kubernetes/rollout.ts';
import type { NodePods } from '../../src/shared/kubernetes/rollout-nodes.ts';
import { waitWords } from '../../src/shared/kubernetes/rollout-waits.ts';
import type { DaemonSetRow, PodRow } from '../../src/shared/kubernetes/rows.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { openDaemonSet, rowsOf, valueOf } from './live-reads.ts';
import { aDaemonSet } from './manifests.ts';
import { openRealCore, type RealCore } from './real-core.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';
import {
  letGo,
  makeCrash,
  makeReady,
  makeUnpullable,
  makeUnready,
  NOBODY_RUNS_IT,
  tellOfProbe,
} from './written-pods.ts';

const SETS = '/apis/apps/v1/namespaces/default/daemonsets';
const HOUR_MS = 3_600_000;

let cluster: RealCluster;
let core: RealCore;

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 0, name: 'rollout-waits' });
  core = await openRealCore(cluster);
}, 20 * 60_000);

afterAll(async () => {
  await core[Symbol.asyncDispose]();
  await cluster.stop();
});

interface Look {
  readonly row: DaemonSetRow;
  readonly rollout: Rollout;
  readonly pods: readonly PodRow[];
}

/** The rollout as the page explains it, from what the page reads. */
async function look(name: string, now = Date.now()): Promise<Look> {
  const { target, row, pods, nodes: nodeRows } = await openDaemonSet(core, name);
  const current = currentRevision(await valueOf(core.client.daemonSet.watchRevisions(target)));
  const events = (await rowsOf(core.client.event.watchOfDaemonSet(target))).map(toCauseEvent);
  return { row, pods, rollout: explainRollout({ row, pods, current, nodeRows, events, now }) };
}

async function until(name: string, holds: (seen: Look) => boolean): Promise<Look> {
  let seen: Look | undefined;
  const isSo = async () => {
    seen = await look(name);
    return holds(seen);
  };
  await expect.poll(isSo, { timeout: 60_000 }).toBe(true);
  if (seen === undefined) throw new Error(`${name} was not read`);
  return seen;
}

type Strategy = Readonly<Record<'maxUnavailable' | 'maxSurge', number | string>>;

/** A first revision on nodes of its own, all of whose pods have been available for an hour. */
async function begin(name: string, count: number, rollingUpdate: Strategy, container: object = {}) {
  await cluster.addNodes(count, { namePrefix: `${name}-`, labels: { pool: name }, annotations: NOBODY_RUNS_IT });
  const daemonSet = aDaemonSet(name) as { spec: { template: { spec: { containers: object[] } } } };
  const { template } = daemonSet.spec;
  const containers = template.spec.containers.map((each) => ({ ...each, ...container }));
  const spec = { ...template.spec, containers, nodeSelector: { pool: name } };
  await cluster.client.create(SETS, {
    ...daemonSet,
    spec: {
      ...daemonSet.spec,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate },
      template: { ...template, spec },
    },
  });
  const { pods } = await until(name, (seen) => seen.pods.filter(({ nodeName }) => nodeName).length === count);
  for (const pod of pods) await makeReady(cluster.client, pod, new Date(Date.now() - HOUR_MS));
  await until(name, ({ row }) => row.available === count && row.updated === count);
}

function patch(name: string, spec: object): Promise<void> {
  return cluster.client.mergePatch(`${SETS}/${name}`, { spec });
}

function patchTemplate(name: string, container: object, rest: object = {}): Promise<void> {
  const containers = [{ name: 'main', image: 'registry.test/agent:2', ...container }];
  return patch(name, { ...rest, template: { spec: { containers } } });
}

/** Lets the controller look once more at everything there is. */
async function sync(name: string): Promise<Look> {
  const { row } = await look(name);
  await patch(name, { revisionHistoryLimit: (row.revisionHistoryLimit ?? 10) + 1 });
  return until(name, (seen) => {
    return seen.row.generation > row.generation && seen.row.observedGeneration === seen.row.generation;
  });
}

const leavingNodes = (nodes: readonly NodePods[]) => nodes.filter(({ leavingPods }) => leavingPods.length > 0);
const namesOf = (nodes: readonly { readonly nodeName: string }[]) => nodes.map(({ nodeName }) => nodeName);

/** What is waited for, as it is shown: node and words. */
const told = ({ waits }: Rollout) => waits.map(({ nodeName, cause }) => [nodeName, waitWords(cause)]);

/** The one new pod of a node. */
function newPod({ rollout }: Look, nodeName: string): PodRow {
  const [pod] = rollout.nodes.find((node) => node.nodeName === nodeName)?.newPods ?? [];
  if (pod === undefined) throw new Error(`no new pod on ${nodeName}`);
  return pod;
}

function exactly<T>(values: readonly T[], count: number): readonly T[] {
  expect(values).toHaveLength(count);
  return values;
}

/** The kubelet of the node says that it is not ready. */
async function nodeGoesDown(name: string): Promise<void> {
  const at = new Date().toISOString();
  const ready = { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: 'container runtime is down' };
  const conditions = [{ ...ready, lastHeartbeatTime: at, lastTransitionTime: at }];
  const type = 'application/strategic-merge-patch+json';
  const path = `/api/v1/nodes/${name}/status`;
  expect((await cluster.client.send('PATCH', path, { status: { conditions } }, type)).status).toBe(200);
}

describe('why a rollout waits, when the real controller rolls it out', () => {
  it('names every pod that spends maxUnavailable with its reason, and the next goes when one is available', async () => {
    const { client } = cluster;
    const cpu = (requests: string) => ({ resources: { requests: { cpu: requests } } });
    await begin('agent', 8, { maxUnavailable: '80%', maxSurge: 0 }, cpu('50m'));
    await patchTemplate('agent', cpu('500m'), { minReadySeconds: 600 });

    const first = await until('agent', ({ rollout }) => leavingNodes(rollout.nodes).length === 7);
    const leaving = exactly(namesOf(leavingNodes(first.rollout.nodes)), 7);
    const [last = ''] = exactly(namesOf(oldNodes(first.rollout.nodes)), 1);
    expect(first.rollout.budget).toMatchObject({ kind: 'maxUnavailable', written: '80%', nodes: 7, spent: 7 });
    expect(told(first.rollout)).toEqual(leaving.map((name) => [name, 'the old pod is being terminated']));

    const [pulls = '', crashes = '', full = '', down = '', probed = '', young = '', leaves = ''] = leaving;
    await client.mergePatch(`/api/v1/nodes/${full}/status`, { status: { allocatable: { cpu: '100m' } } });
    for (const { nodeName, leavingPods } of leavingNodes(first.rollout.nodes)) {
      for (const pod of nodeName === leaves ? [] : leavingPods) await letGo(client, pod);
    }
    const made = await until('agent', ({ rollout }) => {
      const placed = rollout.nodes.flatMap(({ newPods }) => newPods.filter(({ nodeName }) => nodeName));
      return placed.length === 5;
    });
    await makeUnpullable(client, newPod(made, pulls));
    await makeCrash(client, newPod(made, crashes), 3, 4);
    await nodeGoesDown(down);
    await makeUnready(client, newPod(made, probed));
    await tellOfProbe(client, newPod(made, probed));
    await makeReady(client, newPod(made, young), new Date());

    await expect
      .poll(async () => told((await look('agent')).rollout))
      .toEqual([
        [crashes, 'container "main" exits with code 3, 4 restarts'],
        [pulls, 'registry.test/agent:2 cannot be pulled (ImagePullBackOff)'],
        [full, 'pending: insufficient cpu'],
        [down, 'the node is not ready'],
        [probed, 'readiness probe fails'],
        [young, expect.stringMatching(/^ready, counts as available in 5\d\d s \(minReadySeconds\)$/)],
        [leaves, 'the old pod is being terminated'],
      ]);
    // A node that is not ready is not desired any more, but its pod spends what it spent.
    await until('agent', ({ row }) => row.desired === 7);
    await patch('agent', { updateStrategy: { rollingUpdate: { maxUnavailable: 7 } } });
    const waiting = await sync('agent');
    expect(namesOf(oldNodes(waiting.rollout.nodes))).toEqual([last]);
    expect(waiting.rollout.budget).toMatchObject({ kind: 'maxUnavailable', written: 7, nodes: 7, spent: 7 });
    expect(waiting.rollout.budget?.spentBy.map(({ nodeName }) => nodeName)).toEqual(leaving);
    expect(waiting.rollout.budget && budgetWords(waiting.rollout.budget)).toBe(
      `7 of 7 nodes (maxUnavailable) spent, by ${leaving.slice(0, 3).join(', ')}, 4 more: no further pod is replaced until one of them is available.`,
    );
    // The status counts an old pod as available while it is being terminated.
    expect(waiting.row).toMatchObject({ available: 2, updated: 5 });

    await makeReady(client, newPod(waiting, probed), new Date(Date.now() - HOUR_MS));
    const next = await until('agent', ({ rollout }) => leavingNodes(rollout.nodes).length === 2);
    expect(namesOf(leavingNodes(next.rollout.nodes))).toEqual([leaves, last].toSorted());
    const spenders = [...leaving.filter((name) => name !== probed), last].toSorted();
    expect(next.rollout.budget?.spentBy.map(({ nodeName }) => nodeName)).toEqual(spenders);
  });

  it('names the nodes that spend maxSurge, and one more when a new pod is available and its old one goes', async () => {
    const { client } = cluster;
    await begin('surge', 5, { maxUnavailable: 0, maxSurge: 3 });
    await patchTemplate('surge', {});
    const isSurging = ({ newPods, oldPods }: NodePods) => newPods.length === 1 && oldPods.length === 1;
    const isPlaced = ({ newPods }: NodePods) => newPods.every(({ nodeName }) => nodeName !== undefined);
    const first = await until('surge', ({ rollout }) => {
      return rollout.nodes.filter((node) => isSurging(node) && isPlaced(node)).length === 3;
    });
    const surging = namesOf(first.rollout.nodes.filter(isSurging));
    const [pulls = '', crashes = '', well = ''] = surging;
    expect(first.rollout.budget).toMatchObject({ kind: 'maxSurge', written: 3, nodes: 3, spent: 3 });
    expect(first.rollout.budget?.spentBy.map(({ nodeName }) => nodeName)).toEqual(surging);
    expect(told(first.rollout)).toEqual(surging.map((name) => [name, 'containers start']));

    await makeUnpullable(client, newPod(first, pulls));
    await makeCrash(client, newPod(first, crashes), 137, 1);
    await makeReady(client, newPod(first, well), new Date());
    const next = await until('surge', ({ rollout: { nodes } }) => {
      return leavingNodes(nodes).length === 1 && nodes.filter((node) => isSurging(node) && isPlaced(node)).length === 3;
    });
    expect(namesOf(leavingNodes(next.rollout.nodes))).toEqual([well]);
    const [fourth = ''] = namesOf(next.rollout.nodes.filter(isSurging)).filter((name) => !surging.includes(name));
    expect(told(next.rollout)).toEqual([
      [crashes, 'container "main" exits with code 137, 1 restart'],
      [pulls, 'registry.test/agent:2 cannot be pulled (ImagePullBackOff)'],
      [fourth, 'containers start'],
    ]);
    const held = await sync('surge');
    expect(held.rollout.budget).toMatchObject({ kind: 'maxSurge', nodes: 3, spent: 3 });
    expect(held.rollout.budget?.spentBy.map(({ nodeName }) => nodeName)).toEqual([pulls, crashes, fourth].toSorted());
    expect(held.rollout.nodes.filter(({ newPods }) => newPods.length === 0)).toHaveLength(1);
  });

  it('says that a surge pod has no room beside the old one, whose host port it wants', async () => {
    await begin('ports', 2, { maxUnavailable: 0, maxSurge: 1 }, { ports: [{ containerPort: 80, hostPort: 80 }] });
    await patchTemplate('ports', { ports: [{ containerPort: 80, hostPort: 80 }] });
    const { rollout } = await until('ports', (seen) => seen.rollout.waits[0]?.cause.kind === 'unschedulable');
    const [spender] = rollout.budget?.spentBy ?? [];
    expect(told(rollout)).toEqual([[spender?.nodeName, "pending: didn't have free ports for the requested pod ports"]]);
    expect(rollout.budget).toMatchObject({ kind: 'maxSurge', nodes: 1, spent: 1 });
  });

  it('estimates from when the pods became ready, as the server has it', async () => {
    const { client } = cluster;
    await begin('pace', 6, { maxUnavailable: 3, maxSurge: 0 });
    await patchTemplate('pace', {});
    const { rollout } = await until('pace', (seen) => leavingNodes(seen.rollout.nodes).length === 3);
    for (const { leavingPods } of leavingNodes(rollout.nodes)) for (const pod of leavingPods) await letGo(client, pod);
    const isMade = ({ newPods: [pod] }: NodePods) => pod?.nodeName !== undefined;
    const made = await until('pace', (seen) => seen.rollout.nodes.filter(isMade).length === 3);
    const now = Math.floor(Date.now() / 1000) * 1000;
    const ago = [50, 30, 10];
    for (const [index, { nodeName }] of made.rollout.nodes.filter(isMade).entries()) {
      await makeReady(client, newPod(made, nodeName), new Date(now - (ago[index] ?? 0) * 1000));
    }
    await until('pace', (seen) => leavingNodes(seen.rollout.nodes).length === 3);
    // Three are left, at 20 s each, and the next has taken 10 s already.
    expect((await look('pace', now)).rollout).toMatchObject({ msLeft: 50_000, lastProgressAt: now - 10_000 });
  });
});
