import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCluster, aManifest, at } from '../testing/api-client.ts';

const HOME = '/apis/apps/v1/namespaces/default/daemonsets';
const PODS = '/api/v1/namespaces/default/pods';
let cluster: TestCluster;

beforeAll(async () => {
  cluster = await TestCluster.start();
});

afterAll(() => cluster.close());

/** A DaemonSet with running pods; returns its uid. */
async function running(name: string): Promise<string> {
  const { body } = await cluster.send('POST', HOME, aManifest(name));
  cluster.clock.advance(6_000);
  return String(at(body, 'metadata.uid'));
}

async function podNames(name: string): Promise<readonly string[]> {
  return (await cluster.items(`${PODS}?labelSelector=app=${name}`)).map((pod) => String(at(pod, 'metadata.name')));
}

describe('deleting a DaemonSet', () => {
  it('in the background answers Success and takes its pods and revisions', async () => {
    const uid = await running('background');
    const reply = await cluster.send('DELETE', `${HOME}/background`, {
      preconditions: { uid },
      propagationPolicy: 'Background',
    });
    expect([reply.code, reply.body['status'], at(reply.body, 'details.uid')]).toEqual([200, 'Success', uid]);
    cluster.clock.advance(5_000);
    expect(await podNames('background')).toEqual([]);
    expect(
      (await cluster.items('/apis/apps/v1/namespaces/default/controllerrevisions?labelSelector=app=background')).length,
    ).toBe(0);
  });

  it('in the foreground shows it on its way out until its pods are gone', async () => {
    await running('foreground');
    const reply = await cluster.send('DELETE', `${HOME}/foreground?propagationPolicy=Foreground`);
    expect(at(reply.body, 'metadata.deletionTimestamp')).toBeDefined();
    expect(at(reply.body, 'metadata.finalizers')).toEqual(['foregroundDeletion']);
    expect((await cluster.send('GET', `${HOME}/foreground`)).code).toBe(200);
    cluster.clock.advance(5_000);
    expect((await cluster.send('GET', `${HOME}/foreground`)).code).toBe(404);
  });

  it('as orphans leaves its pods', async () => {
    await running('orphan');
    await cluster.send('DELETE', `${HOME}/orphan`, { propagationPolicy: 'Orphan' });
    cluster.clock.advance(5_000);
    expect((await cluster.send('GET', `${HOME}/orphan`)).code).toBe(404);
    expect((await podNames('orphan')).length).toBeGreaterThan(3);
  });

  it('with another uid is a conflict that names both', async () => {
    const uid = await running('guarded');
    const reply = await cluster.send('DELETE', `${HOME}/guarded`, { preconditions: { uid: 'other' } });
    expect([reply.code, reply.body['reason'], reply.body['message']]).toEqual([
      409,
      'Conflict',
      `Operation cannot be fulfilled on DaemonSet.apps "guarded": the UID in the precondition (other) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    ]);
    expect((await cluster.send('DELETE', `${HOME}/guarded`, { preconditions: { resourceVersion: '1' } })).code).toBe(
      409,
    );
  });

  it('in a dry run leaves it', async () => {
    await running('tried');
    expect((await cluster.send('DELETE', `${HOME}/tried`, { dryRun: ['All'] })).code).toBe(200);
    expect((await cluster.send('DELETE', `${HOME}/tried?dryRun=All&propagationPolicy=Foreground`)).code).toBe(200);
    expect(at(await cluster.get(`${HOME}/tried`), 'metadata.deletionTimestamp')).toBeUndefined();
    await cluster.send('DELETE', `${HOME}/tried?dryRun=All`, { propagationPolicy: 'Foreground' });
    expect(at(await cluster.get(`${HOME}/tried`), 'metadata.deletionTimestamp')).toBeDefined();
  });

  it('waits for a finalizer of its own, and goes with the last one', async () => {
    await cluster.send('POST', HOME, {
      ...aManifest('held'),
      metadata: { name: 'held', finalizers: ['example.com/hold'] },
    });
    await cluster.send('DELETE', `${HOME}/held`);
    expect(at(await cluster.get(`${HOME}/held`), 'metadata.deletionTimestamp')).toBeDefined();
    await cluster.send(
      'PATCH',
      `${HOME}/held`,
      { metadata: { finalizers: null } },
      { type: 'application/merge-patch+json' },
    );
    expect((await cluster.send('GET', `${HOME}/held`)).code).toBe(404);
  });

  it('that is not there is 404, and by an unknown policy 422', async () => {
    expect((await cluster.send('DELETE', `${HOME}/gone`)).code).toBe(404);
    await running('policy');
    expect((await cluster.send('DELETE', `${HOME}/policy`, { propagationPolicy: 'Sideways' })).code).toBe(422);
  });
});

describe('deleting a pod', () => {
  it('gives it its grace, and another takes its place', async () => {
    await running('pods');
    const [name = ''] = await podNames('pods');
    const reply = await cluster.send('DELETE', `${PODS}/${name}`);
    expect(at(reply.body, 'metadata.deletionGracePeriodSeconds')).toBe(30);
    cluster.clock.advance(6_000);
    expect(await podNames('pods')).not.toContain(name);
    expect((await podNames('pods')).length).toBeGreaterThan(3);
  });

  it('with no grace ends it at once', async () => {
    await running('abrupt');
    const [name = ''] = await podNames('abrupt');
    await cluster.send('DELETE', `${PODS}/${name}?gracePeriodSeconds=0`);
    expect((await cluster.send('GET', `${PODS}/${name}`)).code).toBe(404);
  });
});
