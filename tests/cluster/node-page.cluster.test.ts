import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NodeView } from '../../src/shared/contract/node.ts';
import { at, text } from '../../src/shared/kubernetes/json-fields.ts';
import { nodeDaemonSets } from '../../src/shared/kubernetes/node-daemonsets.ts';
import type { NodeRow, PodRow } from '../../src/shared/kubernetes/rows.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { aDaemonSet } from './manifests.ts';
import { openRealCore, type RealCore } from './real-core.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';

let cluster: RealCluster;
let core: RealCore;
let name: string;

async function kubectl(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await cluster.kubectl([...args]);
  expect(code, stderr).toBe(0);
  return stdout;
}

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 2, name: 'node-page' });
  core = await openRealCore(cluster);
  name = (await kubectl('get', 'nodes', '-o', 'jsonpath={.items[0].metadata.name}')).trim();
  const input = JSON.stringify(aDaemonSet('agent'));
  expect((await cluster.kubectl(['apply', '-f', '-'], { input })).code).toBe(0);
  await kubectl('rollout', 'status', 'daemonset/agent', '--timeout=60s');
}, 20 * 60_000);

afterAll(async () => {
  await core[Symbol.asyncDispose]();
  await cluster.stop();
});

async function nodeWhere(isSo: (view: NodeView) => boolean): Promise<NodeRow> {
  for await (const { value } of await core.client.node.watchOne({ contextName: core.contextName, name })) {
    if (value?.row && isSo(value)) return value.row;
  }
  throw new Error('the stream ended');
}

/** The pods of the node as this user sees them, once the read is live. */
async function podsHere(reader = core): Promise<readonly PodRow[]> {
  const rows = new Map<string, PodRow>();
  const input = { contextName: reader.contextName, name, namespaces: 'all' as const };
  for await (const item of await reader.client.node.watchPods(input)) {
    if (item.type === 'full') rows.clear();
    for (const row of item.type === 'full' ? item.rows : item.upserted) rows.set(row.uid, row);
    if (item.state.phase === 'live') return [...rows.values()];
  }
  throw new Error('the stream ended');
}

async function coverage(node: NodeRow) {
  const input = { contextName: core.contextName, namespaces: 'all' as const };
  for await (const { value } of await core.client.node.watchDaemonSets(input)) {
    if (value) return nodeDaemonSets(node, value, await podsHere());
  }
  throw new Error('the stream ended');
}

const cordon = (unschedulable: boolean, uid: string, on = core) =>
  on.client.node.setUnschedulable({ contextName: on.contextName, name, uid, unschedulable });

describe('a node', () => {
  it('is cordoned and uncordoned as kubectl does it, and stands in the journal', async () => {
    const { uid } = await nodeWhere(() => true);
    expect((await cordon(true, uid)).kubectl).toBe(`kubectl --context ${core.contextName} cordon ${name}`);
    expect(await kubectl('get', 'node', name)).toContain('SchedulingDisabled');
    const cordoned = await nodeWhere(({ row }) => row?.unschedulable === true && row.taints.length > 0);
    // The controller tolerates node.kubernetes.io/unschedulable: what is cordoned keeps its daemon pods.
    expect(await coverage(cordoned)).toMatchObject([{ name: 'agent', state: 'runs' }]);
    await cordon(false, uid);
    expect(await kubectl('get', 'node', name)).not.toContain('SchedulingDisabled');
    const journal = await readFile(join(core.dataDir, 'journal.jsonl'), 'utf8');
    const acts = journal
      .trim()
      .split('\n')
      .map((line) => text(at(JSON.parse(line), 'act')));
    expect(acts).toEqual(['cordon', 'uncordon']);
  });

  it('that is another one by now is left alone', async () => {
    await expect(cordon(true, 'another')).rejects.toMatchObject({
      data: { reason: 'Conflict', message: expect.stringContaining('nothing was done to the new one') },
    });
    expect(await kubectl('get', 'node', name)).not.toContain('SchedulingDisabled');
  });

  it('keeps a DaemonSet away by its taint, which is said', async () => {
    await kubectl('taint', 'node', name, 'dedicated=gpu:NoExecute');
    try {
      const tainted = await nodeWhere(({ row }) => row?.taints.some(({ key }) => key === 'dedicated') === true);
      await expect
        .poll(() => coverage(tainted), { timeout: 30_000 })
        .toMatchObject([{ name: 'agent', state: 'excluded', why: 'untolerated taint dedicated=gpu:NoExecute' }]);
    } finally {
      await kubectl('taint', 'node', name, 'dedicated-');
    }
  });

  it('shows a pod of it that waits, with the scheduler’s own words', async () => {
    const daemonSet = structuredClone(aDaemonSet('huge')) as { spec: { template: { spec: { containers: object[] } } } };
    Object.assign(daemonSet.spec.template.spec.containers[0] ?? {}, { resources: { requests: { cpu: '9999' } } });
    expect((await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(daemonSet) })).code).toBe(0);
    const node = await nodeWhere(() => true);
    await expect
      .poll(async () => (await coverage(node)).find((each) => each.name === 'huge'), { timeout: 30_000 })
      .toMatchObject({ state: 'waiting', why: expect.stringContaining('Insufficient cpu') });
    await kubectl('delete', 'daemonset', 'huge', '--wait=true');
  });
});

describe('a pod', () => {
  it('has the class of service, the owner and the affinity that the server gave it', async () => {
    // Made again meanwhile, since the taint has driven the first one away.
    await kubectl('rollout', 'status', 'daemonset/agent', '--timeout=60s');
    const row = (await podsHere()).find((pod) => pod.name.startsWith('agent-'));
    const ref = { contextName: core.contextName, namespace: 'default', name: row?.name ?? '' };
    const path = `jsonpath={.status.qosClass}`;
    const qosClass = await kubectl('get', 'pod', ref.name, '-o', path);
    for await (const { value } of await core.client.pod.watchOne(ref)) {
      if (!value?.details) continue;
      expect(value.details.qosClass).toBe(qosClass);
      expect(value.details.owner).toMatchObject({ kind: 'DaemonSet', name: 'agent' });
      expect(value.details.affinity).toEqual([`must run on a node with metadata.name=${name}`]);
      break;
    }
  });
});

describe('a pod that is deleted', () => {
  it('stays readable as it was, also when another one has its name', async () => {
    const pod = (image: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'alone', namespace: 'default' },
      spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image }] },
    });
    const make = async (image: string) => {
      const { code } = await cluster.kubectl(['create', '-f', '-'], { input: JSON.stringify(pod(image)) });
      expect(code).toBe(0);
    };
    await make('registry.test/first:1');
    const ref = { contextName: core.contextName, namespace: 'default', name: 'alone' };
    const seen: string[] = [];
    for await (const { value } of await core.client.pod.watchOne(ref)) {
      if (value?.row === undefined) continue;
      expect(value.containers[0]?.image).toBe('registry.test/first:1');
      if (!value.gone && seen.length === 0) {
        seen.push('there');
        await kubectl('delete', 'pod', 'alone', '--now');
      } else if (value.replacedByUid !== undefined) {
        seen.push('replaced');
        break;
      } else if (value.gone && !seen.includes('gone')) {
        seen.push('gone');
        await make('registry.test/second:1');
      }
    }
    expect(seen).toEqual(['there', 'gone', 'replaced']);
    await kubectl('delete', 'pod', 'alone', '--now');
  });
});

describe('a user who may read namespaces but no nodes', () => {
  it('is told so of the node, reads the pods on it, and may not cordon it', async () => {
    const { uid } = await nodeWhere(() => true);
    await using viewer = await openRealCore(cluster, 'viewer');
    for await (const { state } of await viewer.client.node.watchOne({ contextName: viewer.contextName, name })) {
      if (state.phase === 'connecting' || state.phase === 'listing') continue;
      expect(state).toMatchObject({ phase: 'failed', error: { reason: 'Forbidden' } });
      break;
    }
    expect((await podsHere(viewer)).map((pod) => pod.nodeName)).toContain(name);
    await expect(cordon(true, uid, viewer)).rejects.toMatchObject({ data: { reason: 'Forbidden' } });
    expect(await kubectl('get', 'node', name)).not.toContain('SchedulingDisabled');
  });
});
