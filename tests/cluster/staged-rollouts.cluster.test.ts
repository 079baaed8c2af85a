import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { FaultProxy } from '../faults/fault-proxy.ts';
import { describeStagedRollouts, type StagedCase, type StagedCluster } from '../rollout/describe-staged-rollouts.ts';
import { openCore } from '../rollout/open-core.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { startRealCluster } from './real-cluster.ts';

async function openReal(): Promise<StagedCluster> {
  const cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 5, name: 'staged' });
  return {
    kubeconfig: cluster.users.admin,
    viewer: cluster.users.viewer,
    crashes: { 'everynode.test/behaviour': 'crash' },
    async send(method, path, body, type) {
      const reply = await cluster.client.send(method, path, body, type);
      if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.body}`);
      return JSON.parse(reply.body) as unknown;
    },
    [Symbol.asyncDispose]: () => cluster.stop(),
  };
}

const outage: StagedCase = {
  name: 'deletes nothing while the API server is away, and goes on when it is back',
  async run({ cluster, target, hash, nodes, old }) {
    const folder = await mkdtemp(join(tmpdir(), 'everynode-staged-'));
    const text = await readFile(cluster.kubeconfig, 'utf8');
    const [server = '', port = ''] = /https:\/\/127\.0\.0\.1:(\d+)/.exec(text) ?? [];
    const relay = await FaultProxy.start(Number(port));
    const relayed = join(folder, 'config');
    await writeFile(relayed, text.replaceAll(server, `https://127.0.0.1:${relay.port}`), { mode: 0o600 });
    {
      await using core = await openCore(relayed, folder);
      const [first = '', second = ''] = nodes;
      await core.client.stagedRollout.start({ ...target, hash, waves: [[first], [second]], gateSeconds: 3 });
      await core.view(target, ({ why = '' }) => why.startsWith('All new pods of the wave are ready'));
      await relay.goDown();
      const away = await core.view(target, ({ why = '' }) => why.includes('refuses the connection'));
      expect(away.plan).toMatchObject({ phase: 'running', at: 0 });
      expect(await old()).toHaveLength(nodes.length - 1);
      await relay.comeBack();
      expect((await core.view(target, ({ plan }) => plan?.phase !== 'running')).plan?.phase).toBe('done');
      expect(await old()).toHaveLength(nodes.length - 2);
    }
    await relay.close();
    await rm(folder, { recursive: true });
  },
};

describeStagedRollouts('the real control plane', openReal, [outage]);
