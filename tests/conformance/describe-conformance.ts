import { afterAll, beforeAll, describe, it } from 'vitest';
import type { ApiUnderTest } from './api-under-test.ts';
import type { ConformanceGroup } from './conformance-case.ts';
import { CONFORMANCE } from './conformance-groups.ts';
import { type JudgedCluster, prepareCluster } from './judged-cluster.ts';

const START_MS = 20 * 60_000;
const CASE_MS = 60_000;

export interface ConformanceOptions {
  /** Every group unless told. */
  readonly groups?: readonly ConformanceGroup[];
  /** How long something may take to come true; 30 s unless told. */
  readonly limitMs?: number;
}

/** Registers cases against one cluster, which is started for them. */
export function describeConformance(
  name: string,
  start: () => Promise<ApiUnderTest>,
  { groups = CONFORMANCE, limitMs }: ConformanceOptions = {},
): void {
  describe(`${name}`, () => {
    let api: ApiUnderTest | undefined;
    let cluster: JudgedCluster;

    beforeAll(async () => {
      api = await start();
      cluster = await prepareCluster(api, limitMs);
    }, START_MS);

    afterAll(async () => {
      await api?.[Symbol.asyncDispose]();
    }, CASE_MS);

    for (const group of groups) {
      describe(`${group.name}`, () => {
        for (const each of group.cases)
          it(`${each.name}`, () => each.run(cluster), Math.max(CASE_MS, 2 * (limitMs ?? 0)));
      });
    }
  });
}
