import { expect } from 'vitest';
import { type ConformanceCase, type ConformanceGroup, aCase } from '../conformance-case.ts';
import { at, itemsAt, names, numberAt, textAt } from '../json-path.ts';
import { type JudgedCluster, RING_SIZE } from '../judged-cluster.ts';
import { type Json, NEVER_READY, type Parts, onRing } from '../manifest.ts';
import { isPodReady, observeRollout } from '../rollout-observer.ts';

const rolling = (rollingUpdate: Json): Parts => ({
  spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate } },
});
const ON_DELETE: Parts = { spec: { updateStrategy: { type: 'OnDelete' } } };
const NEW_IMAGE = 'registry.test/tool:2';

async function aRunningSet(cluster: JudgedCluster, parts: Parts = {}): Promise<string> {
  const name = cluster.name('roll');
  await cluster.create(onRing(name, parts));
  await cluster.untilRolledOut(name);
  return name;
}

function imageOf(pod: unknown): string {
  return textAt(pod, 'spec.containers.0.image');
}

/** Of four nodes; percents round up. */
const UNAVAILABLE = [
  [1, 1],
  [2, 2],
  [3, 3],
  [9, 4],
  ['1%', 1],
  ['25%', 1],
  ['30%', 2],
  ['50%', 2],
  ['75%', 3],
  ['100%', 4],
] as const;

const unavailable = UNAVAILABLE.map(([maxUnavailable, most]) =>
  aCase(`maxUnavailable ${maxUnavailable} takes ${most} of 4 at a time`, async (cluster) => {
    const name = await aRunningSet(cluster, rolling({ maxUnavailable }));
    const seen = await observeRollout(cluster, name, () => cluster.setImage(name, NEW_IMAGE));
    expect(seen).toEqual({ mostUnavailable: most, mostSurging: 0 });
    await cluster.remove(name);
  }),
);

/** Long enough for all pods of one step to be made before the first is ready; the demo cluster's pods are slow by themselves. */
const SLOW = { 'everynode.test/ready-delay': '300ms' };

const SURGES = [
  [1, 1],
  [3, 3],
  ['25%', 1],
  ['30%', 2],
  ['100%', 4],
] as const;

const surges = SURGES.map(([maxSurge, most]) =>
  aCase(`maxSurge ${maxSurge} adds ${most} of 4 at a time and takes none`, async (cluster) => {
    const name = await aRunningSet(cluster, {
      ...rolling({ maxSurge, maxUnavailable: 0 }),
      annotations: SLOW,
    });
    const seen = await observeRollout(cluster, name, () => cluster.setImage(name, NEW_IMAGE));
    expect(seen).toEqual({ mostUnavailable: 0, mostSurging: most });
    await cluster.remove(name);
  }),
);

const stuck: readonly ConformanceCase[] = [
  aCase('a broken template stops after maxUnavailable pods', async (cluster) => {
    const name = await aRunningSet(cluster, rolling({ maxUnavailable: 2 }));
    await cluster.patch(name, { spec: { template: { metadata: { annotations: NEVER_READY } } } });
    await cluster.untilStatus(name, {
      desiredNumberScheduled: 4,
      updatedNumberScheduled: 2,
      numberAvailable: 2,
      numberReady: 2,
      numberUnavailable: 2,
    });
    await cluster.remove(name);
  }),
  aCase('a broken template under maxSurge takes nothing', async (cluster) => {
    const name = await aRunningSet(cluster, rolling({ maxSurge: 2, maxUnavailable: 0 }));
    await cluster.patch(name, { spec: { template: { metadata: { annotations: NEVER_READY } } } });
    await cluster.until(
      () => cluster.pods(name),
      (pods) => pods.length === 6,
      'two pods more',
    );
    await cluster.untilStatus(name, { desiredNumberScheduled: 4, currentNumberScheduled: 4 });
    const ready = (await cluster.pods(name)).filter(isPodReady);
    expect(ready).toHaveLength(4);
    expect(ready.map((pod) => textAt(pod, ['metadata', 'labels', 'pod-template-generation']))).toEqual(
      Array(4).fill('1'),
    );
    await cluster.remove(name);
  }),
  aCase('old pods that are unavailable are replaced whatever the budget', async (cluster) => {
    const name = cluster.name('roll');
    await cluster.create(onRing(name, { ...rolling({ maxUnavailable: 1 }), annotations: NEVER_READY }));
    await cluster.untilStatus(name, { currentNumberScheduled: 4, updatedNumberScheduled: 4, numberUnavailable: 4 });
    const annotations = Object.fromEntries(Object.keys(NEVER_READY).map((key) => [key, null]));
    await cluster.patch(name, { spec: { template: { metadata: { annotations } } } });
    await cluster.untilRolledOut(name);
    await cluster.remove(name);
  }),
];

const onDelete: readonly ConformanceCase[] = [
  aCase('OnDelete replaces no pod by itself', async (cluster) => {
    const name = await aRunningSet(cluster, ON_DELETE);
    const before = names(await cluster.pods(name));
    await cluster.setImage(name, NEW_IMAGE);
    await cluster.until(
      () => cluster.revisions(name),
      (revisions) => revisions.length === 2,
      'the new revision is there',
    );
    await cluster.untilStatus(name, { updatedNumberScheduled: 0, numberAvailable: 4 });
    expect(names(await cluster.pods(name))).toEqual(before);
    await cluster.remove(name);
  }),
  aCase('OnDelete makes a deleted pod anew from the new template', async (cluster) => {
    const name = await aRunningSet(cluster, ON_DELETE);
    await cluster.setImage(name, NEW_IMAGE);
    const [pod] = await cluster.pods(name);
    await cluster.ok('DELETE', `/api/v1/namespaces/conformance/pods/${textAt(pod, 'metadata.name')}`);
    await cluster.untilStatus(name, { updatedNumberScheduled: 1, numberAvailable: 4 });
    expect((await cluster.pods(name)).map(imageOf).filter((image) => image === NEW_IMAGE)).toHaveLength(1);
    await cluster.remove(name);
  }),
];

const status: readonly ConformanceCase[] = [
  aCase('minReadySeconds keeps ready pods from being available', async (cluster) => {
    const name = cluster.name('roll');
    await cluster.create(onRing(name, { spec: { minReadySeconds: 3_600 } }));
    const set = await cluster.untilStatus(name, { numberReady: 4, numberAvailable: 0, numberUnavailable: 4 });
    expect(at(set, 'status.numberAvailable')).toBeUndefined();
    await cluster.patch(name, { spec: { minReadySeconds: 0 } });
    await cluster.untilRolledOut(name);
    await cluster.remove(name);
  }),
  aCase('pods become available once minReadySeconds have passed', async (cluster) => {
    const name = cluster.name('roll');
    await cluster.create(onRing(name, { spec: { minReadySeconds: 2 } }));
    await cluster.untilRolledOut(name);
    await cluster.remove(name);
  }),
  aCase('observedGeneration follows every change of the spec', async (cluster) => {
    const name = await aRunningSet(cluster);
    await cluster.patch(name, { spec: { minReadySeconds: 1 } });
    const set = await cluster.untilStatus(name, {});
    expect(numberAt(set, 'status.observedGeneration')).toBe(2);
    await cluster.remove(name);
  }),
  aCase('a restart annotation replaces every pod', async (cluster) => {
    const name = await aRunningSet(cluster, rolling({ maxUnavailable: 4 }));
    const before = names(await cluster.pods(name));
    const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-11-24T00:00:00Z' };
    await cluster.patch(name, { spec: { template: { metadata: { annotations } } } });
    await cluster.until(
      () => cluster.pods(name),
      (pods) => pods.length === RING_SIZE && names(pods).every((pod) => !before.includes(pod)),
      'all pods are new',
    );
    await cluster.remove(name);
  }),
  aCase('a deleted pod comes back under another name', async (cluster) => {
    const name = await aRunningSet(cluster);
    const [pod] = await cluster.pods(name);
    const deleted = textAt(pod, 'metadata.name');
    await cluster.ok('DELETE', `/api/v1/namespaces/conformance/pods/${deleted}`);
    const pods = await cluster.until(
      () => cluster.pods(name),
      (found) => found.length === RING_SIZE && !names(found).includes(deleted),
      'there are four pods again',
    );
    expect(pods.map((each) => textAt(each, 'metadata.generateName'))).toEqual(Array(RING_SIZE).fill(`${name}-`));
    await cluster.remove(name);
  }),
  aCase('pods have the revision’s hash, the template’s generation and their owner', async (cluster) => {
    const name = await aRunningSet(cluster);
    const [revision] = await cluster.revisions(name);
    const uid = textAt(await cluster.set(name), 'metadata.uid');
    for (const pod of await cluster.pods(name)) {
      expect(textAt(pod, ['metadata', 'labels', 'controller-revision-hash'])).toBe(
        textAt(revision, ['metadata', 'labels', 'controller-revision-hash']),
      );
      expect(textAt(pod, ['metadata', 'labels', 'pod-template-generation'])).toBe('1');
      expect(itemsAt(pod, 'metadata.ownerReferences')).toEqual([
        { apiVersion: 'apps/v1', kind: 'DaemonSet', name, uid, controller: true, blockOwnerDeletion: true },
      ]);
    }
    await cluster.remove(name);
  }),
];

export const ROLLOUTS: ConformanceGroup = {
  name: 'rollouts',
  cases: [...unavailable, ...surges, ...stuck, ...onDelete, ...status],
};
