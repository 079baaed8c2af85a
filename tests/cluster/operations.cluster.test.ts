import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setImages } from '../../src/shared/form/set-image.ts';
import { at, records, text } from '../../src/shared/kubernetes/json-fields.ts';
import { textToCreate, withoutServerFields } from '../../src/shared/manifest/server-fields.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { aDaemonSet } from './manifests.ts';
import { openRealCore, type RealCore } from './real-core.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';

const PODS = '/api/v1/namespaces/default/pods';
const REF = { namespace: 'default', name: 'agent' };
const SET = '/apis/apps/v1/namespaces/default/daemonsets/agent';

let cluster: RealCluster;
let core: RealCore;

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 3, name: 'operations' });
  core = await openRealCore(cluster);
}, 20 * 60_000);

afterAll(async () => {
  await core[Symbol.asyncDispose]();
  await cluster.stop();
});

beforeEach(async () => {
  await cluster.kubectl(['delete', 'daemonset,pdb', 'agent', '--ignore-not-found']);
  expect((await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(aDaemonSet('agent')) })).code).toBe(0);
  expect((await cluster.kubectl(['rollout', 'status', 'daemonset/agent', '--timeout=60s'])).code).toBe(0);
});

async function stored(path: string): Promise<unknown> {
  return JSON.parse((await cluster.client.send('GET', path)).body);
}

async function aPod() {
  const [pod] = records(at(await stored(`${PODS}?labelSelector=app%3Dagent`), 'items'));
  const name = text(at(pod, 'metadata', 'name'));
  return { contextName: core.contextName, namespace: 'default', name, uid: text(at(pod, 'metadata', 'uid')) };
}

async function lastInJournal(): Promise<unknown> {
  const lines = (await readFile(join(core.dataDir, 'journal.jsonl'), 'utf8')).trim().split('\n');
  return JSON.parse(lines.at(-1) ?? '{}');
}

describe('set image', () => {
  it('touches exactly the image, and stands in the journal as kubectl set image', async () => {
    const ref = { contextName: core.contextName, ...REF };
    const before = (await core.client.daemonSet.read(ref)).jsonText;
    const set = setImages(before, { main: 'registry.test/agent:2' });
    if (!set.ok) throw new Error(set.why);
    const uid = text(at(JSON.parse(before), 'metadata', 'uid'));
    const save = { ...ref, uid, beforeText: before, afterText: set.text };
    expect(await core.client.daemonSet.save({ ...save, dryRun: true })).toMatchObject({ restarts: true });
    await core.client.daemonSet.save({ ...save, dryRun: false });
    const spec = (object: unknown) => withoutServerFields(object as Parameters<typeof withoutServerFields>[0])['spec'];
    expect(spec(await stored(SET))).toEqual(spec(JSON.parse(set.text)));
    expect(await lastInJournal()).toMatchObject({
      act: 'set image',
      outcome: 'done',
      kubectl: expect.stringContaining('set image daemonset/agent main=registry.test/agent:2') as string,
    });
  });
});

describe('a deleted DaemonSet', () => {
  const OWNER = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    name: 'stack',
    uid: '00000000-0000-4000-8000-000000000000',
  };

  async function deletedText(): Promise<string> {
    const uid = text(at(await stored(SET), 'metadata', 'uid'));
    const target = { contextName: core.contextName, ...REF, uid };
    const { jsonText } = await core.client.daemonSet.delete({ ...target, propagationPolicy: 'Background' });
    return jsonText;
  }

  it('is made again as it was, under a new uid, so that kubectl finds no difference to its manifest', async () => {
    const before = await stored(SET);
    const input = {
      contextName: core.contextName,
      namespace: REF.namespace,
      manifestText: textToCreate(await deletedText()),
    };
    await core.client.daemonSet.create({ ...input, dryRun: true });
    const { uid } = await core.client.daemonSet.create({ ...input, dryRun: false });
    const again = await stored(SET);
    expect(uid).not.toBe(text(at(before, 'metadata', 'uid')));
    const own = (object: unknown) => withoutServerFields(object as Parameters<typeof withoutServerFields>[0]);
    expect(own(again)).toEqual(own(before));
    expect(at(again, 'metadata', 'generation')).toBe(1);
    const manifest = JSON.stringify(aDaemonSet('agent'));
    expect((await cluster.kubectl(['diff', '-f', '-'], { input: manifest })).code).toBe(0);
    expect(await lastInJournal()).toMatchObject({ act: 'create', outcome: 'done' });
  });

  it('would be taken by the garbage collector if it were made again with an owner that is gone', async () => {
    await deletedText();
    const owned = { ...(aDaemonSet('agent') as object), metadata: { name: 'agent', ownerReferences: [OWNER] } };
    const { status } = await cluster.client.send('POST', '/apis/apps/v1/namespaces/default/daemonsets', owned);
    expect(status).toBe(201);
    await expect.poll(async () => (await cluster.client.send('GET', SET)).status, { timeout: 30_000 }).toBe(404);
    expect(textToCreate(JSON.stringify(owned))).not.toContain('owner');
  });
});

describe('a pod', () => {
  it('is deleted by its uid, and the DaemonSet makes another one', async () => {
    const pod = await aPod();
    await expect(core.client.pod.delete({ ...pod, uid: '00000000-0000-4000-8000-000000000000' })).rejects.toMatchObject(
      { data: { reason: 'Conflict' } },
    );
    await core.client.pod.delete(pod);
    await expect.poll(async () => (await cluster.client.send('GET', `${PODS}/${pod.name}`)).status).toBe(404);
    expect((await cluster.kubectl(['rollout', 'status', 'daemonset/agent', '--timeout=60s'])).code).toBe(0);
    expect(await lastInJournal()).toMatchObject({ act: 'delete pod', outcome: 'done', uid: pod.uid });
  });

  it('is not evicted against a PodDisruptionBudget, in the words of the server, and is without one', async () => {
    const pod = await aPod();
    const budget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'agent' },
      spec: { minAvailable: 3, selector: { matchLabels: { app: 'agent' } } },
    };
    expect((await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(budget) })).code).toBe(0);
    await expect(core.client.pod.evict(pod)).rejects.toMatchObject({
      data: { reason: 'TooManyRequests', message: expect.stringContaining('disruption budget') as string },
    });
    expect(await lastInJournal()).toMatchObject({ act: 'evict pod', outcome: 'failed' });
    await cluster.kubectl(['delete', 'pdb', 'agent']);
    await expect
      .poll(() =>
        core.client.pod.evict(pod).then(
          () => 'evicted',
          () => 'refused',
        ),
      )
      .toBe('evicted');
    await expect.poll(async () => (await cluster.client.send('GET', `${PODS}/${pod.name}`)).status).toBe(404);
  });

  it('is neither deleted nor evicted without the right, which is named', async () => {
    await using viewer = await openRealCore(cluster, 'viewer');
    const pod = { ...(await aPod()), contextName: viewer.contextName };
    await expect(viewer.client.pod.delete(pod)).rejects.toMatchObject({
      data: { reason: 'Forbidden', message: 'You may not delete pods in namespace default; nothing was sent.' },
    });
    await expect(viewer.client.pod.evict(pod)).rejects.toMatchObject({
      data: {
        reason: 'Forbidden',
        message: 'You may not create pods/eviction in namespace default; nothing was sent.',
      },
    });
  });
});
