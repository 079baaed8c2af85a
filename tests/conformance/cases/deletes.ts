import { expect } from 'vitest';
import type { JsonObject } from '../../../src/shared/manifest/json-value.ts';
import { manifestToCreate } from '../../../src/shared/manifest/server-fields.ts';
import { type ConformanceGroup, aCase } from '../conformance-case.ts';
import { at, itemsAt, numberAt, textAt } from '../json-path.ts';
import { type JudgedCluster, NAMESPACE, PATCH, RING_SIZE } from '../judged-cluster.ts';
import { type Json, nowhere, onRing } from '../manifest.ts';

const OTHER_UID = '11111111-2222-3333-4444-555555555555';

async function aRunningSet(cluster: JudgedCluster): Promise<string> {
  const name = cluster.name('del');
  await cluster.create(onRing(name));
  await cluster.untilRolledOut(name);
  return name;
}

async function isGone(cluster: JudgedCluster, name: string): Promise<void> {
  await cluster.until(
    () => cluster.send('GET', cluster.sets(name)),
    ({ code }) => code === 404,
    `${name} is gone`,
  );
}

async function removePod(cluster: JudgedCluster, pod: unknown): Promise<void> {
  await cluster.ok(
    'DELETE',
    `/api/v1/namespaces/${NAMESPACE}/pods/${textAt(pod, 'metadata.name')}?gracePeriodSeconds=0`,
  );
}

/** Which revision it is, and its number. */
function identityOf(revision: unknown): readonly [uid: string, number: number] {
  return [textAt(revision, 'metadata.uid'), numberAt(revision, 'revision')];
}

/** What the application makes a DaemonSet again from. */
function madeAgain(stored: unknown): Json {
  return manifestToCreate(stored as JsonObject);
}

function withoutAnnotations(manifest: Json): Json {
  return { ...manifest, metadata: { ...(manifest['metadata'] as Json), annotations: {} } };
}

export const DELETES: ConformanceGroup = {
  name: 'deletes',
  cases: [
    aCase('another uid is 409 Conflict and deletes nothing', async (cluster) => {
      const name = cluster.name('del');
      await cluster.create(nowhere(name));
      const reply = await cluster.send('DELETE', cluster.sets(name), { preconditions: { uid: OTHER_UID } });
      expect(reply.body).toMatchObject({ code: 409, reason: 'Conflict', details: { name } });
      expect(textAt(reply.body, 'message')).toContain('UID in the precondition');
      expect((await cluster.send('GET', cluster.sets(name))).code).toBe(200);
    }),
    aCase('the right uid deletes', async (cluster) => {
      const name = cluster.name('del');
      const uid = textAt(await cluster.create(nowhere(name)), 'metadata.uid');
      const answer = await cluster.ok('DELETE', cluster.sets(name), { preconditions: { uid } });
      expect(answer).toMatchObject({
        kind: 'Status',
        status: 'Success',
        details: { name, uid, group: 'apps', kind: 'daemonsets' },
      });
      expect((await cluster.send('GET', cluster.sets(name))).code).toBe(404);
    }),
    aCase('an old resourceVersion is 409 Conflict', async (cluster) => {
      const name = cluster.name('del');
      const made = await cluster.create(nowhere(name));
      await cluster.patch(name, { spec: { minReadySeconds: 1 } });
      const resourceVersion = textAt(made, 'metadata.resourceVersion');
      const reply = await cluster.send('DELETE', cluster.sets(name), { preconditions: { resourceVersion } });
      expect(reply.body).toMatchObject({ code: 409, reason: 'Conflict' });
    }),
    aCase('an eviction of another uid is 409, of a pod it deletes it, of none it is 404', async (cluster) => {
      const [pod] = await cluster.pods(await aRunningSet(cluster));
      const name = textAt(pod, 'metadata.name');
      const path = `/api/v1/namespaces/${NAMESPACE}/pods/${name}/eviction`;
      const evict = (uid: string) =>
        cluster.send('POST', path, {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name, namespace: NAMESPACE },
          deleteOptions: { preconditions: { uid } },
        });
      expect((await evict(OTHER_UID)).body).toMatchObject({ code: 409, reason: 'Conflict' });
      expect(await evict(textAt(pod, 'metadata.uid'))).toMatchObject({ code: 201, body: { status: 'Success' } });
      await cluster.until(
        () => evict(OTHER_UID),
        ({ code }) => code === 404,
        `${name} is gone`,
      );
    }),
    aCase('a dryRun among the DeleteOptions deletes nothing, and checks the uid', async (cluster) => {
      const name = cluster.name('del');
      const uid = textAt(await cluster.create(nowhere(name)), 'metadata.uid');
      for (const propagationPolicy of ['Background', 'Foreground', 'Orphan']) {
        const options = { propagationPolicy, dryRun: ['All'] };
        await cluster.ok('DELETE', cluster.sets(name), { ...options, preconditions: { uid } });
        const other = await cluster.send('DELETE', cluster.sets(name), {
          ...options,
          preconditions: { uid: OTHER_UID },
        });
        expect(other.code).toBe(409);
      }
      const left = await cluster.get(cluster.sets(name));
      expect([textAt(left, 'metadata.uid'), at(left, 'metadata.deletionTimestamp')]).toEqual([uid, undefined]);
    }),
    aCase('a dryRun in the query beside DeleteOptions is not read: it deletes', async (cluster) => {
      const name = cluster.name('del');
      const uid = textAt(await cluster.create(nowhere(name)), 'metadata.uid');
      await cluster.ok('DELETE', cluster.sets(name, '?dryRun=All'), { preconditions: { uid } });
      expect((await cluster.send('GET', cluster.sets(name))).code).toBe(404);
    }),
    aCase('a dry run of an eviction or a deletion leaves the pod, and checks the uid', async (cluster) => {
      const set = await aRunningSet(cluster);
      const [pod] = await cluster.pods(set);
      const [name, uid] = [textAt(pod, 'metadata.name'), textAt(pod, 'metadata.uid')];
      const path = `/api/v1/namespaces/${NAMESPACE}/pods/${name}`;
      const evict = (wanted: string) =>
        cluster.send('POST', `${path}/eviction?dryRun=All`, {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name, namespace: NAMESPACE },
          deleteOptions: { preconditions: { uid: wanted } },
        });
      expect([(await evict(uid)).code, (await evict(OTHER_UID)).code]).toEqual([201, 409]);
      const remove = (wanted: string) =>
        cluster.send('DELETE', path, { preconditions: { uid: wanted }, dryRun: ['All'] });
      expect([(await remove(uid)).code, (await remove(OTHER_UID)).code]).toEqual([200, 409]);
      const left = await cluster.get(path);
      expect([textAt(left, 'metadata.uid'), at(left, 'metadata.deletionTimestamp')]).toEqual([uid, undefined]);
      await cluster.remove(set);
    }),
    aCase('deleting what is not there is 404', async (cluster) => {
      expect((await cluster.send('DELETE', cluster.sets('nobody'))).body).toMatchObject({
        code: 404,
        reason: 'NotFound',
      });
    }),
    aCase('a propagation policy that is none is refused', async (cluster) => {
      const name = cluster.name('del');
      await cluster.create(nowhere(name));
      const reply = await cluster.send('DELETE', cluster.sets(name), { propagationPolicy: 'Sideways' });
      expect(reply.body).toMatchObject({
        code: 422,
        details: { causes: [{ reason: 'FieldValueNotSupported', field: 'propagationPolicy' }] },
      });
    }),
    aCase('Background deletes at once, its pods after it', async (cluster) => {
      const name = await aRunningSet(cluster);
      await cluster.ok('DELETE', cluster.sets(name), { propagationPolicy: 'Background' });
      expect((await cluster.send('GET', cluster.sets(name))).code).toBe(404);
      await cluster.until(
        () => cluster.pods(name),
        (pods) => pods.length === 0,
        'its pods are gone',
      );
    }),
    aCase('Foreground waits for its pods with a finalizer', async (cluster) => {
      const name = await aRunningSet(cluster);
      const answer = await cluster.ok('DELETE', cluster.sets(name), { propagationPolicy: 'Foreground' });
      expect(at(answer, 'metadata.finalizers')).toEqual(['foregroundDeletion']);
      expect(textAt(answer, 'metadata.deletionTimestamp')).not.toBe('');
      expect(numberAt(answer, 'metadata.generation')).toBe(2);
      await isGone(cluster, name);
      const left = await cluster.items(`/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=app%3D${name}`);
      expect(left).toEqual([]);
    }),
    aCase('Orphan leaves its pods without an owner', async (cluster) => {
      const name = await aRunningSet(cluster);
      const answer = await cluster.ok('DELETE', cluster.sets(name), { propagationPolicy: 'Orphan' });
      expect(at(answer, 'metadata.finalizers')).toEqual(['orphan']);
      await isGone(cluster, name);
      const pods = await cluster.pods(name);
      expect(pods).toHaveLength(RING_SIZE);
      expect(pods.flatMap((pod) => itemsAt(pod, 'metadata.ownerReferences'))).toEqual([]);
      for (const pod of pods) await removePod(cluster, pod);
    }),
    aCase('orphans are adopted by a new DaemonSet of their selector', async (cluster) => {
      const name = await aRunningSet(cluster);
      const before = (await cluster.pods(name)).map((pod) => textAt(pod, 'metadata.uid'));
      await cluster.ok('DELETE', cluster.sets(name), { propagationPolicy: 'Orphan' });
      await isGone(cluster, name);
      const uid = textAt(await cluster.create(onRing(name)), 'metadata.uid');
      const adopted = await cluster.until(
        () => cluster.pods(name),
        (pods) => pods.every((pod) => textAt(pod, 'metadata.ownerReferences.0.uid') === uid),
        'all pods are owned again',
      );
      expect(adopted.map((pod) => textAt(pod, 'metadata.uid')).toSorted()).toEqual(before.toSorted());
      await cluster.remove(name);
    }),
    aCase('Background and Foreground take its revisions', async (cluster) => {
      for (const propagationPolicy of ['Background', 'Foreground']) {
        const name = await aRunningSet(cluster);
        await cluster.ok('DELETE', cluster.sets(name), { propagationPolicy });
        await isGone(cluster, name);
        await cluster.until(
          () => cluster.revisions(name),
          (revisions) => revisions.length === 0,
          `the revisions of ${name} are gone`,
        );
      }
    }),
    aCase('a name is taken while Foreground waits, and free when it is gone', async (cluster) => {
      const name = await aRunningSet(cluster);
      // Held until its finalizer goes, so that the wait does not hang on how fast pods end.
      await cluster.patch(name, { metadata: { finalizers: ['everynode.test/hold'] } });
      await cluster.ok('DELETE', cluster.sets(name), { propagationPolicy: 'Foreground' });
      const refused = await cluster.send('POST', cluster.sets('', '?dryRun=All'), onRing(name));
      expect(refused.body).toMatchObject({ code: 409, reason: 'AlreadyExists', details: { name } });
      expect(textAt(refused.body, 'message')).toBe(`object is being deleted: daemonsets.apps "${name}" already exists`);
      await cluster.patch(name, [{ op: 'remove', path: '/metadata/finalizers' }], PATCH.json);
      await isGone(cluster, name);
      expect((await cluster.send('POST', cluster.sets('', '?dryRun=All'), onRing(name))).code).toBe(201);
    }),
    aCase('Orphan leaves its revisions without an owner, and one made again adopts them', async (cluster) => {
      const name = await aRunningSet(cluster);
      await cluster.setImage(name, 'registry.test/tool:2');
      await cluster.untilRolledOut(name);
      const pods = (await cluster.pods(name)).map((pod) => textAt(pod, 'metadata.uid'));
      const kept = (await cluster.revisions(name)).map(identityOf);
      expect(kept.map(([, number]) => number)).toEqual([1, 2]);
      const asItWas = madeAgain(await cluster.set(name));
      await cluster.ok('DELETE', cluster.sets(name), { propagationPolicy: 'Orphan' });
      await isGone(cluster, name);
      const orphaned = await cluster.revisions(name);
      expect(orphaned.map(identityOf)).toEqual(kept);
      expect(orphaned.flatMap((each) => itemsAt(each, 'metadata.ownerReferences'))).toEqual([]);
      const uid = textAt(await cluster.create(asItWas), 'metadata.uid');
      await cluster.untilRolledOut(name);
      const adopted = await cluster.until(
        () => cluster.revisions(name),
        (revisions) => revisions.every((each) => textAt(each, 'metadata.ownerReferences.0.uid') === uid),
        'all revisions are owned again',
      );
      expect(adopted.map(identityOf)).toEqual(kept);
      expect((await cluster.pods(name)).map((pod) => textAt(pod, 'metadata.uid')).toSorted()).toEqual(pods.toSorted());
      await cluster.remove(name);
    }),
    aCase(
      'old orphans are still old for one made again, if it keeps the generation of its template',
      async (cluster) => {
        const name = cluster.name('del');
        await cluster.create(onRing(name, { spec: { updateStrategy: { type: 'OnDelete' } } }));
        await cluster.untilRolledOut(name);
        await cluster.setImage(name, 'registry.test/tool:2');
        const wanted = { currentNumberScheduled: RING_SIZE, numberAvailable: RING_SIZE };
        await cluster.untilStatus(name, wanted);
        const asItWas = madeAgain(await cluster.set(name));
        const makeAgain = async (manifest: Json, updated: number): Promise<void> => {
          await cluster.ok('DELETE', cluster.sets(name), { propagationPolicy: 'Orphan' });
          await isGone(cluster, name);
          await cluster.create(manifest);
          await cluster.untilStatus(name, { ...wanted, ...(updated > 0 && { updatedNumberScheduled: updated }) });
          expect(at(await cluster.set(name), 'status.updatedNumberScheduled') ?? 0).toBe(updated);
        };
        await makeAgain(asItWas, 0);
        await makeAgain(withoutAnnotations(asItWas), RING_SIZE);
        await cluster.remove(name);
      },
    ),
    aCase('a pod whose labels leave the selector is released and replaced', async (cluster) => {
      const name = await aRunningSet(cluster);
      const [pod] = await cluster.pods(name);
      const path = `/api/v1/namespaces/${NAMESPACE}/pods/${textAt(pod, 'metadata.name')}`;
      await cluster.ok('PATCH', path, { metadata: { labels: { app: 'released' } } }, 'application/merge-patch+json');
      const released = await cluster.until(
        () => cluster.get(path),
        (found) => itemsAt(found, 'metadata.ownerReferences').length === 0,
        'the pod has no owner',
      );
      await cluster.untilRolledOut(name);
      await removePod(cluster, released);
      await cluster.remove(name);
    }),
    aCase('deleting a pod says when and keeps it while it stops', async (cluster) => {
      const name = await aRunningSet(cluster);
      const [pod] = await cluster.pods(name);
      const path = `/api/v1/namespaces/${NAMESPACE}/pods/${textAt(pod, 'metadata.name')}`;
      const answer = await cluster.ok('DELETE', path, { preconditions: { uid: textAt(pod, 'metadata.uid') } });
      expect(answer).toMatchObject({ kind: 'Pod', metadata: { deletionGracePeriodSeconds: 1 } });
      expect(textAt(answer, 'metadata.deletionTimestamp')).not.toBe('');
      await cluster.remove(name);
    }),
  ],
};
