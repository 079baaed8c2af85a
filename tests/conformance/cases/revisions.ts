import { expect } from 'vitest';
import { type ConformanceGroup, aCase } from '../conformance-case.ts';
import { at, itemsAt, numberAt, textAt } from '../json-path.ts';
import { type JudgedCluster, PATCH } from '../judged-cluster.ts';
import { nowhere } from '../manifest.ts';

const HASH = ['metadata', 'labels', 'controller-revision-hash'];

async function withRevisions(cluster: JudgedCluster, count: number, limit?: number): Promise<string> {
  const name = cluster.name('rev');
  await cluster.create(nowhere(name, limit === undefined ? {} : { spec: { revisionHistoryLimit: limit } }));
  await untilNumber(cluster, name, 1);
  for (let number = 2; number <= count; number += 1) {
    await cluster.setImage(name, `registry.test/tool:${number}`);
    await untilNumber(cluster, name, number);
  }
  return name;
}

/** Waits until the newest revision has a number, and returns all of them. */
function untilNumber(cluster: JudgedCluster, name: string, number: number): Promise<readonly unknown[]> {
  return cluster.until(
    () => cluster.revisions(name),
    (revisions) => numberAt(revisions.at(-1), 'revision') === number,
    `the newest revision of ${name} is ${number}`,
  );
}

const numbersOf = (revisions: readonly unknown[]): readonly number[] =>
  revisions.map((each) => numberAt(each, 'revision'));

/** How kubectl rolls back: the revision's data as a strategic merge patch. */
function rollBack(cluster: JudgedCluster, name: string, revision: unknown): Promise<unknown> {
  return cluster.patch(name, at(revision, 'data'), PATCH.strategic);
}

export const REVISIONS: ConformanceGroup = {
  name: 'ControllerRevisions',
  cases: [
    aCase('the first is named and labelled by its hash and owned by the DaemonSet', async (cluster) => {
      const name = await withRevisions(cluster, 1);
      const [revision] = await cluster.revisions(name);
      const hash = textAt(revision, HASH);
      expect(hash).not.toBe('');
      expect(textAt(revision, 'metadata.name')).toBe(`${name}-${hash}`);
      expect(textAt(revision, 'metadata.labels.app')).toBe(name);
      const uid = textAt(await cluster.set(name), 'metadata.uid');
      expect(itemsAt(revision, 'metadata.ownerReferences')).toMatchObject([
        { kind: 'DaemonSet', name, uid, controller: true },
      ]);
    }),
    aCase('data is the template with $patch: replace', async (cluster) => {
      const name = await withRevisions(cluster, 1);
      const [revision] = await cluster.revisions(name);
      const template = at(await cluster.set(name), 'spec.template') as object;
      expect(at(revision, 'data')).toEqual({ spec: { template: { ...template, $patch: 'replace' } } });
    }),
    aCase('numbers rise with each template', async (cluster) => {
      const name = await withRevisions(cluster, 3);
      expect(numbersOf(await cluster.revisions(name))).toEqual([1, 2, 3]);
    }),
    aCase('what is not the template makes no revision', async (cluster) => {
      const name = await withRevisions(cluster, 1);
      await cluster.patch(name, { spec: { minReadySeconds: 5 }, metadata: { labels: { x: '1' } } });
      await cluster.untilStatus(name, {});
      expect(numbersOf(await cluster.revisions(name))).toEqual([1]);
    }),
    aCase('a rollback reuses the old one under a new number', async (cluster) => {
      const name = await withRevisions(cluster, 3);
      const [first] = await cluster.revisions(name);
      await rollBack(cluster, name, first);
      const after = await untilNumber(cluster, name, 4);
      expect(numbersOf(after)).toEqual([2, 3, 4]);
      expect(textAt(after.at(-1), 'metadata.name')).toBe(textAt(first, 'metadata.name'));
      expect(textAt(after.at(-1), HASH)).toBe(textAt(first, HASH));
    }),
    aCase('a rollback gives the DaemonSet the old template, without later keys', async (cluster) => {
      const name = await withRevisions(cluster, 1);
      const template = at(await cluster.set(name), 'spec.template');
      await cluster.patch(name, { spec: { template: { metadata: { annotations: { later: 'yes' } } } } });
      const [first] = await untilNumber(cluster, name, 2);
      await rollBack(cluster, name, first);
      expect(at(await cluster.set(name), 'spec.template')).toEqual(template);
    }),
    aCase('rolling back to what it is changes nothing', async (cluster) => {
      const name = await withRevisions(cluster, 2);
      const before = await cluster.untilStatus(name, {});
      const made = await rollBack(cluster, name, (await cluster.revisions(name)).at(-1));
      expect(numberAt(made, 'metadata.generation')).toBe(numberAt(before, 'metadata.generation'));
    }),
    ...[0, 2].map((limit) =>
      aCase(`a limit of ${limit} keeps ${limit} old ones beside the current`, async (cluster) => {
        const name = await withRevisions(cluster, 5, limit);
        const kept = await cluster.until(
          () => cluster.revisions(name),
          (revisions) => revisions.length <= limit + 1,
          'old revisions are removed',
        );
        expect(numbersOf(kept)).toEqual([1, 2, 3, 4, 5].slice(-limit - 1));
      }),
    ),
    aCase('the default limit keeps ten old ones', async (cluster) => {
      const name = await withRevisions(cluster, 13);
      const kept = await cluster.until(
        () => cluster.revisions(name),
        (revisions) => revisions.length <= 11,
        'old revisions are removed',
      );
      expect(numbersOf(kept)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    }),
    aCase('they go with their DaemonSet', async (cluster) => {
      const name = await withRevisions(cluster, 2);
      await cluster.remove(name);
      await cluster.until(
        () => cluster.revisions(name),
        (left) => left.length === 0,
        'no revision is left',
      );
    }),
  ],
};
