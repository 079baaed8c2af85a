import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, text } from '../../src/shared/kubernetes/json-fields.ts';
import { withStrategyType, type StrategyType } from '../../src/shared/manifest/strategy-type.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { aDaemonSet } from './manifests.ts';
import { openRealCore, type RealCore } from './real-core.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';

const PATH = '/apis/apps/v1/namespaces/default/daemonsets/agent';
const REF = { namespace: 'default', name: 'agent' };

let cluster: RealCluster;
let core: RealCore;

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 2, name: 'pause' });
  core = await openRealCore(cluster);
}, 20 * 60_000);

afterAll(async () => {
  await core[Symbol.asyncDispose]();
  await cluster.stop();
});

async function switchTo(type: StrategyType) {
  const { contextName } = core;
  const { jsonText: beforeText } = await core.client.daemonSet.read({ contextName, ...REF });
  const uid = text(at(JSON.parse(beforeText), 'metadata', 'uid'));
  const afterText = withStrategyType(beforeText, type) ?? '';
  return core.client.daemonSet.save({ contextName, ...REF, uid, beforeText, afterText, dryRun: false });
}

async function strategy(): Promise<unknown> {
  return at(JSON.parse((await cluster.client.send('GET', PATH)).body), 'spec', 'updateStrategy');
}

it('the server keeps rollingUpdate while a DaemonSet is paused, and pausing restarts no pod', async () => {
  expect((await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(aDaemonSet('agent')) })).code).toBe(0);
  const rollingUpdate = { maxUnavailable: '34%', maxSurge: 0 };
  await cluster.client.mergePatch(PATH, { spec: { updateStrategy: { rollingUpdate } } });
  expect(await switchTo('OnDelete')).toMatchObject({ changed: ['/spec/updateStrategy/type'], restarts: false });
  expect(await strategy()).toEqual({ type: 'OnDelete', rollingUpdate });
  expect(await switchTo('RollingUpdate')).toMatchObject({ changed: ['/spec/updateStrategy/type'], restarts: false });
  expect(await strategy()).toEqual({ type: 'RollingUpdate', rollingUpdate });
});
