import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenCore, openCore } from '../rollout/open-core.ts';
import type { ClusterUser } from './access.ts';
import type { RealCluster } from './real-cluster.ts';

/** The core with one user's context opened, as a page uses it. `await using` ends it and removes its data folder. */
export interface RealCore extends OpenCore {
  readonly dataDir: string;
}

export async function openRealCore(cluster: RealCluster, user: ClusterUser = 'admin'): Promise<RealCore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'everynode-core-cluster-'));
  const core = await openCore(cluster.users[user], dataDir);
  return {
    ...core,
    dataDir,
    async [Symbol.asyncDispose]() {
      await core[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true });
    },
  };
}
