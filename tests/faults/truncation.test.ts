import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultWorld } from './fault-world.ts';
import type { CutBy } from './weather.ts';

let world: FaultWorld;

beforeEach(async () => {
  world = await FaultWorld.start({ kind: 'clear' });
  expect(await world.recovers()).toBe(true);
});

afterEach(async () => {
  await world.close();
});

/** Bytes of one event with its chunk's frame: more than it has, so that the last cuts fall behind it. */
const EVENT_BYTES = 800;

async function cutInsideAnEvent(afterBytes: number, by: CutBy): Promise<void> {
  await world.act({ do: 'weather', weather: { kind: 'cut', afterBytes, by } });
  await world.act({ do: 'write', name: 'größe' });
  expect(await world.recovers(), `${by} after ${afterBytes} bytes: ${world.difference}`).toBe(true);
}

describe('a watch that is cut inside an event', () => {
  it('at every byte of it, loses nothing, shows nothing that never was and does not list again', async () => {
    const { lists } = world.api.counts;
    for (let bytes = 1; bytes <= EVENT_BYTES; bytes += 1) await cutInsideAnEvent(bytes, 'close');
    expect(world.lies).toEqual([]);
    expect(world.api.counts.lists).toBe(lists);
  }, 60_000);

  for (const by of ['reset', 'halfClose', 'silence'] as const) {
    it(`by ${by}, loses nothing and shows nothing that never was`, async () => {
      for (let bytes = 1; bytes <= EVENT_BYTES; bytes += 13) await cutInsideAnEvent(bytes, by);
      expect(world.lies).toEqual([]);
    }, 60_000);
  }
});

describe('a list that is cut inside a page', () => {
  for (const by of ['close', 'reset', 'halfClose', 'silence'] as const) {
    it(`by ${by}, keeps the rows that are shown and comes to the right ones`, async () => {
      for (let bytes = 1; bytes <= 2600; bytes += 97) {
        await world.act({ do: 'compact' });
        await world.act({ do: 'expireWatches' });
        await world.act({ do: 'weather', weather: { kind: 'cut', afterBytes: bytes, by } });
        await world.act({ do: 'write', name: 'agent' });
        expect(world.reflector.rows.size).toBeGreaterThanOrEqual(4);
        expect(await world.recovers(), `${by} after ${bytes} bytes: ${world.difference}`).toBe(true);
      }
      expect(world.lies).toEqual([]);
    }, 60_000);
  }
});

it('bytes that come one by one, also inside a UTF-8 character, make the same rows', async () => {
  await world.act({ do: 'weather', weather: { kind: 'bytewise' } });
  for (const name of ['größe', 'agent', 'größe']) await world.act({ do: 'write', name });
  expect(await world.recovers(), world.difference).toBe(true);
  expect(world.lies).toEqual([]);
});

it('a slow network shows rows later, and right', async () => {
  await world.act({ do: 'weather', weather: { kind: 'slow', bytesPerSecond: 400 } });
  await world.act({ do: 'write', name: 'größe' });
  expect(world.reflector.state.phase).toBe('live');
  expect([...world.reflector.rows.values()].map((row) => row.name)).not.toContain('größe');
  await world.act({ do: 'wait', seconds: 5 });
  expect([...world.reflector.rows.values()].map((row) => row.name)).toContain('größe');
  expect(world.lies).toEqual([]);
});
