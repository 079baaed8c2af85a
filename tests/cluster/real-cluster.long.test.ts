import { describe, expect, it } from 'vitest';
import { at, text } from '../../src/shared/kubernetes/json-fields.ts';
import { aDaemonSet } from './manifests.ts';
import { openRealCore } from './real-core.ts';
import { buildClusterKit, type RealCluster, startRealCluster } from './real-cluster.ts';

const LIMIT_MS = 20 * 60_000;

describe('a real control plane at length', () => {
  it('rolls a DaemonSet out on 1,000 nodes', { timeout: LIMIT_MS }, async () => {
    const kit = await buildClusterKit({ log: console.info });
    await using cluster = await startRealCluster({ kit, nodes: 1_000, log: console.info });
    const input = JSON.stringify(aDaemonSet('agent'));
    expect(await cluster.kubectl(['apply', '-f', '-'], { input })).toMatchObject({ code: 0 });

    const rollout = await cluster.kubectl(['rollout', 'status', 'ds/agent', '--timeout=120s']);
    expect(rollout).toMatchObject({ code: 0 });

    const path = 'jsonpath={.status.desiredNumberScheduled} {.status.numberAvailable}';
    const status = await cluster.kubectl(['get', 'ds', 'agent', '-o', path]);
    expect(status.stdout).toBe('1000 1000');
  });

  it('serves the usage that annotations say as metrics', { timeout: LIMIT_MS }, async () => {
    const kit = await buildClusterKit({ log: console.info, metrics: true });
    await using cluster = await startRealCluster({ kit, nodes: 2, metrics: true });
    const annotations = { 'kwok.x-k8s.io/usage-cpu': '250m', 'kwok.x-k8s.io/usage-memory': '64Mi' };
    const input = JSON.stringify(aDaemonSet('agent', { annotations }));
    expect(await cluster.kubectl(['apply', '-f', '-'], { input })).toMatchObject({ code: 0 });

    const top = ['top', 'pods', '-l', 'app=agent', '--no-headers'];
    await expect
      .poll(async () => (await cluster.kubectl(top)).stdout.trim().split('\n').map(usage), {
        timeout: 90_000,
        interval: 2_000,
      })
      .toEqual([expect.stringMatching(NEARLY_250M_64MI), expect.stringMatching(NEARLY_250M_64MI)]);
    const nodes = await cluster.kubectl(['top', 'nodes', '--no-headers']);
    expect(nodes).toMatchObject({ code: 0 });
    expect(await measured(cluster)).toEqual([true, true]);
  });
});

/** kubectl rounds up what is measured between two moments. */
const NEARLY_250M_64MI = /^2(4\d|5[0-5])m 6[45]Mi$/u;

/** What the core reads of the pods of `agent`: whether each is as its annotations say. */
async function measured(cluster: RealCluster): Promise<readonly boolean[]> {
  await using core = await openRealCore(cluster);
  const target = { contextName: core.contextName, namespace: 'default', name: 'agent' };
  const uid = text(
    at(await cluster.client.read('/apis/apps/v1/namespaces/default/daemonsets/agent'), 'metadata', 'uid'),
  );
  for await (const { state, value } of await core.client.metrics.watchPods({ ...target, uid })) {
    if (state.phase === 'failed') throw new Error(state.error.message);
    if (value === undefined) continue;
    return value.pods.map(({ cpu, memory }) => Math.abs(cpu - 0.25) < 0.02 && Math.abs(memory - 64 * MI) < 2 * MI);
  }
  throw new Error('the stream ended');
}

const MI = 1024 ** 2;

/** CPU and memory of a line of `kubectl top pods`, without the pod's name. */
function usage(line: string): string {
  return line.split(/\s+/u).slice(1, 3).join(' ');
}
