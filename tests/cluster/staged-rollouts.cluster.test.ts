import { describeStagedRollouts, type StagedCluster } from '../rollout/describe-staged-rollouts.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { startRealCluster } from './real-cluster.ts';

async function openReal(): Promise<StagedCluster> {
  const cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 5, name: 'staged' });
  return {
    kubeconfig: cluster.users.admin,
    crashes: { 'everynode.test/behaviour': 'crash' },
    async send(method, path, body, type) {
      const reply = await cluster.client.send(method, path, body, type);
      if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.body}`);
      return JSON.parse(reply.body) as unknown;
    },
    [Symbol.asyncDispose]: () => cluster.stop(),
  };
}

describeStagedRollouts('the real control plane', openReal);
