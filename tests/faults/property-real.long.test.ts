import { it } from 'vitest';
import { startFaultyRealCluster } from './faulty-cluster.ts';
import { expectEveryClusterSchedule } from './verdict.ts';

it('whatever happens to a real cluster and its network, the page comes to show what is there, and nothing is left open', async () => {
  await using cluster = await startFaultyRealCluster();
  await expectEveryClusterSchedule(cluster, 25);
});
