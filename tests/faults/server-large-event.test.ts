import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import { DaemonSetWorld } from '../fakes/daemonset-world.ts';
import { aDaemonSetList, aDaemonSetObject } from '../fakes/objects.ts';
import { until } from '../fakes/until.ts';

const MB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let world: DaemonSetWorld | undefined;

async function aWorld(): Promise<DaemonSetWorld> {
  const body = aDaemonSetList([aDaemonSetObject('agent')], { resourceVersion: '10' });
  world = await DaemonSetWorld.start({ list: () => ({ body }) });
  return world;
}

afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** Bytes that are kept when all garbage is gone. */
function keptBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Buffers are given back a few turns after the collection that found them. */
async function expectKept(before: number): Promise<void> {
  await until('less than 15 MB more than before', () => keptBytes() - before < 15 * MB);
}

/** An event of one line of 5 MB: etcd takes 1.5 MB by default, larger ones exist. */
function largeEvent(version: number): string {
  const object = aDaemonSetObject('agent', { resourceVersion: String(version), desired: version });
  const annotations = { note: `größe ${'x'.repeat(5 * MB)}` };
  return `${JSON.stringify({ type: 'MODIFIED', object: { ...object, metadata: { ...object.metadata, annotations } } })}\n`;
}

describe('a watch event of 5 MB in one line', () => {
  it('becomes the right row, twenty times over, and nothing of it is kept', async () => {
    const w = await aWorld();
    const watch = await w.server.nextOpen();
    await w.phase('live');
    watch.write(largeEvent(20));
    await until('the first', () => w.reflector.rows.get('uid-agent')?.desired === 20);
    const before = keptBytes();
    for (let version = 21; version <= 40; version += 1) {
      watch.write(largeEvent(version));
      await until('the row', () => w.reflector.rows.get('uid-agent')?.resourceVersion === String(version));
      expect(w.reflector.rows.get('uid-agent')?.desired).toBe(version);
      // Twenty events are 100 MB; the fake server may still hold what it wrote last.
      await expectKept(before);
    }
    expect([w.lists.length, w.watches.length, w.reflector.parseErrors]).toEqual([1, 1, 0]);
  }, 60_000);

  it('in small pieces is no different', async () => {
    const w = await aWorld();
    const watch = await w.server.nextOpen();
    const bytes = new TextEncoder().encode(largeEvent(20));
    for (let at = 0; at < bytes.length; at += 1000) {
      if (!watch.write(bytes.subarray(at, at + 1000))) await watch.drained();
    }
    await until('the row', () => w.reflector.rows.get('uid-agent')?.desired === 20);
  }, 60_000);
});

describe('a line that never ends', () => {
  it('is given up at 64 MB: the rows stay, the watch is opened anew, and nothing of it is kept', async () => {
    const w = await aWorld();
    const watch = await w.server.nextOpen();
    await w.phase('live');
    const before = keptBytes();
    watch.write('{"type":"MODIFIED","object":{"x":"');
    const piece = new Uint8Array(MB).fill(0x78);
    for (let sent = 0; sent < 128 && !watch.isClosed; sent += 1) {
      if (!watch.write(piece)) await Promise.race([watch.drained(), watch.closed]);
    }
    await watch.closed;
    await w.phase('stale');
    expect(w.reflector.state).toMatchObject({ error: { message: expect.stringContaining('a line of more than') } });
    expect(w.names).toEqual(['agent']);
    await w.clock.advance(800);
    expect((await w.server.nextOpen()).request.query['resourceVersion']).toBe('10');
    await expectKept(before);
  }, 60_000);
});
