import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { TestCluster, type WatchReader, aManifest, at } from '../testing/api-client.ts';

const PODS = '/api/v1/pods';
const DAEMON_SETS = '/apis/apps/v1/daemonsets';
let cluster: TestCluster;
const watches: WatchReader[] = [];

beforeEach(async () => {
  cluster = await TestCluster.start({ watchWindow: 50 });
});

afterEach(async () => {
  for (const watch of watches.splice(0)) watch.close();
  await cluster.close();
  expect(cluster.clock.waiting).toBe(0);
});

async function watching(path: string): Promise<WatchReader> {
  const watch = await cluster.watch(path);
  watches.push(watch);
  return watch;
}

function nameOf(object: JsonObject): string {
  return String(at(object, 'metadata.name'));
}

function versionOf(object: JsonObject): string {
  return String(at(object, 'metadata.resourceVersion'));
}

async function create(name: string): Promise<void> {
  const reply = await cluster.send('POST', '/apis/apps/v1/namespaces/default/daemonsets', aManifest(name));
  expect(reply.code).toBe(201);
}

async function label(name: string, labels: JsonObject): Promise<void> {
  const path = `/apis/apps/v1/namespaces/default/daemonsets/${name}`;
  const reply = await cluster.send('PATCH', path, { metadata: { labels } }, { type: 'application/merge-patch+json' });
  expect(reply.code).toBe(200);
}

describe('a list', () => {
  it('says kind and version, which its items do not repeat', async () => {
    const list = await cluster.get(DAEMON_SETS);
    expect(list['kind']).toBe('DaemonSetList');
    expect(list['apiVersion']).toBe('apps/v1');
    expect(versionOf(list)).toMatch(/^[0-9]+$/);
    expect(at(list, 'items.0.kind')).toBeUndefined();
    expect(at(list, 'items.0.apiVersion')).toBeUndefined();
  });

  it('comes in pages that together show one moment, whatever happens meanwhile', async () => {
    const whole = await cluster.items(PODS);
    const first = await cluster.get(`${PODS}?limit=10`);
    expect(at(first, 'metadata.remainingItemCount')).toBe(whole.length - 10);
    const [gone] = whole.slice(15, 16);
    await cluster.send(
      'DELETE',
      `/api/v1/namespaces/${String(at(gone, 'metadata.namespace'))}/pods/${nameOf(gone ?? {})}?gracePeriodSeconds=0`,
    );
    cluster.clock.advance(100);
    const names: string[] = [];
    let page = first;
    for (;;) {
      names.push(...(page['items'] as readonly JsonObject[]).map(nameOf));
      const token = at(page, 'metadata.continue');
      if (token === undefined) break;
      page = await cluster.get(`${PODS}?limit=10&continue=${String(token)}`);
      expect(versionOf(page)).toBe(versionOf(first));
    }
    expect(names).toEqual(whole.map(nameOf));
  });

  it('answers 410 to a continue whose moment is past, and 400 to one it did not make', async () => {
    const first = await cluster.get(`${DAEMON_SETS}?limit=2`);
    for (let count = 0; count < 60; count += 1) await label2(count);
    const late = await cluster.send('GET', `${DAEMON_SETS}?limit=2&continue=${String(at(first, 'metadata.continue'))}`);
    expect([late.code, late.body['reason']]).toEqual([410, 'Expired']);
    expect(late.body['message']).toContain('The provided continue parameter is too old');
    expect((await cluster.send('GET', `${DAEMON_SETS}?limit=2&continue=nonsense`)).code).toBe(400);
  });

  it('selects by labels, by fields and by namespace', async () => {
    const [node] = await cluster.items('/api/v1/nodes?labelSelector=node.example.com/pool=gpu');
    const name = nameOf(node ?? {});
    const onNode = await cluster.items(`${PODS}?fieldSelector=spec.nodeName=${name}`);
    expect(onNode.length).toBeGreaterThan(3);
    expect(new Set(onNode.map((pod) => at(pod, 'spec.nodeName')))).toEqual(new Set([name]));
    expect(
      await cluster.items(`${DAEMON_SETS}?fieldSelector=metadata.name=falco,metadata.namespace=security`),
    ).toHaveLength(1);
    expect(await cluster.items('/apis/apps/v1/namespaces/kube-system/daemonsets')).toHaveLength(2);
    expect(
      await cluster.items(`${DAEMON_SETS}?labelSelector=app.kubernetes.io/name%20in%20(falco,cilium)`),
    ).toHaveLength(2);
    expect(
      await cluster.items('/api/v1/events?fieldSelector=involvedObject.kind=DaemonSet,type!=Warning'),
    ).toHaveLength(1);
  });

  it('refuses selectors that it cannot read, in the API’s words', async () => {
    const field = await cluster.send('GET', `${PODS}?fieldSelector=spec.colour=red`);
    expect([field.code, field.body['message']]).toEqual([400, 'field label not supported: spec.colour']);
    const labels = await cluster.send('GET', `${PODS}?labelSelector=a%20b`);
    expect(labels.body['message']).toBe(
      "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
    );
  });

  async function label2(count: number): Promise<void> {
    const path = '/apis/apps/v1/namespaces/security/daemonsets/falco';
    await cluster.send(
      'PATCH',
      path,
      { metadata: { labels: { count: String(count) } } },
      { type: 'application/merge-patch+json' },
    );
  }
});

describe('a watch', () => {
  it('goes on from a list’s version: added, modified, deleted', async () => {
    const watch = await watching(
      `${DAEMON_SETS}?watch=true&resourceVersion=${versionOf(await cluster.get(DAEMON_SETS))}`,
    );
    await create('agent');
    await label('agent', { tier: 'one' });
    await cluster.send('DELETE', '/apis/apps/v1/namespaces/default/daemonsets/agent');
    const events = await watch.take(3);
    expect(events.map((event) => event.type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
    const versions = events.map((event) => Number(versionOf(event.object)));
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  it('replays what came between the list and the watch', async () => {
    const version = versionOf(await cluster.get(DAEMON_SETS));
    await create('agent');
    const watch = await watching(`${DAEMON_SETS}?watch=true&resourceVersion=${version}`);
    expect((await watch.next())?.type).toBe('ADDED');
  });

  it('without a version begins with all objects', async () => {
    const watch = await watching(`${DAEMON_SETS}?watch=true`);
    const events = await watch.take(8);
    expect(events.map((event) => event.type)).toEqual(Array.from({ length: 8 }, () => 'ADDED'));
  });

  it('tells an object that enters the selection as ADDED and one that leaves it as DELETED', async () => {
    await create('agent');
    const version = versionOf(await cluster.get(DAEMON_SETS));
    const watch = await watching(`${DAEMON_SETS}?watch=true&resourceVersion=${version}&labelSelector=tier=one`);
    await label('agent', { tier: 'one' });
    await label('agent', { tier: 'two' });
    const events = await watch.take(2);
    expect(events.map((event) => event.type)).toEqual(['ADDED', 'DELETED']);
    expect(at(events[1]?.object, 'metadata.labels.tier')).toBe('one');
  });

  it('with sendInitialEvents marks the end of the initial events by a bookmark', async () => {
    const watch = await watching(
      `${DAEMON_SETS}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
    );
    const events = await watch.take(9);
    expect(events[8]?.type).toBe('BOOKMARK');
    expect(at(events[8]?.object, 'metadata.annotations')).toEqual({ 'k8s.io/initial-events-end': 'true' });
    const refused = await cluster.send('GET', `${DAEMON_SETS}?watch=true&sendInitialEvents=true`);
    expect([refused.code, at(refused.body, 'details.causes.0.field')]).toEqual([422, 'resourceVersionMatch']);
  });

  it('sends a bookmark each minute while there is something newer, if asked', async () => {
    const version = versionOf(await cluster.get('/api/v1/namespaces'));
    const watch = await watching(`/api/v1/namespaces?watch=true&allowWatchBookmarks=true&resourceVersion=${version}`);
    await create('agent');
    cluster.clock.advance(60_000);
    const event = await watch.next();
    expect(event?.type).toBe('BOOKMARK');
    expect(Number(versionOf(event?.object ?? {}))).toBeGreaterThan(Number(version));
  });

  it('ends after timeoutSeconds', async () => {
    const version = versionOf(await cluster.get(DAEMON_SETS));
    const watch = await watching(`/api/v1/namespaces?watch=true&timeoutSeconds=5&resourceVersion=${version}`);
    cluster.clock.advance(5_000);
    expect(await watch.next()).toBeUndefined();
  });

  it('from before the window is an ERROR event with 410', async () => {
    const watch = await watching(`${PODS}?watch=true&resourceVersion=5`);
    const event = await watch.next();
    expect(event?.type).toBe('ERROR');
    expect([event?.object['code'], event?.object['reason']]).toEqual([410, 'Expired']);
    expect(event?.object['message']).toContain('too old resource version: 5 (');
    expect(await watch.next()).toBeUndefined();
  });

  it('from before the window is the answer 410 where the server is set to that', async () => {
    const strict = await TestCluster.start({ expiredWatch: 'status' });
    try {
      const reply = await strict.send('GET', `${PODS}?watch=true&resourceVersion=5`);
      expect([reply.code, reply.body['reason']]).toEqual([410, 'Expired']);
    } finally {
      await strict.close();
    }
  });
});
