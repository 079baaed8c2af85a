import { it } from 'vitest';
import { startFaultyDemo } from './faulty-cluster.ts';
import { expectEveryClusterSchedule, expectEverySchedule } from './verdict.ts';

it('after any of ten thousand schedules of faults and changes the rows equal the LIST, and nothing is left open', async () => {
  await expectEverySchedule(10_000);
});

it.each(['http', 'h2'] as const)(
  'after any of five hundred schedules on the demo cluster (%s) the page shows what is there, and nothing is left open',
  async (protocol) => {
    await using demo = await startFaultyDemo(protocol);
    await expectEveryClusterSchedule(demo, 500);
  },
);
