import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoCluster } from '../../src/demo/start-demo.ts';
import { HttpApi } from '../conformance/api-under-test.ts';
import { fastClock } from '../conformance/fast-clock.ts';
import { describeStagedRollouts, type StagedCluster } from './describe-staged-rollouts.ts';

const NODES = 18;
const SPEED = 20;

async function openDemo(): Promise<StagedCluster> {
  const demo = await startDemoCluster({ nodes: NODES, clock: fastClock(SPEED), metrics: false });
  const api = new HttpApi({ url: demo.url, token: demo.token });
  const folder = await mkdtemp(join(tmpdir(), 'everynode-staged-demo-'));
  const kubeconfig = join(folder, 'config');
  await writeFile(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'demo', cluster: { server: demo.url } }],
      users: [{ name: 'demo', user: { token: demo.token } }],
      contexts: [{ name: 'demo', context: { cluster: 'demo', user: 'demo' } }],
      'current-context': 'demo',
    }),
  );
  return {
    kubeconfig,
    crashes: { 'everynode.demo/behaviour': 'crash-loop' },
    async send(method, path, body, type) {
      const reply = await api.send({
        method,
        path,
        ...(body === undefined ? {} : { body }),
        ...(type === undefined ? {} : { type }),
      });
      if (reply.code >= 300) throw new Error(`${method} ${path}: ${reply.code} ${JSON.stringify(reply.body)}`);
      return reply.body;
    },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]();
      await demo.close();
      await rm(folder, { recursive: true });
    },
  };
}

describeStagedRollouts('the demo cluster', openDemo);
