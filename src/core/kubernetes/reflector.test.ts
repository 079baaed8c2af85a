import { afterEach, describe, expect, it } from 'vitest';
import { DAEMONSETS, DaemonSetWorld, type WorldScript } from '../../../tests/fakes/daemonset-world.ts';
import { aStatus, type Scripted } from '../../../tests/fakes/fake-api-server.ts';
import { aBookmark, aDaemonSetList, aDaemonSetObject } from '../../../tests/fakes/objects.ts';
import { until } from '../../../tests/fakes/until.ts';

let world: DaemonSetWorld | undefined;

async function aWorld(script: WorldScript, query: Readonly<Record<string, string>> = {}): Promise<DaemonSetWorld> {
  world = await DaemonSetWorld.start(script, query);
  return world;
}

afterEach(async () => {
  await world?.close();
  world = undefined;
});

const agent = aDaemonSetObject('agent', { resourceVersion: '7' });
const proxy = aDaemonSetObject('proxy', { resourceVersion: '8' });

function listOf(...items: readonly object[]): Scripted {
  return { body: aDaemonSetList(items, { resourceVersion: '10' }) };
}

const DOWN = aStatus(503, 'ServiceUnavailable', 'down');
const GONE = aStatus(410, 'Expired', 'too old resource version: 10 (99)');

describe('the first list', () => {
  it('shows rows page by page and follows the continue token, without a version beside it', async () => {
    const w = await aWorld({
      list: (_request, nth) => {
        if (nth === 0) {
          return { body: aDaemonSetList([agent], { resourceVersion: '10', continue: 'next', remainingItemCount: 1 }) };
        }
        return listOf(proxy);
      },
    });
    await until('the first page', () => w.reflector.state.phase === 'listing');
    expect(w.reflector.state).toEqual({ phase: 'listing', received: 1, remaining: 1 });
    expect(w.names).toEqual(['agent']);
    await w.phase('live');
    expect(w.names).toEqual(['agent', 'proxy']);
    expect(w.lists.map((request) => request.query)).toEqual([{ limit: '500' }, { limit: '500', continue: 'next' }]);
  });

  it('tells its readers every row once: pages, then only that they are live', async () => {
    const w = await aWorld({
      list: (_request, nth) =>
        nth === 0 ? { body: aDaemonSetList([agent], { resourceVersion: '10', continue: 'next' }) } : listOf(proxy),
    });
    const told: string[] = [];
    w.reflector.subscribe((change) => {
      told.push(change.type === 'rows' ? change.upserted.map(({ name }) => name).join() : change.type);
    });
    await w.phase('live');
    expect(told.slice(0, 3)).toEqual(['agent', 'proxy', 'state']);
    expect(told).not.toContain('reset');
  });

  it('passes the selector to the list and to the watch, which starts at the list’s version with bookmarks', async () => {
    const w = await aWorld({ list: () => listOf(agent) }, { labelSelector: 'app in (a,b)' });
    await w.server.nextOpen();
    expect(w.lists[0]?.query).toEqual({ labelSelector: 'app in (a,b)', limit: '500' });
    expect(w.watches[0]?.query).toEqual({
      labelSelector: 'app in (a,b)',
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: '10',
      timeoutSeconds: '300',
    });
  });

  it('begins again after a 410 on a continue token, keeps the view meanwhile and then drops what is gone', async () => {
    const views: (readonly string[])[] = [];
    const w = await aWorld({
      list: (_request, nth) => {
        views.push(w.names);
        if (nth === 0) return { body: aDaemonSetList([agent], { resourceVersion: '10', continue: 'old' }) };
        return nth === 1 ? GONE : listOf(proxy);
      },
    });
    await w.phase('live');
    expect(views).toEqual([[], ['agent'], ['agent']]);
    expect(w.lists[2]?.query).toEqual({ limit: '500' });
    expect(w.names).toEqual(['proxy']);
  });

  it('fails with the server’s words when listing is forbidden, and asks again after 30 s', async () => {
    const w = await aWorld({
      list: (_request, nth) => (nth === 0 ? aStatus(403, 'Forbidden', 'daemonsets.apps is forbidden') : listOf(agent)),
    });
    await w.phase('failed');
    expect(w.reflector.state).toMatchObject({
      error: { reason: 'Forbidden', message: 'daemonsets.apps is forbidden' },
      retryAt: w.clock.now() + 30_000,
    });
    await w.clock.advance(29_999);
    expect(w.lists).toHaveLength(1);
    await w.clock.advance(1);
    await w.phase('live');
  });

  it('says that an answer which is no Kubernetes list cannot be read, and tries again', async () => {
    const w = await aWorld({ list: (_request, nth) => (nth === 0 ? { body: '<html>' } : listOf(agent)) });
    await w.phase('failed');
    expect(w.reflector.parseErrors).toBe(1);
    expect(w.reflector.state).toMatchObject({ error: { reason: 'InternalError' } });
    await w.clock.advance(800);
    await w.phase('live');
  });

  it('keeps the pages that came when a later one fails, says that they are stale, and lists again', async () => {
    const w = await aWorld({
      list: (_request, nth) => {
        if (nth === 0) return { body: aDaemonSetList([agent], { resourceVersion: '10', continue: 'next' }) };
        return nth === 1 ? aStatus(500, 'InternalError', 'etcd is away') : listOf(agent, proxy);
      },
    });
    await w.phase('stale');
    expect(w.names).toEqual(['agent']);
    expect(w.reflector.listed).toBe(false);
    await w.clock.advance(800);
    await w.phase('live');
    expect(w.lists[2]?.query).toEqual({ limit: '500' });
    expect(w.names).toEqual(['agent', 'proxy']);
    expect(w.reflector.listed).toBe(true);
  });

  it('backs off while the server is not there, longer each time', async () => {
    const w = await aWorld({ list: (_request, nth) => (nth < 3 ? DOWN : listOf(agent)) });
    for (const delayMs of [800, 1600, 3200]) {
      const retryAt = w.clock.now() + delayMs;
      await until('a waiting time', () => 'retryAt' in w.reflector.state && w.reflector.state.retryAt === retryAt);
      const asked = w.lists.length;
      await w.clock.advance(delayMs - 1);
      expect(w.lists).toHaveLength(asked);
      await w.clock.advance(1);
    }
    await w.phase('live');
  });

  it('says that a server cut the connection, and tries again', async () => {
    let isUp = false;
    const w = await aWorld({ list: () => (isUp ? listOf(agent) : 'cut') });
    await w.phase('failed');
    expect(w.reflector.state).toMatchObject({ error: { retry: true } });
    isUp = true;
    await w.clock.advance(800);
    await w.phase('live');
  });
});

describe('a watch', () => {
  it('adds, changes and removes rows, and resumes from the last event', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    first.send('ADDED', aDaemonSetObject('proxy', { resourceVersion: '11' }));
    first.send('MODIFIED', aDaemonSetObject('agent', { resourceVersion: '12', desired: 5 }));
    first.send('DELETED', aDaemonSetObject('proxy', { resourceVersion: '13' }));
    await until('the change', () => w.reflector.rows.get('uid-agent')?.desired === 5);
    await until('the deletion', () => w.names.length === 1);
    const liveSince = w.reflector.state;
    await w.clock.advance(2000);
    first.end();
    const second = await w.server.nextOpen();
    expect(second.request.query['resourceVersion']).toBe('13');
    expect(w.lists).toHaveLength(1);
    expect(w.reflector.state).toEqual(liveSince);
  });

  it('resumes from a bookmark, which changes no row', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    first.send('BOOKMARK', aBookmark('400'));
    first.end();
    const second = await w.server.nextOpen();
    expect(second.request.query['resourceVersion']).toBe('400');
    expect(w.names).toEqual(['agent']);
  });

  it('takes the same name with a new uid as a delete and an add', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const watch = await w.server.nextOpen();
    watch.send('ADDED', aDaemonSetObject('agent', { uid: 'uid-again', resourceVersion: '20' }));
    await until('the namesake', () => w.reflector.rows.has('uid-again'));
    expect([...w.reflector.rows.keys()]).toEqual(['uid-again']);
    watch.send('DELETED', aDaemonSetObject('agent', { uid: 'uid-agent', resourceVersion: '21' }));
    watch.send('MODIFIED', aDaemonSetObject('agent', { uid: 'uid-again', resourceVersion: '22' }));
    await until('the later event', () => w.reflector.rows.get('uid-again')?.resourceVersion === '22');
    expect([...w.reflector.rows.keys()]).toEqual(['uid-again']);
  });

  it('reads events that are cut anywhere, also inside a UTF-8 character', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const watch = await w.server.nextOpen();
    const object = aDaemonSetObject('agent', { resourceVersion: '11', labels: { team: 'Größe-日本' } });
    for (const byte of new TextEncoder().encode(`${JSON.stringify({ type: 'MODIFIED', object })}\n`)) {
      watch.write(Uint8Array.of(byte));
    }
    await until('the event', () => w.reflector.rows.get('uid-agent')?.labels['team'] === 'Größe-日本');
  });

  it('drops the connection at a line that cannot be read and resumes before it, so that nothing is skipped', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    first.send('MODIFIED', aDaemonSetObject('agent', { resourceVersion: '11' }));
    first.write('{"type":"MODIFIED","object":{"metad\n');
    first.send('MODIFIED', aDaemonSetObject('agent', { resourceVersion: '13' }));
    await w.phase('stale');
    await first.closed;
    expect(w.reflector.parseErrors).toBe(1);
    expect(w.reflector.rows.get('uid-agent')?.resourceVersion).toBe('11');
    await w.clock.advance(800);
    const second = await w.server.nextOpen();
    expect(second.request.query['resourceVersion']).toBe('11');
    await w.phase('live');
  });

  it('resumes a connection that is cut in the middle of an event without listing again', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    first.write('{"type":"MODIFIED","obj');
    first.cut();
    await w.phase('stale');
    expect(w.names).toEqual(['agent']);
    await w.clock.advance(800);
    const second = await w.server.nextOpen();
    expect(second.request.query['resourceVersion']).toBe('10');
    await w.phase('live');
    expect(w.lists).toHaveLength(1);
  });

  it('takes a body that ends properly in the middle of an event for a cut', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    await w.phase('live');
    await w.clock.advance(5000);
    first.write('{"type":"MODIFIED","obj');
    first.end();
    await w.phase('stale');
    expect(w.reflector.state).toMatchObject({ error: { message: 'The watch was cut in the middle of an event.' } });
    await w.clock.advance(800);
    const second = await w.server.nextOpen();
    expect(second.request.query['resourceVersion']).toBe('10');
  });

  it('counts a watch that ends within a second without events as an error', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    first.end();
    await w.phase('stale');
    expect(w.watches).toHaveLength(1);
    await w.clock.advance(800);
    await w.server.nextOpen();
  });

  it('takes 90 s of silence for death, and any byte for life', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    await w.phase('live');
    await w.clock.advance(80_000);
    first.send('BOOKMARK', aBookmark('11'));
    await w.clock.advance(89_000);
    expect(w.reflector.state.phase).toBe('live');
    await w.clock.advance(1000);
    await w.phase('stale');
    await first.closed;
    expect(w.reflector.state).toMatchObject({ error: { reason: 'Disconnected' }, since: w.clock.now() });
    await w.clock.advance(800);
    const second = await w.server.nextOpen();
    expect(second.request.query['resourceVersion']).toBe('11');
  });

  it('is opened anew from its last version after 14 s of silence while somebody looks, since nothing can be asked on HTTP/1.1', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const leave = w.connection.attention.hold();
    const first = await w.server.nextOpen();
    await w.phase('live');
    first.send('BOOKMARK', aBookmark('11'));
    await w.clock.advance(13_999);
    expect(w.watches).toHaveLength(1);
    await w.clock.advance(1);
    await first.closed;
    const second = await w.server.nextOpen();
    expect(second.request.query['resourceVersion']).toBe('11');
    leave();
    await w.clock.advance(60_000);
    expect(second.isClosed).toBe(false);
    expect(w.lists).toHaveLength(1);
    expect(w.changes).not.toContain('state:stale');
  });

  it('is stale 19 s after the last word of a server that fell silent, and comes back by itself', async () => {
    const w = await aWorld({ list: () => listOf(agent), watch: (_request, nth) => (nth === 1 ? 'silent' : 'open') });
    w.connection.attention.hold();
    await w.server.nextOpen();
    await w.phase('live');
    await w.clock.advance(14_000);
    await until('the second watch', () => w.watches.length === 2);
    await w.clock.advance(4999);
    expect(w.reflector.state.phase).toBe('live');
    await w.clock.advance(1);
    await w.phase('stale');
    expect(w.reflector.state).toMatchObject({
      error: { message: expect.stringContaining('did not answer within 5 s') },
    });
    await w.clock.advance(800);
    await w.server.nextOpen();
    await w.phase('live');
    expect(w.lists).toHaveLength(1);
  });

  it('is stale at once after the machine slept, and comes back by itself', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    await w.phase('live');
    await w.clock.advance(5000);
    await w.clock.jump(3_600_000);
    await first.closed;
    await w.server.nextOpen();
    await w.phase('live');
    expect(w.changes).toContain('state:stale');
    expect(w.lists).toHaveLength(1);
  });
});

describe('410 Gone', () => {
  it.each([
    ['as a status', true],
    ['as an event', false],
  ])('%s: lists again from the last version, keeps the table and removes what is gone', async (_how, asStatus) => {
    const phases: string[] = [];
    const w = await aWorld({
      list: (_request, nth) => {
        phases.push(`${w.reflector.state.phase}:${w.names.join()}`);
        return nth === 0 ? listOf(agent, proxy) : { body: aDaemonSetList([proxy], { resourceVersion: '50' }) };
      },
      watch: (_request, nth) => (asStatus && nth === 0 ? GONE : 'open'),
    });
    if (!asStatus) {
      const first = await w.server.nextOpen();
      const ghost = { type: 'ADDED', object: aDaemonSetObject('ghost') };
      first.write(`${JSON.stringify({ type: 'ERROR', object: GONE.body })}\n${JSON.stringify(ghost)}\n`);
    }
    const watch = await w.server.nextOpen();
    expect(watch.request.query['resourceVersion']).toBe('50');
    expect(w.lists[1]?.query).toEqual({ limit: '500', resourceVersion: '10', resourceVersionMatch: 'NotOlderThan' });
    expect(phases).toEqual(['connecting:', 'stale:agent,proxy']);
    expect(w.names).toEqual(['proxy']);
    expect(w.changes.at(-1)).toBe('reset:live');
  });

  it('on the relist: lists once more, from the most recent', async () => {
    const w = await aWorld({
      list: (_request, nth) => (nth === 1 ? GONE : listOf(agent)),
      watch: (_request, nth) => (nth === 0 ? GONE : 'open'),
    });
    await w.server.nextOpen();
    expect(w.lists.map((request) => request.query['resourceVersion'])).toEqual([undefined, '10', undefined]);
  });

  it('on the relist, or a version that a restored etcd does not have yet: lists the most recent', async () => {
    const w = await aWorld({
      list: (_request, nth) =>
        nth === 1 ? aStatus(504, 'Timeout', 'Too large resource version: 10, current: 3') : listOf(agent),
      watch: (_request, nth) => (nth === 0 ? GONE : 'open'),
    });
    await w.server.nextOpen();
    expect(w.lists.map((request) => request.query['resourceVersion'])).toEqual([undefined, '10', undefined]);
  });

  it('again and again: backs off instead of listing in a loop', async () => {
    const w = await aWorld({ list: () => listOf(agent), watch: () => GONE });
    await until('a waiting time', () => 'retryAt' in w.reflector.state);
    await w.clock.advance(799);
    expect([w.lists.length, w.watches.length]).toEqual([2, 2]);
    await w.clock.advance(1);
    await until('the next refusal', () => w.watches.length === 3 && w.reflector.state.phase === 'stale');
    expect(w.reflector.state).toMatchObject({ phase: 'stale', error: { reason: 'Expired' } });
  });

  it('on a relist of many pages: names the version on the first page alone', async () => {
    const w = await aWorld({
      list: (_request, nth) => {
        if (nth === 1) return { body: aDaemonSetList([agent], { resourceVersion: '50', continue: 'next' }) };
        return nth === 0 ? listOf(agent) : { body: aDaemonSetList([proxy], { resourceVersion: '50' }) };
      },
      watch: (_request, nth) => (nth === 0 ? GONE : 'open'),
    });
    await w.server.nextOpen();
    expect(w.lists[2]?.query).toEqual({ limit: '500', continue: 'next' });
    expect(w.names).toEqual(['agent', 'proxy']);
  });
});

describe('a busy or absent server', () => {
  it.each([
    [429, 'TooManyRequests'],
    [500, 'InternalError'],
    [503, 'ServiceUnavailable'],
  ])('answers %i: watches again after a while without listing', async (code, reason) => {
    const w = await aWorld({
      list: () => listOf(agent),
      watch: (_request, nth) => (nth === 0 ? aStatus(code, reason, 'busy') : 'open'),
    });
    await until('stale', () => w.changes.includes('state:stale'));
    expect(w.reflector.state).toMatchObject({ phase: 'stale', error: { reason }, retryAt: w.clock.now() + 800 });
    await w.clock.advance(800);
    await w.server.nextOpen();
    expect(w.lists).toHaveLength(1);
  });

  it('is left alone for as long as Retry-After asks', async () => {
    const busy = { ...aStatus(429, 'TooManyRequests', 'busy'), headers: { 'retry-after': '7' } };
    const w = await aWorld({ list: () => listOf(agent), watch: (_request, nth) => (nth === 0 ? busy : 'open') });
    await w.phase('stale');
    await w.clock.advance(6999);
    expect(w.watches).toHaveLength(1);
    await w.clock.advance(1);
    await w.server.nextOpen();
  });

  it('keeps the rows as stale when the right to watch is taken away, and asks ever more rarely', async () => {
    const w = await aWorld({ list: () => listOf(agent), watch: () => aStatus(403, 'Forbidden', 'no more') });
    await until('stale', () => w.changes.includes('state:stale'));
    for (const delayMs of [800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]) {
      const retryAt = w.clock.now() + delayMs;
      await until('a waiting time', () => 'retryAt' in w.reflector.state && w.reflector.state.retryAt === retryAt);
      expect(w.reflector.state).toMatchObject({ phase: 'stale', error: { reason: 'Forbidden' } });
      await w.clock.advance(delayMs);
    }
    expect(w.names).toEqual(['agent']);
    expect(w.lists).toHaveLength(1);
  });

  it('that has just started and knows no RBAC rules yet is asked again soon by a read that was live', async () => {
    const early = aStatus(403, 'Forbidden', 'daemonsets.apps is forbidden');
    const w = await aWorld({ list: () => listOf(agent), watch: (_request, nth) => (nth < 2 ? early : 'open') });
    await until('stale', () => w.changes.includes('state:stale'));
    await w.clock.advance(800);
    await until('the second watch', () => w.watches.length === 2);
    await w.clock.advance(1600);
    await w.server.nextOpen();
    await w.phase('live');
    expect(w.lists).toHaveLength(1);
  });

  it('that does not know the credentials any more is asked every 30 s', async () => {
    const w = await aWorld({
      list: () => listOf(agent),
      watch: (_request, nth) => (nth === 0 ? aStatus(401, 'Unauthorized', 'Unauthorized') : 'open'),
    });
    await until('stale', () => w.changes.includes('state:stale'));
    expect(w.reflector.state).toMatchObject({ error: { reason: 'Unauthorized' }, retryAt: w.clock.now() + 30_000 });
    await w.clock.advance(30_000);
    await w.server.nextOpen();
  });

  it('is forgiven after two minutes of health: the next failure waits the shortest time again', async () => {
    const w = await aWorld({ list: () => listOf(agent), watch: (_request, nth) => (nth < 2 ? DOWN : 'open') });
    await w.phase('stale');
    await w.clock.advance(2400);
    const watch = await w.server.nextOpen();
    await w.phase('live');
    for (let minute = 0; minute < 2; minute++) {
      await w.clock.advance(60_000);
      watch.send('BOOKMARK', aBookmark(`${20 + minute}`));
    }
    await w.clock.advance(1);
    watch.cut();
    await w.phase('stale');
    expect(w.reflector.state).toMatchObject({ retryAt: w.clock.now() + 800 });
  });

  it('keeps the time since when it is stale over many attempts', async () => {
    const w = await aWorld({ list: () => listOf(agent), watch: () => aStatus(503, 'ServiceUnavailable', 'down') });
    await w.phase('stale');
    const since = w.clock.now();
    await w.clock.advance(10_000);
    expect(w.watches.length).toBeGreaterThan(2);
    expect(w.reflector.state).toMatchObject({ phase: 'stale', since });
  });

  it('is asked at once when the user presses "now"', async () => {
    const w = await aWorld({
      list: () => listOf(agent),
      watch: (_request, nth) => (nth === 0 ? aStatus(503, 'ServiceUnavailable', 'down') : 'open'),
    });
    await w.phase('stale');
    w.reflector.nudge();
    await w.server.nextOpen();
    await w.phase('live');
  });

  it('opens a live watch anew when nudged, from its last version', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    await w.phase('live');
    w.reflector.nudge();
    await first.closed;
    const second = await w.server.nextOpen();
    expect(second.request.query['resourceVersion']).toBe('10');
  });
});

describe('a nudge for later', () => {
  it('is stale at once, says when it goes on, and opens the watch then', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    await w.phase('live');
    w.reflector.nudge(300);
    await w.phase('stale');
    await first.closed;
    await until('a time', () => 'retryAt' in w.reflector.state);
    expect(w.reflector.state).toMatchObject({ phase: 'stale', retryAt: w.clock.now() + 300 });
    await w.clock.advance(299);
    expect(w.watches).toHaveLength(1);
    await w.clock.advance(1);
    await w.server.nextOpen();
    await w.phase('live');
    expect(w.lists).toHaveLength(1);
  });

  it('cuts a longer waiting time short, and is cut short by one for now', async () => {
    const w = await aWorld({
      list: () => listOf(agent),
      watch: (_request, nth) => (nth === 0 ? { ...DOWN, headers: { 'retry-after': '60' } } : 'open'),
    });
    await w.phase('stale');
    const asked = w.clock.now();
    w.reflector.nudge(300);
    await until('the nearer time', () => 'retryAt' in w.reflector.state && w.reflector.state.retryAt === asked + 300);
    w.reflector.nudge();
    await w.server.nextOpen();
    await w.phase('live');
    expect(w.clock.now()).toBe(asked);
  });

  it('leaves a list under way alone, and nothing behind when it is stopped', async () => {
    const w = await aWorld({ list: (_request, nth) => (nth === 0 ? listOf(agent) : 'silent'), watch: () => GONE });
    await until('the relist', () => w.lists.length === 2);
    w.reflector.nudge(300);
    await w.clock.advance(1000);
    expect(w.lists).toHaveLength(2);
    await w.reflector.stop();
    expect(w.clock.pendingTimers).toBe(0);
  });
});

describe('stopping', () => {
  it('during the list leaves no request, tells nothing and opens no watch', async () => {
    const w = await aWorld({ list: () => 'silent' });
    await until('the list request', () => w.lists.length === 1);
    await w.reflector.stop();
    expect(w.changes).toEqual([]);
    expect(w.watches).toHaveLength(0);
    expect(w.clock.pendingTimers).toBe(0);
    await until('no socket', () => w.server.openSockets === 0);
  });

  it('during a watch closes its socket and its timers', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const watch = await w.server.nextOpen();
    await w.phase('live');
    const told = w.changes.length;
    await w.reflector.stop();
    await watch.closed;
    expect(w.clock.pendingTimers).toBe(0);
    expect(w.changes).toHaveLength(told);
  });

  it('during a waiting time ends it', async () => {
    const w = await aWorld({ list: () => DOWN });
    await w.phase('failed');
    await w.reflector.stop();
    expect(w.clock.pendingTimers).toBe(0);
    expect(w.server.requests(DAEMONSETS)).toHaveLength(1);
  });
});
