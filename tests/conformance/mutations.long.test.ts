import { describe, expect, it } from 'vitest';
import type { ConformanceGroup } from './conformance-case.ts';
import { CONFORMANCE } from './conformance-groups.ts';
import { prepareCluster } from './judged-cluster.ts';
import { type Falsification, MUTATIONS, mutated } from './mutations.ts';
import { startDemoApi } from './start-demo-api.ts';

/** What a wrong cluster makes a case wait for never comes; it need not wait as long as on a slow one. */
const LIMIT_MS = 8_000;

interface Run {
  readonly cases: number;
  /** The first case that failed, and why. */
  readonly failure?: string;
}

/** Runs the cases of some groups until one fails. */
async function run(groups: readonly ConformanceGroup[], mutation: Falsification): Promise<Run> {
  await using api = await startDemoApi();
  const sound = await prepareCluster(api, LIMIT_MS);
  const cluster = sound.over(mutated(api, mutation));
  let cases = 0;
  for (const each of groups.flatMap((group) => group.cases)) {
    cases += 1;
    try {
      await each.run(cluster);
    } catch (error) {
      return { cases, failure: `${each.name}: ${String(error).slice(0, 300)}` };
    }
  }
  return { cases };
}

describe('a demo cluster that does one thing wrong is caught when it', () => {
  it.each(MUTATIONS)('$what (by $by)', async (mutation) => {
    const groups = CONFORMANCE.filter((group) => group.name === mutation.by);
    expect(groups).toHaveLength(1);
    const { cases, failure } = await run(groups, mutation);
    expect(failure, `all ${cases} cases passed`).toBeDefined();
  });

  it('passes every case when nothing is falsified', async () => {
    expect(await run(CONFORMANCE, {})).toEqual({ cases: CONFORMANCE.flatMap((group) => group.cases).length });
  });
});
