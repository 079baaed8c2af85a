import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../fakes/until.ts';
import { Crowd } from './server-crowd.ts';
import type { Arrival } from './server-crowd-api.ts';

const SIZE = { contexts: 20, servers: 2, namespaces: 12 } as const;

let crowd: Crowd | undefined;

afterEach(async () => {
  await crowd?.close();
  expect(crowd?.clock.pendingTimers).toBe(0);
  crowd = undefined;
});

async function start(): Promise<Crowd> {
  crowd = await Crowd.start(SIZE);
  return crowd;
}

/** When each context was first heard of, by the clock. */
function firsts(arrivals: readonly Arrival[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { context, at } of arrivals) if (!first.has(context)) first.set(context, at);
  return first;
}

/** How many fall into each tenth of a second: "0.0 ### 0.1 # …". */
function histogram(times: Iterable<number>): string {
  const all = [...times];
  const begin = Math.min(...all);
  const bins = Map.groupBy(all, (at) => Math.floor((at - begin) / 100) / 10);
  return [...bins]
    .toSorted(([a], [b]) => a - b)
    .map(([second, each]) => `${second.toFixed(1)} ${'#'.repeat(each.length)}`)
    .join('  ');
}

describe('two API servers that are killed under 20 contexts of 12 reads each', () => {
  it('and come back compacted: met at times of their own, by at most 8 requests a context, the user’s first; rows right', async () => {
    const all = await start();
    await Promise.all(all.apis.map((api) => api.end()));
    await all.pass('all stale', () => all.every('stale'));
    expect(all.wrong()).toEqual([]);
    await all.clock.advance(20_000);

    for (const [nth, api] of all.apis.entries()) {
      api.replace([`after-${nth}`, 'agent']);
      api.hold();
      api.arrivals.splice(0);
      await api.comeBack();
    }
    const inFlight = (context: string) => all.apis.reduce((sum, api) => sum + api.inFlight(context), 0);
    await all.pass('eight requests of each', () => all.contexts.every((context) => inFlight(context) === 8));
    const met = firsts(all.arrivals);
    const spread = histogram(met.values());
    expect(new Set(met.values()).size, spread).toBeGreaterThanOrEqual(SIZE.contexts - 2);
    expect(Math.max(...met.values()) - Math.min(...met.values()), spread).toBeGreaterThan(2000);

    // Four lists of each context wait their turn; what a person asks now goes before them.
    const target = { namespace: 'team-0', name: 'agent', uid: 'uid-team-0-agent' };
    const asked = all.contexts.map(async (contextName) => {
      const pods = await all.client.daemonSet.watchPods({ contextName, ...target });
      return pods[Symbol.asyncIterator]().next();
    });
    await all.clock.advance(5);
    for (const [nth, context] of all.contexts.entries()) {
      const api = all.apis[nth % SIZE.servers];
      const before = api?.arrivals.length ?? 0;
      api?.release(context);
      await until(`the next request of ${context}`, () => (api?.arrivals.length ?? 0) > before);
      expect(api?.arrivals.at(-1)).toMatchObject({ context, path: '/apis/apps/v1/namespaces/team-0/daemonsets/agent' });
    }
    for (const api of all.apis) api.releaseAll();
    await all.pass('all live again', () => all.every('live') && all.wrong().length === 0);
    expect(await Promise.all(asked)).toHaveLength(SIZE.contexts);
    expect(all.apis.flatMap((api) => [...api.peaks.values()])).toEqual(Array.from({ length: SIZE.contexts }, () => 8));
    // One watch that was refused, one list and the watch that goes on: nothing is asked twice.
    const asks = () => all.arrivals.filter(({ path }) => path.endsWith('/daemonsets'));
    await all.pass('all watching', () => asks().filter(({ isWatch }) => isWatch).length === 2 * all.reads);
    expect(asks()).toHaveLength(3 * all.reads);
  }, 60_000);
});

describe('a machine that wakes up with 20 contexts open', { timeout: 60_000 }, () => {
  it.each([
    ['before the timers find themselves late', true],
    ['after it', false],
  ])('and is told so %s: all stale at once, each met at a moment of its own, once', async (_when, toldFirst) => {
    const all = await start();
    for (const api of all.apis) api.arrivals.splice(0);
    const wokeAt = all.clock.now() + 3_600_000;
    if (toldFirst) {
      all.clock.adjust(3_600_000);
      all.core.nudge();
    } else {
      await all.clock.jump(3_600_000);
      all.core.nudge();
    }
    await until('all stale', () => all.every('stale'));
    expect(all.clock.now()).toBe(wokeAt);
    expect(all.wrong()).toEqual([]);
    await all.pass('all live', () => all.every('live') && all.arrivals.length >= all.reads);
    const met = firsts(all.arrivals);
    const spread = histogram(met.values());
    expect(new Set(met.values()).size, spread).toBe(SIZE.contexts);
    expect(Math.max(...met.values()) - wokeAt, spread).toBeLessThanOrEqual(1000);
    await all.clock.advance(5000);
    expect(all.arrivals).toHaveLength(all.reads);
    expect(all.arrivals.every(({ isWatch }) => isWatch)).toBe(true);
    expect(all.wrong()).toEqual([]);
  });

  it('and a person who presses "now" meanwhile waits for nothing', async () => {
    const all = await start();
    for (const api of all.apis) api.arrivals.splice(0);
    all.core.nudge();
    await all.pass('c19 stale', () => all.shown.get('c19')?.phase === 'stale');
    expect(all.arrivals.filter(({ context }) => context === 'c19')).toEqual([]);
    await all.client.context.reconnect({ contextName: 'c19' });
    await until('the watches of c19', () => all.arrivals.filter(({ context }) => context === 'c19').length === 12);
    await all.pass('all live', () => all.every('live'));
  });
});
