import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultWorld } from './fault-world.ts';

let world: FaultWorld;

beforeEach(async () => {
  world = await FaultWorld.start({ kind: 'clear' });
  expect(await world.recovers()).toBe(true);
});

afterEach(async () => {
  expect(world.lies).toEqual([]);
  expect(await world.leftovers()).toEqual([]);
  await world.close();
});

const TEN_MINUTES = 10 * 60;

/** Requests of one read while the server refuses for ten minutes; then the cluster changes and all is well again. */
async function stormed(status: number, retryAfterSeconds?: number): Promise<{ lists: number; watches: number }> {
  const before = { ...world.api.counts };
  await world.act({ do: 'refuse', status, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) });
  await world.act({ do: 'endWatches' });
  await world.act({ do: 'write', name: 'calico' });
  for (let waited = 0; waited < TEN_MINUTES; waited += 1) await world.act({ do: 'wait', seconds: 1 });
  const { lists, watches } = world.api.counts;
  expect(world.reflector.state).toMatchObject({ phase: 'stale' });
  expect(world.reflector.rows.size).toBe(4);
  expect(await world.recovers(), world.difference).toBe(true);
  return { lists: lists - before.lists, watches: watches - before.watches };
}

describe('a storm of ten minutes', () => {
  for (const status of [500, 503]) {
    it(`of ${status} costs a read at most one request in 30 s on average, and no list`, async () => {
      const asked = await stormed(status);
      expect(asked.lists).toBe(0);
      // 0.8 s doubling to 30 s: six short waits, then twenty long ones at most.
      expect(asked.watches).toBeGreaterThan(10);
      expect(asked.watches).toBeLessThanOrEqual(26);
    });
  }

  it('of 429 is met as rarely as Retry-After asks', async () => {
    const asked = await stormed(429, 60);
    expect(asked.lists).toBe(0);
    expect(asked.watches).toBeGreaterThan(5);
    expect(asked.watches).toBeLessThanOrEqual(11);
  });

  it('is forgiven after two minutes of health: the next one is met with short waits again', async () => {
    await stormed(503);
    for (let waited = 0; waited < 180; waited += 30) {
      await world.act({ do: 'bookmark' });
      await world.act({ do: 'wait', seconds: 30 });
    }
    const { watches } = world.api.counts;
    await world.act({ do: 'refuse', status: 503 });
    await world.act({ do: 'endWatches' });
    for (let waited = 0; waited < 10; waited += 1) await world.act({ do: 'wait', seconds: 1 });
    expect(world.api.counts.watches - watches).toBeGreaterThanOrEqual(3);
    expect(await world.recovers(), world.difference).toBe(true);
  });
});

describe('watches that end at once', () => {
  it('are not opened again and again: ten minutes of them cost some dozen requests', async () => {
    const before = { ...world.api.counts };
    for (let waited = 0; waited < TEN_MINUTES; waited += 1) {
      await world.act({ do: 'endWatches' });
      await world.act({ do: 'wait', seconds: 1 });
    }
    // One that lived for a second without an event may be opened at once; in between the waits grow.
    expect(world.api.counts.watches - before.watches).toBeLessThanOrEqual(TEN_MINUTES / 2);
    expect(world.api.counts.lists).toBe(before.lists);
    expect(await world.recovers(), world.difference).toBe(true);
  });
});

describe('a history that is compacted again and again', () => {
  it('costs one list each time and no more, and the rows come right', async () => {
    const before = { ...world.api.counts };
    for (let nth = 0; nth < 10; nth += 1) {
      await world.act({ do: 'delete', name: 'agent' });
      await world.act({ do: 'write', name: 'agent' });
      await world.act({ do: 'compact' });
      await world.act({ do: 'expireWatches' });
      await world.act({ do: 'wait', seconds: 90 });
      expect(await world.recovers(), world.difference).toBe(true);
    }
    // Four DaemonSets in pages of three.
    expect(world.api.counts.lists - before.lists).toBe(20);
  });

  it('in the midst of paging begins the list again, and the rows shown stay', async () => {
    for (let nth = 0; nth < 8; nth += 1) await world.act({ do: 'write', name: `more-${nth}` });
    await world.act({ do: 'compact' });
    await world.act({ do: 'weather', weather: { kind: 'delay', ms: 500 } });
    await world.act({ do: 'expireWatches' });
    for (let half = 0; half < 6; half += 1) {
      await world.clock.advance(500);
      await world.act({ do: 'compact' });
      expect(world.reflector.rows.size).toBe(12);
    }
    expect(await world.recovers(), world.difference).toBe(true);
  });
});

describe('the wall clock', () => {
  it('that jumps back does not hold a read up', async () => {
    await world.clock.jump(-3_600_000);
    await world.act({ do: 'write', name: 'größe' });
    expect(await world.recovers(), world.difference).toBe(true);
  });

  it('that jumps ahead is taken for a sleep: stale at once, then right, without a list', async () => {
    const { lists } = world.api.counts;
    await world.act({ do: 'write', name: 'größe' });
    const phases: string[] = [];
    world.reflector.subscribe(() => phases.push(world.reflector.state.phase));
    await world.act({ do: 'sleep', seconds: 3600 });
    expect(phases).toContain('stale');
    expect(await world.recovers(), world.difference).toBe(true);
    expect(world.api.counts.lists).toBe(lists);
  });
});
