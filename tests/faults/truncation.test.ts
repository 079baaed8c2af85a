import { afterEach, describe, expect, it } from 'vitest';
import { FaultWorld } from './fault-world.ts';
import type { Protocol } from './truthful-api.ts';
import { CLEAR, type CutBy } from './weather.ts';

let world: FaultWorld;

async function aLiveWorld(protocol: Protocol): Promise<void> {
  world = await FaultWorld.start({ opening: CLEAR, protocol });
  expect(await world.recovers()).toBe(true);
}

afterEach(async () => {
  await world.close();
});

/** A chunk's length and line ends on HTTP/1.1, or a frame and its record on HTTP/2: the last cuts fall behind the event. */
const FRAME_BYTES = 64;

async function cutInsideAnEvent(afterBytes: number, by: CutBy): Promise<void> {
  await world.act({ do: 'weather', weather: { kind: 'cut', afterBytes, by } });
  await world.act({ do: 'write', name: 'größe' });
  expect(await world.recovers(), `${by} after ${afterBytes} bytes: ${world.difference}`).toBe(true);
}

describe('a watch that is cut inside an event', () => {
  it('at every byte of it, loses nothing, shows nothing that never was and does not list again', async () => {
    await aLiveWorld('http');
    const { lists } = world.api.counts;
    await world.act({ do: 'write', name: 'größe' });
    const end = world.api.lastEventBytes + FRAME_BYTES;
    for (let bytes = 1; bytes <= end; bytes += 1) await cutInsideAnEvent(bytes, 'close');
    expect(world.lies).toEqual([]);
    expect(world.api.counts.lists).toBe(lists);
  }, 60_000);

  it('at every byte of it on HTTP/2, where frames and TLS stand between', async () => {
    await aLiveWorld('h2');
    const { lists } = world.api.counts;
    await world.act({ do: 'write', name: 'größe' });
    for (let bytes = 1; bytes <= world.api.lastEventBytes; bytes += 1) {
      await world.act({ do: 'part', name: 'größe', bytes });
      await world.act({ do: 'cut', by: bytes % 2 === 0 ? 'close' : 'reset' });
      expect(await world.recovers(), `after ${bytes} bytes: ${world.difference}`).toBe(true);
    }
    expect(world.lies).toEqual([]);
    expect(world.api.counts.lists).toBe(lists);
  }, 60_000);

  for (const protocol of ['http', 'h2'] as const) {
    for (const by of ['reset', 'halfClose', 'silence'] as const) {
      it(`by ${by} on ${protocol}, loses nothing and shows nothing that never was`, async () => {
        await aLiveWorld(protocol);
        for (let bytes = 1; bytes <= 260; bytes += 7) await cutInsideAnEvent(bytes, by);
        expect(world.lies).toEqual([]);
      }, 60_000);
    }
  }
});

describe('a list that is cut inside a page', () => {
  for (const by of ['close', 'reset', 'halfClose', 'silence'] as const) {
    it(`by ${by}, keeps the rows that are shown and comes to the right ones`, async () => {
      await aLiveWorld('http');
      for (let bytes = 1; bytes <= 1300; bytes += 61) {
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

it.each(['http', 'h2'] as const)(
  'bytes that come one by one on %s, also inside a UTF-8 character, make the same rows',
  async (protocol) => {
    await aLiveWorld(protocol);
    await world.act({ do: 'weather', weather: { kind: 'bytewise' } });
    for (const name of ['größe', 'agent', 'größe']) await world.act({ do: 'write', name });
    expect(await world.recovers(), world.difference).toBe(true);
    expect(world.lies).toEqual([]);
  },
);

it('a slow network shows rows later, and right', async () => {
  await aLiveWorld('http');
  await world.act({ do: 'weather', weather: { kind: 'slow', bytesPerSecond: 400 } });
  await world.act({ do: 'write', name: 'größe' });
  expect(world.reflector.state.phase).toBe('live');
  expect([...world.reflector.rows.values()].map((row) => row.name)).not.toContain('größe');
  await world.act({ do: 'wait', seconds: 5 });
  expect([...world.reflector.rows.values()].map((row) => row.name)).toContain('größe');
  expect(world.lies).toEqual([]);
});
