import { expect } from 'vitest';
import { type ConformanceGroup, aCase } from '../conformance-case.ts';
import { at, textAt } from '../json-path.ts';
import type { JudgedCluster } from '../judged-cluster.ts';
import { nowhere } from '../manifest.ts';
import type { WatchEvent } from '../watch-reader.ts';

async function versionOfList(cluster: JudgedCluster): Promise<string> {
  return textAt(await cluster.get(cluster.sets()), 'metadata.resourceVersion');
}

const nameOf = (event: WatchEvent): string => textAt(event.object, 'metadata.name');
const isDeleted = (event: WatchEvent): boolean => event.type === 'DELETED';
const label = (value: string | null): unknown => ({ metadata: { labels: { watched: value } } });

/** Types of one object's events, repeated ones once: how often the controller writes its status is not ours to say. */
function typesOf(events: readonly WatchEvent[]): readonly string[] {
  const types = events.map((event) => event.type);
  return types.filter((type, index) => type !== types[index - 1]);
}

const following = [
  aCase('a watch from a version gives what came after it', async (cluster) => {
    const [before, name] = [cluster.name('before'), cluster.name('watched')];
    await cluster.create(nowhere(before));
    await cluster.untilStatus(before, {});
    const from = await versionOfList(cluster);
    await cluster.create(nowhere(name));
    await cluster.patch(name, label('yes'));
    await cluster.ok('DELETE', cluster.sets(name));
    using watch = cluster.watch(cluster.sets('', `?watch=true&resourceVersion=${from}`));
    const events = (await watch.until((event) => isDeleted(event) && nameOf(event) === name)).filter(
      (event) => nameOf(event) !== before || event.type !== 'MODIFIED',
    );
    expect(events.map(nameOf)).not.toContain(before);
    expect(typesOf(events.filter((event) => nameOf(event) === name))).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
  }),
  aCase('versions rise from event to event', async (cluster) => {
    const name = cluster.name('watched');
    const from = await versionOfList(cluster);
    await cluster.create(nowhere(name));
    await cluster.patch(name, label('yes'));
    await cluster.ok('DELETE', cluster.sets(name));
    using watch = cluster.watch(cluster.sets('', `?watch=true&resourceVersion=${from}`));
    const events = await watch.until((event) => isDeleted(event) && nameOf(event) === name);
    const versions = events.map((event) => Number(textAt(event.object, 'metadata.resourceVersion')));
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(new Set(versions).size).toBe(versions.length);
  }),
  aCase('a new watch from an event’s version goes on after it', async (cluster) => {
    const name = cluster.name('watched');
    const from = await versionOfList(cluster);
    await cluster.create(nowhere(name));
    await cluster.ok('DELETE', cluster.sets(name));
    const query = `?watch=true&fieldSelector=metadata.name%3D${name}`;
    using watch = cluster.watch(cluster.sets('', `${query}&resourceVersion=${from}`));
    const added = await watch.next();
    using again = cluster.watch(
      cluster.sets('', `${query}&resourceVersion=${textAt(added?.object, 'metadata.resourceVersion')}`),
    );
    expect(typesOf(await again.until(isDeleted))).not.toContain('ADDED');
  }),
  aCase('events carry whole objects with their kind', async (cluster) => {
    const name = cluster.name('watched');
    const from = await versionOfList(cluster);
    await cluster.create(nowhere(name));
    using watch = cluster.watch(
      cluster.sets('', `?watch=true&resourceVersion=${from}&fieldSelector=metadata.name%3D${name}`),
    );
    const event = await watch.next();
    expect(event).toMatchObject({ type: 'ADDED', object: { kind: 'DaemonSet', apiVersion: 'apps/v1' } });
  }),
  aCase('an object that comes into the selector is ADDED, one that leaves it DELETED', async (cluster) => {
    const name = cluster.name('watched');
    await cluster.create(nowhere(name));
    await cluster.untilStatus(name, {});
    const from = await versionOfList(cluster);
    await cluster.patch(name, label(name));
    await cluster.patch(name, label(null));
    using watch = cluster.watch(
      cluster.sets('', `?watch=true&resourceVersion=${from}&labelSelector=watched%3D${name}`),
    );
    const events = await watch.until(isDeleted);
    expect(typesOf(events)).toEqual(['ADDED', 'DELETED']);
    expect(at(events.at(-1)?.object, 'metadata.labels.watched')).toBe(name);
  }),
];

const beginning = [
  aCase('a watch without a version begins with what is there', async (cluster) => {
    const name = cluster.name('watched');
    await cluster.create(nowhere(name));
    using watch = cluster.watch(cluster.sets('', `?watch=true&fieldSelector=metadata.name%3D${name}`));
    expect(await watch.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name } } });
  }),
  aCase('so does one from version 0', async (cluster) => {
    const name = cluster.name('watched');
    await cluster.create(nowhere(name));
    await cluster.untilStatus(name, {});
    using watch = cluster.watch(
      cluster.sets('', `?watch=true&resourceVersion=0&fieldSelector=metadata.name%3D${name}`),
    );
    expect(await watch.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name } } });
  }),
  aCase('sendInitialEvents ends its beginning with an annotated bookmark', async (cluster) => {
    const name = cluster.name('watched');
    await cluster.create(nowhere(name));
    const query = `?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`;
    using watch = cluster.watch(cluster.sets('', `${query}&fieldSelector=metadata.name%3D${name}`));
    const events = await watch.until((event) => event.type === 'BOOKMARK');
    expect(events[0]).toMatchObject({ type: 'ADDED', object: { metadata: { name } } });
    expect(events.at(-1)?.object).toMatchObject({
      kind: 'DaemonSet',
      apiVersion: 'apps/v1',
      metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } },
    });
  }),
  aCase('sendInitialEvents over nothing is only that bookmark', async (cluster) => {
    const query = `?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`;
    using watch = cluster.watch(cluster.sets('', `${query}&labelSelector=nothing%3Dhas-this`));
    const event = await watch.next();
    expect(event?.type).toBe('BOOKMARK');
    expect(textAt(event?.object, 'metadata.resourceVersion')).toMatch(/^\d+$/);
  }),
];

const INITIAL_REFUSAL = aCase('sendInitialEvents without resourceVersionMatch is invalid there', async (cluster) => {
  const reply = await cluster.send(
    'GET',
    cluster.sets('', '?watch=true&sendInitialEvents=true&allowWatchBookmarks=true'),
  );
  expect(reply.body).toMatchObject({
    code: 422,
    reason: 'Invalid',
    details: { causes: [{ reason: 'FieldValueForbidden', field: 'resourceVersionMatch' }] },
  });
});

const WITHOUT_BOOKMARKS = aCase('sendInitialEvents without bookmarks begins with what is there', async (cluster) => {
  const name = cluster.name('watched');
  await cluster.create(nowhere(name));
  const query = '?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
  using watch = cluster.watch(cluster.sets('', `${query}&fieldSelector=metadata.name%3D${name}`));
  expect(await watch.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name } } });
});

export const WATCHES: ConformanceGroup = {
  name: 'watches',
  cases: [
    ...following,
    ...beginning,
    INITIAL_REFUSAL,
    WITHOUT_BOOKMARKS,
    aCase('a watch from a version that is no number is a failure without a reason', async (cluster) => {
      const reply = await cluster.send('GET', cluster.sets('', '?watch=true&resourceVersion=abc'));
      expect(reply.body).toMatchObject({ kind: 'Status', status: 'Failure', code: 500 });
      expect(at(reply.body, 'reason')).toBeUndefined();
    }),
    aCase('a watch from before all memory ends with an ERROR event of 410 Expired', async (cluster) => {
      using watch = cluster.watch(cluster.sets('', '?watch=true&resourceVersion=1'));
      const events = await watch.rest();
      expect(events).toMatchObject([
        { type: 'ERROR', object: { kind: 'Status', status: 'Failure', reason: 'Expired', code: 410 } },
      ]);
      expect(textAt(events[0]?.object, 'message')).toMatch(/^too old resource version: 1 \(\d+\)$/);
    }),
    aCase('timeoutSeconds ends a watch', async (cluster) => {
      using watch = cluster.watch(cluster.sets('', '?watch=true&timeoutSeconds=1&labelSelector=nothing%3Dhas-this'));
      expect(await watch.rest()).toEqual([]);
    }),
    aCase('a bookmark of a version that no event brought comes before a watch is ended', async (cluster) => {
      const [name, other] = [cluster.name('watched'), cluster.name('elsewhere')];
      const from = await versionOfList(cluster);
      await cluster.create(nowhere(name));
      const query = `?watch=true&timeoutSeconds=5&allowWatchBookmarks=true&fieldSelector=metadata.name%3D${name}`;
      using watch = cluster.watch(cluster.sets('', `${query}&resourceVersion=${from}`));
      expect(await watch.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name } } });
      // The watch is open now; only a bookmark can tell of what is not selected.
      const made = await cluster.create(nowhere(other));
      const bookmark = (await watch.rest()).findLast((event) => event.type === 'BOOKMARK');
      expect(bookmark).toMatchObject({ type: 'BOOKMARK', object: { kind: 'DaemonSet', apiVersion: 'apps/v1' } });
      const version = (object: unknown): number => Number(textAt(object, 'metadata.resourceVersion'));
      expect(version(bookmark?.object)).toBeGreaterThanOrEqual(version(made));
    }),
  ],
};
