import { it } from 'vitest';
import { startFaultyDemo } from './faulty-cluster.ts';
import { expectEveryClusterSchedule, expectEverySchedule } from './verdict.ts';

it('after any of ten thousand schedules of faults and changes the rows equal the LIST, and nothing is left open', async () => {
  await expectEverySchedule(10_000);
});

it('after any of a thousand schedules on the demo cluster the page shows what is there, and nothing is left open', async () => {
  await using demo = await startFaultyDemo();
  await expectEveryClusterSchedule(demo, 1000);
});
