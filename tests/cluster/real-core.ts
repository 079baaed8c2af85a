import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { type Core, createCore } from '../../src/core/create-core.ts';
import { openSession } from '../../src/core/session.ts';
import { systemClock } from '../../src/core/system-clock.ts';
import type { ClusterUser } from './access.ts';
import type { RealCluster } from './real-cluster.ts';

/** The core with one user's context opened, as a page uses it. `await using` ends it and removes its data folder. */
export interface RealCore extends AsyncDisposable {
  readonly client: ReturnType<typeof clientOf>;
  readonly contextName: string;
  readonly dataDir: string;
}

export async function openRealCore(cluster: RealCluster, user: ClusterUser = 'admin'): Promise<RealCore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'everynode-core-cluster-'));
  const core = await createCore({
    version: '0',
    host: 'server',
    platform: process.platform,
    dataDir,
    kubeconfigArgs: [cluster.users[user]],
    env: {},
    clock: systemClock,
    log: () => undefined,
    demoProcess: () => Promise.reject(new Error('no demo here')),
  });
  const page = openSession('page');
  const client = clientOf(core, page.session);
  let contextName = '';
  for await (const { contexts } of await client.context.watch()) {
    contextName = contexts[0]?.contextName ?? '';
    break;
  }
  await client.context.open({ contextName });
  return {
    client,
    contextName,
    dataDir,
    async [Symbol.asyncDispose]() {
      page.close();
      await core.dispose();
      await rm(dataDir, { recursive: true });
    },
  };
}

function clientOf(core: Core, session: ReturnType<typeof openSession>['session']) {
  return createRouterClient(core.router, { context: { session } });
}
