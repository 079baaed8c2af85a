import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REVISION_HASH } from '../objects.ts';
import { QuietCluster } from '../testing/quiet-cluster.ts';
import { hashOf } from './revision-history.ts';

let cluster: QuietCluster;

beforeEach(() => {
  cluster = new QuietCluster(2);
});

afterEach(() => cluster.stop());

function image(version: number): string {
  return `registry.example.com/tool:${version}.0`;
}

/** Revision numbers with the image each one keeps, oldest first. */
function history(): readonly (readonly [number, string | undefined])[] {
  return cluster.store.controllerRevisions
    .items()
    .map((revision) => [revision.revision, revision.data.spec.template.spec.containers[0]?.image] as const)
    .sort((a, b) => a[0] - b[0]);
}

function rollOut(version: number): void {
  cluster.setImage('agent', image(version));
  cluster.untilRolledOut('agent');
}

describe('the revision history', () => {
  it('keeps each template as a patch that replaces the whole, with owner, hash and annotations', () => {
    const daemonSet = cluster.create('agent');
    cluster.untilRolledOut('agent');
    const [revision] = cluster.store.controllerRevisions.items();
    expect(revision?.data.spec.template.$patch).toBe('replace');
    expect(revision?.metadata.ownerReferences?.[0]?.uid).toBe(daemonSet.metadata.uid);
    expect(revision?.metadata.name).toBe(`agent-${revision?.metadata.labels?.[REVISION_HASH]}`);
    expect(revision?.metadata.annotations).toEqual(daemonSet.metadata.annotations);
  });

  it('makes none for a change outside the template', () => {
    cluster.create('agent');
    cluster.untilRolledOut('agent');
    cluster.update('agent', (current) => ({ ...current, spec: { ...current.spec, minReadySeconds: 1 } }));
    cluster.untilRolledOut('agent');
    expect(history()).toHaveLength(1);
    expect(cluster.daemonSet('agent').metadata.generation).toBe(2);
  });

  it('uses the old revision again under a new number after a rollback', () => {
    cluster.create('agent');
    cluster.untilRolledOut('agent');
    rollOut(2);
    rollOut(3);
    const before = cluster.store.controllerRevisions.items().find((revision) => revision.revision === 1);
    rollOut(1);
    expect(history()).toEqual([
      [2, image(2)],
      [3, image(3)],
      [4, image(1)],
    ]);
    const after = cluster.store.controllerRevisions.items().find((revision) => revision.revision === 4);
    expect(after?.metadata.uid).toBe(before?.metadata.uid);
    expect(cluster.pods('agent').map(hashOf)).toEqual(
      [after, after].map((revision) => revision?.metadata.labels?.[REVISION_HASH]),
    );
  });

  it('keeps the current and revisionHistoryLimit old ones: 13 edits leave 11', () => {
    cluster.create('agent');
    cluster.untilRolledOut('agent');
    for (let version = 2; version <= 14; version += 1) rollOut(version);
    expect(history().map(([number]) => number)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  });

  it('keeps an old one over the limit while a pod still runs it', () => {
    cluster.create('agent', {}, { updateStrategy: { type: 'OnDelete' }, revisionHistoryLimit: 0 });
    cluster.untilRolledOut('agent');
    cluster.setImage('agent', image(2));
    cluster.clock.advance(5_000);
    cluster.setImage('agent', image(3));
    cluster.clock.advance(5_000);
    expect(history()).toEqual([
      [1, image(1)],
      [3, image(3)],
    ]);
  });

  it('raises collisionCount when another DaemonSet’s revision has the name already', () => {
    cluster.create('agent');
    cluster.untilRolledOut('agent');
    const [revision] = cluster.store.controllerRevisions.items();
    if (revision === undefined) throw new Error('no revision');
    // The same name under another owner: what a collision of hashes looks like.
    cluster.store.controllerRevisions.put({ ...revision, metadata: { ...revision.metadata, ownerReferences: [] } });
    cluster.clock.advance(100);
    cluster.update('agent', (current) => ({ ...current, spec: { ...current.spec, minReadySeconds: 1 } }));
    cluster.untilRolledOut('agent');
    expect(cluster.daemonSet('agent').status.collisionCount).toBe(1);
    expect(cluster.store.controllerRevisions.size).toBe(2);
  });
});
