import { it } from 'vitest';
import { startFaultyDemo } from './faulty-cluster.ts';
import { expectEveryClusterSchedule } from './verdict.ts';

it('whatever happens to the demo cluster and its network, the page comes to show what is there, and nothing is left open', async () => {
  await using demo = await startFaultyDemo();
  await expectEveryClusterSchedule(demo, 15);
}, 60_000);
