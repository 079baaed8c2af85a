import { it } from 'vitest';
import { expectEverySchedule } from './verdict.ts';

it('after any of ten thousand schedules of faults and changes the rows equal the LIST, and nothing is left open', async () => {
  await expectEverySchedule(10_000);
});
