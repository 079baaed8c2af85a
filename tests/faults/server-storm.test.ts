import { afterEach, describe, expect, it } from 'vitest';
import { aStatus, type Scripted } from '../fakes/fake-api-server.ts';
import { until } from '../fakes/until.ts';
import { type Asked, Fleet } from './server-fleet.ts';

const TEN_MINUTES_MS = 600_000;
const READS = 12;

let fleet: Fleet | undefined;

afterEach(async () => {
  await fleet?.close();
  expect(fleet?.clock.pendingTimers).toBe(0);
  fleet = undefined;
});

async function live(reads: number): Promise<Fleet> {
  const all = await Fleet.start(reads);
  fleet = all;
  await all.phase('live');
  await until('every watch', () => all.asked.filter(({ isWatch }) => isWatch).length === reads);
  return all;
}

/** Ten minutes of a storm over reads that were live; answers what was asked meanwhile. */
async function stormed(all: Fleet, answer: Scripted): Promise<readonly Asked[]> {
  const before = all.asked.length;
  all.storm = () => answer;
  await all.endWatches();
  await all.phase('stale');
  await all.pass(TEN_MINUTES_MS);
  const asked = all.asked.slice(before);
  all.storm = undefined;
  await all.pass(46_000);
  await all.phase('live');
  return asked;
}

/** Milliseconds between the requests of each read. */
function gaps(asked: readonly Asked[]): ReadonlyMap<string, readonly number[]> {
  const times = Map.groupBy(asked, ({ path }) => path);
  return new Map(
    [...times].map(([path, each]) => [path, each.slice(1).map(({ at }, nth) => at - (each[nth]?.at ?? at))]),
  );
}

/** 0.8 s doubling to 30 s. */
function baseOf(nth: number): number {
  return Math.min(30_000, 800 * 2 ** nth);
}

const down = (code: number, reason: string): Scripted => aStatus(code, reason, 'busy');

describe('ten minutes of a storm', { timeout: 60_000 }, () => {
  it.each([
    [429, 'TooManyRequests'],
    [500, 'InternalError'],
    [503, 'ServiceUnavailable'],
  ])(
    'of %i cost each of twelve reads as many requests as one alone, spread in time, and no list',
    async (code, reason) => {
      const one = await stormed(await live(1), down(code, reason));
      await fleet?.close();
      const many = await stormed(await live(READS), down(code, reason));
      expect(one.length).toBeGreaterThanOrEqual(19);
      expect(one.length).toBeLessThanOrEqual(26);
      expect([...one, ...many].filter(({ isWatch }) => !isWatch)).toEqual([]);
      expect(many.length).toBeGreaterThanOrEqual(19 * READS);
      expect(many.length).toBeLessThanOrEqual(26 * READS);

      const waits = gaps(many);
      expect(waits.size).toBe(READS);
      for (const each of waits.values()) {
        for (const [nth, ms] of each.entries()) {
          // The watch that was ended at once was the first failure: the second waiting time is the first between two requests.
          expect(ms).toBeGreaterThanOrEqual(baseOf(nth + 1));
          expect(ms).toBeLessThanOrEqual(baseOf(nth + 1) * 1.5 + 1);
        }
      }
      // They began in one moment and come back over 0.4 s; two may share a millisecond, as reads of one cluster.
      const first = many.slice(0, READS).map(({ at }) => at);
      expect(new Set(first).size).toBeGreaterThanOrEqual(READS - 2);
      expect(Math.max(...first) - Math.min(...first)).toBeGreaterThan(200);
      expect(new Set(many.map(({ at }) => at)).size).toBeGreaterThan(many.length * 0.98);
    },
  );

  it('over lists, of reads that never had a row, is met with the same waits', async () => {
    const all = await Fleet.start(READS);
    fleet = all;
    all.storm = () => down(503, 'ServiceUnavailable');
    await all.phase('failed');
    await all.pass(TEN_MINUTES_MS);
    expect(all.asked.length).toBeGreaterThanOrEqual(19 * READS);
    expect(all.asked.length).toBeLessThanOrEqual(26 * READS);
    all.storm = undefined;
    await all.pass(46_000);
    await all.phase('live');
  });

  it('over a relist after 410 costs lists only, at the same rate, and the rows stay', async () => {
    const all = await live(1);
    const before = all.asked.length;
    all.storm = ({ isWatch }) => (isWatch ? aStatus(410, 'Expired', 'too old') : down(500, 'InternalError'));
    await all.endWatches();
    await all.phase('stale');
    await all.pass(TEN_MINUTES_MS);
    const asked = all.asked.slice(before);
    expect(asked.filter(({ isWatch }) => isWatch)).toHaveLength(1);
    expect(asked.length).toBeLessThanOrEqual(27);
    expect(all.reads[0]?.rows.size).toBe(1);
  });
});

describe('Retry-After', { timeout: 60_000 }, () => {
  const asks = (headers: Readonly<Record<string, string>>): Scripted => ({
    ...aStatus(503, 'ServiceUnavailable', 'busy'),
    headers,
  });

  it('in seconds: nobody comes before, and not all of many in the same moment after', async () => {
    const all = await live(READS);
    const asked = await stormed(all, asks({ 'retry-after': '60' }));
    const waits = [...gaps(asked).values()].flat();
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(60_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(61_000);
    expect(asked).toHaveLength(READS * 10);
    expect(new Set(waits).size).toBeGreaterThan(READS * 5);
  });

  it('as a date is reckoned by the server’s own clock, however wrong ours is', async () => {
    const all = await live(1);
    const asked = await stormed(
      all,
      asks({ date: 'Fri, 02 Jan 2026 12:00:00 GMT', 'retry-after': 'Fri, 02 Jan 2026 12:02:00 GMT' }),
    );
    expect(asked).toHaveLength(5);
    const waits = [...gaps(asked).values()].flat();
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(120_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(121_000);
  });

  it('of less than the back-off never makes the waits shorter', async () => {
    const all = await live(1);
    const asked = await stormed(all, asks({ 'retry-after': '1' }));
    expect(asked.length).toBeLessThanOrEqual(26);
  });
});

describe('watches that the server ends at once', { timeout: 60_000 }, () => {
  it('for ten minutes cost no more than any other trouble, for one read and for many', async () => {
    for (const reads of [1, READS]) {
      const all = await live(reads);
      const before = all.asked.length;
      all.storm = ({ isWatch }) => (isWatch ? { body: '' } : undefined);
      await all.endWatches();
      await all.pass(TEN_MINUTES_MS);
      const asked = all.asked.slice(before);
      expect(asked.filter(({ isWatch }) => !isWatch)).toEqual([]);
      expect(asked.length).toBeGreaterThanOrEqual(19 * reads);
      expect(asked.length).toBeLessThanOrEqual(26 * reads);
      if (reads === 1) await all.close();
    }
  });
});
