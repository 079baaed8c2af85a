import { it } from 'vitest';
import { startFaultyDemo } from './faulty-cluster.ts';
import { expectEveryClusterSchedule } from './verdict.ts';

it.each(['http', 'h2'] as const)(
  'whatever happens to the demo cluster and its network (%s), the page comes to show what is there, and nothing is left open',
  async (protocol) => {
    await using demo = await startFaultyDemo(protocol);
    await expectEveryClusterSchedule(demo, 8);
  },
  60_000,
);
