import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { loadMutant, MUTANTS, removeMutants } from './property-mutants.ts';
import { schedule } from './schedule.ts';
import { verdict } from './verdict.ts';

/** The rarest of them needs some hundred. */
const RUNS = 2000;
/** The same schedules every time: what is judged here are the schedules. */
const SEED = 1;

afterAll(removeMutants);

describe('random schedules catch a reflector that breaks its rule:', () => {
  it.each(MUTANTS)('$rule', async (mutant) => {
    const makeReflector = await loadMutant(mutant);
    const property = fc.asyncProperty(schedule, async (each) => (await verdict(each, makeReflector)) === '');
    const details = await fc.check(property, { numRuns: RUNS, seed: SEED, endOnFailure: true });
    console.info(`${mutant.rule}: caught by schedule ${details.numRuns}`);
    expect(details.failed, `${RUNS} schedules did not notice`).toBe(true);
  });
});
