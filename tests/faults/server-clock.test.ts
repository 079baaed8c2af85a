import { afterEach, describe, expect, it } from 'vitest';
import { openLog } from '../../src/core/kubernetes/log-stream.ts';
import { createByteWindow } from '../../src/core/streams/byte-window.ts';
import { DaemonSetWorld, type WorldScript } from '../fakes/daemonset-world.ts';
import type { Scripted } from '../fakes/fake-api-server.ts';
import { aPodWith, type FakeLogLine, isLogRequest, logBytes } from '../fakes/fake-pod-log.ts';
import { aBookmark, aDaemonSetList, aDaemonSetObject } from '../fakes/objects.ts';
import { until } from '../fakes/until.ts';

const HOUR_MS = 3_600_000;

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
const listOf = (...items: readonly object[]): Scripted => ({ body: aDaemonSetList(items, { resourceVersion: '10' }) });

describe('a wall clock that is set back an hour', { timeout: 60_000 }, () => {
  it('under a live watch: silence is still noticed within 100 s, and the watch goes on from its last version', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const first = await w.server.nextOpen();
    await w.phase('live');
    first.send('BOOKMARK', aBookmark('11'));
    await w.clock.advance(5000);
    w.clock.adjust(-HOUR_MS);
    await w.clock.advance(85_000);
    expect(w.reflector.state.phase).toBe('live');
    await w.clock.advance(10_000);
    await w.phase('stale');
    await w.clock.advance(800);
    expect((await w.server.nextOpen()).request.query['resourceVersion']).toBe('11');
    await w.phase('live');
    expect(w.lists).toHaveLength(1);
  });

  it('during a waiting time: the wait is no longer than it was', async () => {
    const w = await aWorld({
      list: () => listOf(agent),
      watch: (_request, nth) => (nth === 0 ? { status: 503, headers: { 'retry-after': '7' }, body: {} } : 'open'),
    });
    await w.phase('stale');
    await w.clock.advance(1000);
    w.clock.adjust(-HOUR_MS);
    await w.clock.advance(6000);
    await w.server.nextOpen();
    await w.phase('live');
  });
});

describe('a wall clock that is set forward an hour', { timeout: 60_000 }, () => {
  it('is taken for a sleep once, not for a silence: one watch more, no list, and the time since when it is live is new', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    await w.server.nextOpen();
    await w.phase('live');
    w.clock.adjust(HOUR_MS);
    await w.clock.advance(10_000);
    await w.server.nextOpen();
    await w.phase('live');
    expect(w.reflector.state).toMatchObject({ since: w.clock.now() });
    await w.clock.advance(60_000);
    expect([w.lists.length, w.watches.length]).toEqual([1, 2]);
  });
});

describe('a machine that sleeps', { timeout: 60_000 }, () => {
  it('in the midst of paging: the rows that came stay, and one whole list is read after it', async () => {
    const page: Scripted = { body: aDaemonSetList([agent], { resourceVersion: '10', continue: 'next' }) };
    const w = await aWorld({
      list: (_request, nth) => (nth === 0 ? page : nth === 1 ? 'silent' : listOf(agent, aDaemonSetObject('proxy'))),
    });
    await until('the second page', () => w.lists.length === 2);
    await w.clock.jump(HOUR_MS);
    await w.phase('stale');
    expect(w.names).toEqual(['agent']);
    await w.clock.advance(800);
    await w.phase('live');
    expect(w.names).toEqual(['agent', 'proxy']);
    expect(w.lists.map(({ query }) => query['continue'])).toEqual([undefined, 'next', undefined]);
  });

  it('again and again: each time one watch from the last version, and every event is told once', async () => {
    const w = await aWorld({ list: () => listOf(agent) });
    const told: string[] = [];
    w.reflector.subscribe((change) => {
      if (change.type === 'rows') told.push(...change.upserted.map(({ resourceVersion }) => resourceVersion));
    });
    for (let nth = 0; nth < 5; nth += 1) {
      const watch = await w.server.nextOpen();
      await w.phase('live');
      expect(watch.request.query['resourceVersion']).toBe(String(10 + nth));
      watch.send('MODIFIED', aDaemonSetObject('agent', { resourceVersion: String(11 + nth) }));
      await until('the event', () => told.at(-1) === String(11 + nth));
      await w.clock.jump(HOUR_MS);
      await watch.closed;
      await w.clock.advance(1000);
    }
    expect(told.filter((version) => version !== '7')).toEqual(['11', '12', '13', '14', '15']);
    expect([w.lists.length, w.watches.length]).toEqual([1, 6]);
  });
});

describe('a followed log over five sleeps and a wall clock that jumps both ways', { timeout: 60_000 }, () => {
  it('shows every line once, in order, with one seam for each sleep', async () => {
    const lines: FakeLogLine[] = [];
    const logs: Readonly<Record<string, string>>[] = [];
    const w = await aWorld({
      list: (request) => {
        if (!isLogRequest(request)) return request.path.endsWith('/agent-x') ? { body: aPodWith({}) } : listOf(agent);
        logs.push(request.query);
        return 'open';
      },
    });
    // The reflector's own watch is not of interest here.
    await w.server.nextOpen();
    await w.reflector.stop();
    const ending = new AbortController();
    const window = createByteWindow(16_777_216);
    const items: string[] = [];
    const reading = (async () => {
      for await (const item of openLog({
        connection: w.connection,
        ref: { contextName: 'test', namespace: 'logging', name: 'agent-x' },
        container: 'main',
        options: { follow: true },
        window,
        clock: w.clock,
        random: () => 0.5,
        signal: ending.signal,
      })) {
        if (item.type === 'lines') window.credit(item.bytes);
        items.push(item.type === 'lines' ? item.text : `<${item.type}>`);
      }
    })();
    const text = () => items.filter((item) => !item.startsWith('<')).join('');
    for (let nth = 0; nth < 6; nth += 1) {
      const answer = await w.server.nextOpen();
      // The same moment twice: a resume by time alone would repeat or drop one of them.
      for (const which of ['a', 'b']) lines.push({ at: `2026-01-01T00:00:0${nth}.000000005Z`, text: `${nth}${which}` });
      answer.write(logBytes(lines, { ...answer.request.query, timestamps: 'true' }));
      await until(`line ${nth}b`, () => text().endsWith(`${nth}b\n`));
      if (nth === 5) break;
      w.clock.adjust(nth % 2 === 0 ? -HOUR_MS : HOUR_MS);
      await w.clock.jump(2 * HOUR_MS);
      await answer.closed;
      for (let second = 0; second < 40 && logs.length === nth + 1; second += 1) await w.clock.advance(1000);
    }
    ending.abort();
    await reading;
    expect(text()).toBe(lines.map((line) => `${line.text}\n`).join(''));
    expect(items.filter((item) => item === '<seam>')).toHaveLength(5);
    expect(logs).toHaveLength(6);
  });
});
