import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoCluster } from '../../src/demo/start-demo.ts';
import { HttpApi } from '../conformance/api-under-test.ts';
import { fastClock } from '../conformance/fast-clock.ts';
import { describeStagedRollouts, type StagedCluster } from './describe-staged-rollouts.ts';

const NODES = 18;
const SPEED = 20;

const VIEWER = {
  username: 'viewer',
  groups: ['system:authenticated'],
  grants: [
    {
      rules: [
        { verbs: ['get', 'list', 'watch'], apiGroups: [''], resources: ['pods'] },
        { verbs: ['get', 'list', 'watch'], apiGroups: ['apps'], resources: ['controllerrevisions', 'daemonsets'] },
      ],
    },
  ],
};

async function openDemo(): Promise<StagedCluster> {
  const demo = await startDemoCluster({ nodes: NODES, clock: fastClock(SPEED), metrics: false, users: [VIEWER] });
  const api = new HttpApi({ url: demo.url, token: demo.token });
  const folder = await mkdtemp(join(tmpdir(), 'everynode-staged-demo-'));
  const kubeconfigOf = async (user: string, token: string) => {
    const path = join(folder, user);
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'demo', cluster: { server: demo.url } }],
      users: [{ name: user, user: { token } }],
      contexts: [{ name: user, context: { cluster: 'demo', user } }],
      'current-context': user,
    };
    await writeFile(path, JSON.stringify(config));
    return path;
  };
  const kubeconfig = await kubeconfigOf('admin', demo.token);
  const viewer = await kubeconfigOf('viewer', demo.tokens.get('viewer') ?? '');
  return {
    kubeconfig,
    viewer,
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
