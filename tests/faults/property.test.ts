import { it } from 'vitest';
import { expectEverySchedule } from './verdict.ts';

it('after any schedule of faults and changes the rows equal the LIST, nothing was shown that never was, nothing is left open', async () => {
  await expectEverySchedule(200);
}, 60_000);
