import { afterEach, describe, expect, it } from 'vitest';
import { DaemonSetWorld, type WorldScript } from '../fakes/daemonset-world.ts';
import { aStatus, type Scripted } from '../fakes/fake-api-server.ts';
import { aBookmark, aDaemonSetList, aDaemonSetObject } from '../fakes/objects.ts';
import { until } from '../fakes/until.ts';

let world: DaemonSetWorld | undefined;

async function aWorld(script: WorldScript): Promise<DaemonSetWorld> {
  world = await DaemonSetWorld.start(script);
  return world;
}

afterEach(async () => {
  await world?.close();
  expect(world?.clock.pendingTimers).toBe(0);
  world = undefined;
});

const agent = aDaemonSetObject('agent', { resourceVersion: '7' });
const proxy = aDaemonSetObject('proxy', { resourceVersion: '8' });
const listOf = (...items: readonly object[]): Scripted => ({ body: aDaemonSetList(items, { resourceVersion: '10' }) });
const relisted: Scripted = { body: aDaemonSetList([agent, proxy], { resourceVersion: '20' }) };
const versions = (asked: readonly { readonly query: Readonly<Record<string, string>> }[]) =>
  asked.map(({ query }) => query['resourceVersion']);

/** apiserver pkg/storage/errors.go (1.37), NewTooLargeResourceVersionError. */
const TOO_LARGE = aStatus(504, 'Timeout', 'Too large resource version: 10, current: 3', {
  causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
  retryAfterSeconds: 1,
});

describe('a resource version that is too large, as after etcd was restored from a backup', { timeout: 60_000 }, () => {
  it('on a relist: the most recent list, at once', async () => {
    const w = await aWorld({
      list: (_request, nth) => (nth === 1 ? TOO_LARGE : nth === 0 ? listOf(agent) : relisted),
      watch: (_request, nth) => (nth === 0 ? aStatus(410, 'Expired', 'too old') : 'open'),
    });
    await until('the second watch', () => w.watches.length === 2);
    expect(versions(w.lists)).toEqual([undefined, '10', undefined]);
    expect(w.names).toEqual(['agent', 'proxy']);
  });

  it('on a watch, as a status: the most recent list, not the same watch again for ever', async () => {
    const w = await aWorld({
      list: (_request, nth) => (nth === 0 ? listOf(agent) : relisted),
      watch: (_request, nth) => (nth === 0 ? TOO_LARGE : 'open'),
    });
    await until('the second watch', () => w.watches.length === 2);
    expect(versions(w.lists)).toEqual([undefined, undefined]);
    expect(versions(w.watches)).toEqual(['10', '20']);
  });

  it('on a watch, as an ERROR event: the same', async () => {
    const w = await aWorld({ list: (_request, nth) => (nth === 0 ? listOf(agent) : relisted) });
    const first = await w.server.nextOpen();
    first.send('ERROR', TOO_LARGE.body);
    await until('the second watch', () => w.watches.length === 2);
    expect(versions(w.lists)).toEqual([undefined, undefined]);
    expect(w.names).toEqual(['agent', 'proxy']);
  });

  it('as 429 on the most recent list, from a cache that lags: waits as long as it asks', async () => {
    // apiserver pkg/storage/cacher/delegator.go (1.37): the words of the timeout under TooManyRequests.
    const lagging = aStatus(429, 'TooManyRequests', 'Timeout: Too large resource version: 10, current: 3', {
      retryAfterSeconds: 4,
    });
    const w = await aWorld({ list: (_request, nth) => (nth === 0 ? lagging : listOf(agent)) });
    await w.phase('failed');
    await w.clock.advance(3999);
    expect(w.lists).toHaveLength(1);
    await w.clock.advance(1);
    await w.phase('live');
  });

  it.each([
    [504, 'Timeout', 'etcdserver: request timed out'],
    [500, 'InternalError', 'etcdserver: mvcc: required revision is a future revision'],
    [429, 'TooManyRequests', 'storage is (re)initializing'],
  ])('is not what %i %s says: the relist waits and keeps its version', async (code, reason, words) => {
    const w = await aWorld({
      list: (_request, nth) => (nth === 1 ? aStatus(code, reason, words) : nth === 0 ? listOf(agent) : relisted),
      watch: (_request, nth) => (nth === 0 ? aStatus(410, 'Expired', 'too old') : 'open'),
    });
    await until('a waiting time', () => 'retryAt' in w.reflector.state);
    await w.clock.advance(799);
    expect(versions(w.lists)).toEqual([undefined, '10']);
    expect(w.names).toEqual(['agent']);
    await w.clock.advance(1);
    await until('the second watch', () => w.watches.length === 2);
    expect(versions(w.lists)).toEqual([undefined, '10', '10']);
  });
});

describe('410 Gone in the midst of paging', { timeout: 60_000 }, () => {
  const page = { body: aDaemonSetList([agent], { resourceVersion: '10', continue: 'next' }) };
  const gone = aStatus(410, 'Expired', 'The provided continue parameter is too old');

  it('on every continue: the rows that came stay, and ten minutes of it cost some dozen requests', async () => {
    const w = await aWorld({ list: ({ query }) => (query['continue'] === undefined ? page : gone) });
    await w.phase('stale');
    expect(w.lists).toHaveLength(4);
    const shown = new Set<string>();
    for (let second = 0; second < 600; second += 1) {
      await w.clock.advance(1000);
      shown.add(w.names.join());
    }
    expect([...shown]).toEqual(['agent']);
    expect(w.reflector.state).toMatchObject({ phase: 'stale', error: { reason: 'Expired' } });
    // Two lists at once, then one after each waiting time, of two requests each: 0.8 s doubling to 30 s.
    expect(w.lists.length).toBeGreaterThan(40);
    expect(w.lists.length).toBeLessThanOrEqual(2 * 27);
    expect(w.watches).toHaveLength(0);
  });

  it('of a relist: the table stays whole until a whole list is there', async () => {
    const seen: string[] = [];
    const w = await aWorld({
      list: ({ query }, nth) => {
        seen.push(w0().names.join());
        if (nth === 0) return listOf(agent, proxy);
        if (nth === 4) return { body: aDaemonSetList([], { resourceVersion: '30' }) };
        return query['continue'] === undefined ? page : nth === 2 ? gone : { ...page, body: pageTwo };
      },
      watch: (_request, nth) => (nth === 0 ? gone : 'open'),
    });
    await until('the second watch', () => w.watches.length === 2);
    expect(seen).toEqual(['', ...Array.from({ length: 4 }, () => 'agent,proxy')]);
    expect(versions(w.lists)).toEqual([undefined, '10', undefined, undefined, undefined]);
    expect(w.names).toEqual(['agent']);
  });
  const pageTwo = aDaemonSetList([], { resourceVersion: '10', continue: 'last' });
});

function w0(): { readonly names: readonly string[] } {
  return world ?? { names: [] };
}

describe('a server that knows less', { timeout: 60_000 }, () => {
  it('without bookmarks: a quiet read is opened anew when it was silent for 90 s, and is never listed again', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    await w.server.nextOpen();
    for (let second = 0; second < 600; second += 1) await w.clock.advance(1000);
    expect(w.lists).toHaveLength(1);
    expect(w.watches).toHaveLength(7);
    expect(new Set(versions(w.watches))).toEqual(new Set(['10']));
    await w.phase('live');
  });

  it('without WatchList is asked for nothing that it does not know', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    await w.server.nextOpen();
    const asked = w.server.seen.flatMap(({ query }) => Object.keys(query));
    expect(asked.filter((name) => name === 'sendInitialEvents' || name === 'resourceVersionMatch')).toEqual([]);
  });

  it('without remainingItemCount: says how many came, not how many are left', async () => {
    const w = await aWorld({
      list: (_request, nth) =>
        nth === 0 ? { body: aDaemonSetList([agent], { resourceVersion: '10', continue: 'next' }) } : 'silent',
    });
    await w.phase('listing');
    expect(w.reflector.state).toEqual({ phase: 'listing', received: 1 });
  });

  it('whose list names no resourceVersion: says so and asks again, since a watch from nowhere misses what was deleted', async () => {
    const nameless = { body: { ...aDaemonSetList([agent], { resourceVersion: '1' }), metadata: {} } };
    const w = await aWorld({ list: (_request, nth) => (nth === 0 ? nameless : listOf(agent)) });
    await w.phase('failed');
    expect(w.reflector.state).toMatchObject({
      error: { message: 'The server answered a list that names no resourceVersion.' },
    });
    expect(w.watches).toHaveLength(0);
    await w.clock.advance(800);
    await w.phase('live');
  });

  it('whose bookmark names no resourceVersion: the watch goes on from the last version that was named', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    first.send('BOOKMARK', aBookmark('11'));
    first.send('BOOKMARK', { kind: 'DaemonSet', apiVersion: 'apps/v1', metadata: {} });
    await w.phase('stale');
    await w.clock.advance(800);
    await until('the second watch', () => w.watches.length === 2);
    expect(versions(w.watches)).toEqual(['10', '11']);
    expect(w.lists).toHaveLength(1);
  });
});

describe('a watch event that nobody understands', { timeout: 60_000 }, () => {
  const later = aDaemonSetObject('agent', { resourceVersion: '13', desired: 3 });

  it.each([
    ['of an unknown type', JSON.stringify({ type: 'RENAMED', object: later })],
    ['of type ERROR whose object is a text', JSON.stringify({ type: 'ERROR', object: 'boom' })],
    ['that is null', 'null'],
    ['whose object has no uid', JSON.stringify({ type: 'ADDED', object: { metadata: { resourceVersion: '12' } } })],
  ])('%s: nothing after it is taken, and the watch resumes from before it', async (_what, line) => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    first.write(`${line}\n${JSON.stringify({ type: 'MODIFIED', object: later })}\n`);
    await w.phase('stale');
    expect(w.reflector.parseErrors).toBe(1);
    expect(w.reflector.rows.get('uid-agent')?.resourceVersion).toBe('7');
    await w.clock.advance(800);
    const second = await w.server.nextOpen();
    expect(second.request.query['resourceVersion']).toBe('10');
    second.send('MODIFIED', later);
    await until('the event', () => w.reflector.rows.get('uid-agent')?.desired === 3);
    expect(w.lists).toHaveLength(1);
  });

  it.each([
    ['with an empty object', {}],
    ['with a Status of 500', aStatus(500, 'InternalError', 'etcd is away').body],
  ])('of type ERROR %s: a failure of the server, after which the watch goes on', async (_what, object) => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    first.send('ERROR', object);
    await w.phase('stale');
    expect(w.reflector.state).toMatchObject({ error: { reason: 'InternalError' }, retryAt: w.clock.now() + 800 });
    await w.clock.advance(800);
    expect((await w.server.nextOpen()).request.query['resourceVersion']).toBe('10');
    expect([w.lists.length, w.reflector.parseErrors]).toEqual([1, 0]);
  });

  it('that the server sends every time: the second time the collection is listed, which leads past it', async () => {
    const w = await aWorld({ list: (_request, nth) => (nth === 0 ? listOf(agent) : relisted) });
    const first = await w.server.nextOpen();
    first.write('{"type":"MODIFIED","object":{}}\n');
    await w.phase('stale');
    await w.clock.advance(800);
    const second = await w.server.nextOpen();
    second.write('{"type":"MODIFIED","object":{}}\n');
    await w.phase('stale');
    expect(w.lists).toHaveLength(1);
    await w.clock.advance(1600);
    const third = await w.server.nextOpen();
    expect(third.request.query['resourceVersion']).toBe('20');
    expect(w.names).toEqual(['agent', 'proxy']);
    expect(versions(w.lists)).toEqual([undefined, '10']);
  });
});

describe('something before the API server', { timeout: 60_000 }, () => {
  const LOGIN = '<!DOCTYPE html><html><body>Sign in</body></html>';
  const html = (type: string): Scripted => ({ headers: { 'content-type': type }, body: LOGIN });

  it.each([
    ['text/html', 'answered 200 with a web page'],
    ['application/json', 'in the middle of an event'],
  ])('answers a watch 200 with HTML as %s: said, the rows stay, no list and no tight loop', async (type, words) => {
    const w = await aWorld({
      list: () => listOf(agent),
      watch: (_request, nth) => (nth < 3 ? html(type) : 'open'),
    });
    await w.phase('stale');
    expect(w.reflector.state).toMatchObject({
      error: { message: expect.stringContaining(words) },
    });
    expect(w.names).toEqual(['agent']);
    for (const [nth, delayMs] of [800, 1600, 3200].entries()) {
      await w.clock.advance(delayMs - 1);
      expect(w.watches).toHaveLength(nth + 1);
      await w.clock.advance(1);
      await until('the next watch', () => w.watches.length === nth + 2);
    }
    await w.phase('live');
    expect(w.lists).toHaveLength(1);
  });

  it('answers a list 200 with HTML: said as what it is', async () => {
    const w = await aWorld({ list: (_request, nth) => (nth === 0 ? html('text/html') : listOf(agent)) });
    await w.phase('failed');
    expect(w.reflector.state).toMatchObject({
      error: { reason: 'Unreachable', message: expect.stringContaining('is there a login page or proxy before it?') },
    });
    await w.clock.advance(800);
    await w.phase('live');
  });

  it('redirects a watch: never followed, since the credentials are for the API server alone', async () => {
    const w = await aWorld({
      list: () => listOf(agent),
      watch: (_request, nth) => (nth === 0 ? { status: 302, headers: { location: '/login?state=1' } } : 'open'),
    });
    await w.phase('stale');
    expect(w.reflector.state).toMatchObject({ error: { reason: 'Unreachable' } });
    expect(w.server.requests('/login')).toEqual([]);
    await w.clock.advance(800);
    await w.phase('live');
    expect(w.lists).toHaveLength(1);
  });
});
