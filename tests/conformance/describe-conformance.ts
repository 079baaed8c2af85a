import { afterAll, beforeAll, describe, it } from 'vitest';
import type { ApiUnderTest } from './api-under-test.ts';
import { CONFORMANCE } from './conformance-groups.ts';
import { type JudgedCluster, prepareCluster } from './judged-cluster.ts';

const START_MS = 20 * 60_000;
const CASE_MS = 60_000;

/** Registers every case against one cluster, which is started for them. */
export function describeConformance(name: string, start: () => Promise<ApiUnderTest>): void {
  describe(`${name}`, () => {
    let api: ApiUnderTest | undefined;
    let cluster: JudgedCluster;

    beforeAll(async () => {
      api = await start();
      cluster = await prepareCluster(api);
    }, START_MS);

    afterAll(async () => {
      await api?.[Symbol.asyncDispose]();
    }, CASE_MS);

    for (const group of CONFORMANCE) {
      describe(`${group.name}`, () => {
        for (const each of group.cases) it(`${each.name}`, () => each.run(cluster), CASE_MS);
      });
    }
  });
}
