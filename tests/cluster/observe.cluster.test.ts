import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadState } from '../../src/shared/contract/live.ts';
import { at, text } from '../../src/shared/kubernetes/json-fields.ts';
import type { EventRow } from '../../src/shared/kubernetes/rows.ts';
import { TEAM_NAMESPACE } from './access.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { aDaemonSet } from './manifests.ts';
import { openRealCore, type RealCore } from './real-core.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';

let cluster: RealCluster;
let admin: RealCore;

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 3, name: 'observe' });
  admin = await openRealCore(cluster);
}, 20 * 60_000);

afterAll(async () => {
  await admin[Symbol.asyncDispose]();
  await cluster.stop();
});

async function apply(object: unknown): Promise<void> {
  const { code, stderr } = await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(object) });
  expect(`${code} ${stderr}`).toBe('0 ');
}

/** The uid of a DaemonSet that was applied. */
async function applied(name: string, namespace: string): Promise<string> {
  await apply(aDaemonSet(name, { namespace }));
  const path = `/apis/apps/v1/namespaces/${namespace}/daemonsets/${name}`;
  return text(at(await cluster.client.read(path), 'metadata', 'uid'));
}

interface RowsOf {
  readonly state: ReadState;
  readonly type: 'full' | 'batch';
  readonly rows?: readonly EventRow[];
  readonly upserted?: readonly EventRow[];
}

/** Reads until the events that came so far are what is wanted. */
async function until(items: Promise<AsyncIterable<RowsOf>>, isEnough: (events: readonly EventRow[]) => boolean) {
  const seen: EventRow[] = [];
  for await (const item of await items) {
    seen.push(...(item.rows ?? item.upserted ?? []));
    if (item.state.phase === 'failed') throw new Error(item.state.error.message);
    if (item.state.phase === 'live' && isEnough(seen)) return seen;
  }
  throw new Error('the stream ended');
}

describe('events on a real control plane', () => {
  it('tell of the DaemonSet and of its pods, and of no other', async () => {
    await applied('other', 'default');
    const target = { contextName: admin.contextName, namespace: 'default', name: 'agent' };
    const uid = await applied('agent', 'default');
    const events = await until(
      admin.client.event.watchOfDaemonSet({ ...target, uid }),
      (seen) =>
        seen.some(({ reason }) => reason === 'SuccessfulCreate') && seen.some(({ about }) => about.kind === 'Pod'),
    );
    expect(events.filter(({ about }) => !/^agent(-[a-z0-9]{5})?$/.test(about.name))).toEqual([]);
    expect(events.every(({ lastSeen }) => lastSeen > 0)).toBe(true);
    const pod = events.find(({ about }) => about.kind === 'Pod')?.about;
    const ofPod = { ...target, name: pod?.name ?? '', uid: pod?.uid ?? '' };
    const own = await until(admin.client.event.watchOfPod(ofPod), (seen) => seen.length > 0);
    expect(own.map(({ about }) => about.uid)).toEqual(own.map(() => pod?.uid));
  });

  it('say that a quota keeps pods out, on the page of warnings too', async () => {
    await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tight' } });
    const quota = { metadata: { name: 'none', namespace: 'tight' }, spec: { hard: { pods: '0' } } };
    await apply({ apiVersion: 'v1', kind: 'ResourceQuota', ...quota });
    const uid = await applied('agent', 'tight');
    const { contextName } = admin;
    const isRefused = (seen: readonly EventRow[]) =>
      seen.some(({ reason, message }) => reason === 'FailedCreate' && message.includes('exceeded quota'));
    const target = { contextName, namespace: 'tight', name: 'agent', uid };
    const own = await until(admin.client.event.watchOfDaemonSet(target), isRefused);
    expect(own[0]).toMatchObject({ type: 'Warning', about: { kind: 'DaemonSet', name: 'agent', uid } });
    await until(admin.client.event.watchWarnings({ contextName, namespaces: ['tight'] }), isRefused);
  });

  it('of a node are found by its name, whatever uid their writer gave, and of no other node', async () => {
    const event = (node: string, uid: string) => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${node}.of-a-test`, namespace: 'default' },
      involvedObject: { kind: 'Node', name: node, uid },
      reason: 'NodeHasDiskPressure',
      type: 'Warning',
      message: `${node} is full`,
      firstTimestamp: new Date().toISOString(),
      lastTimestamp: new Date().toISOString(),
      count: 1,
      source: { component: 'kubelet' },
    });
    await apply(event('node-of-another', 'node-of-another'));
    await apply(event('node-of-a-test', 'node-of-a-test'));
    const { contextName } = admin;
    const seen = await until(
      admin.client.event.watchOfNode({ contextName, name: 'node-of-a-test' }),
      (rows) => rows.length > 0,
    );
    expect(seen.map(({ message }) => message)).toEqual(['node-of-a-test is full']);
  });

  it('of a namespace are there for who may not read those of nodes, and the right is named', async () => {
    await using team = await openRealCore(cluster, 'namespace-user');
    const uid = await applied('agent', TEAM_NAMESPACE);
    const target = { contextName: team.contextName, namespace: TEAM_NAMESPACE, name: 'agent', uid };
    await until(team.client.event.watchOfDaemonSet(target), (seen) => seen.length > 0);
    await expect(until(team.client.event.watchOfNodes(target), () => false)).rejects.toThrow(/events.*default/);
  });
});

describe('a raw object', () => {
  it('is what the server has, follows it, and ends with its uid', async () => {
    const uid = await applied('raw', 'default');
    const address = {
      contextName: admin.contextName,
      resource: 'daemonsets',
      namespace: 'default',
      name: 'raw',
    } as const;
    let step = 0;
    for await (const { state, value } of await admin.client.object.watch({ ...address, uid })) {
      if (state.phase !== 'live' || value === undefined) continue;
      const object: unknown = JSON.parse(value.jsonText ?? 'null');
      if (step === 0) {
        expect(object).toMatchObject({
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          metadata: {
            uid,
            managedFields: expect.arrayContaining([expect.objectContaining({ fieldsType: 'FieldsV1' })]),
          },
        });
        await cluster.kubectl(['label', 'daemonset', 'raw', 'seen=yes']);
        step = 1;
      } else if (step === 1 && at(object, 'metadata', 'labels', 'seen') === 'yes') {
        await cluster.kubectl(['delete', 'daemonset', 'raw']);
        step = 2;
      } else if (step === 2 && value.gone) {
        expect(at(object, 'metadata', 'labels', 'seen')).toBe('yes');
        break;
      }
    }
    expect(step).toBe(2);
  });
});
