import { afterEach, describe, expect, it } from 'vitest';
import { aDaemonSetList, aDaemonSetObject } from '../../../tests/fakes/objects.ts';
import { createDecodePool, type DecodePool } from './decode-pool.ts';

const WORKER = new URL('../decode-worker.ts', import.meta.url);
/** A worker that dies of its first job. */
const DYING = new URL(
  `data:text/javascript,import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));`,
);

let pool: DecodePool | undefined;
afterEach(async () => {
  await pool?.dispose();
  pool = undefined;
});

function aPage(count: number): Uint8Array {
  const items = Array.from({ length: count }, (_, index) => aDaemonSetObject(`agent-${index}`));
  return new TextEncoder().encode(JSON.stringify(aDaemonSetList(items, { resourceVersion: '9' })));
}

describe('the decode pool', () => {
  it('decodes a large page in a worker thread, which takes the bytes', async () => {
    pool = createDecodePool({ size: 2, workerUrl: WORKER });
    const bytes = aPage(500);
    const page = await pool.decodeList('daemonsets', bytes);
    expect(page.rows).toHaveLength(500);
    expect(page.rows[499]?.name).toBe('agent-499');
    expect(bytes.byteLength).toBe(0);
  });

  it('copies bytes that are a part of a larger buffer', async () => {
    pool = createDecodePool({ size: 1, workerUrl: WORKER });
    const page = aPage(100);
    const larger = new Uint8Array(page.length + 10);
    larger.set(page, 5);
    const decoded = await pool.decodeList('daemonsets', larger.subarray(5, 5 + page.length));
    expect(decoded.rows).toHaveLength(100);
    expect(larger.byteLength).toBe(page.length + 10);
  });

  it('decodes a small page here, without any worker', async () => {
    pool = createDecodePool({ size: 1, workerUrl: DYING });
    expect((await pool.decodeList('daemonsets', aPage(2))).rows).toHaveLength(2);
  });

  it('answers every one of many jobs with its own rows', async () => {
    pool = createDecodePool({ size: 2, workerUrl: WORKER });
    const running = pool;
    const counts = [50, 60, 70, 80, 90, 100];
    const pages = await Promise.all(counts.map((count) => running.decodeList('daemonsets', aPage(count))));
    expect(pages.map((page) => page.rows.length)).toEqual(counts);
  });

  it('says that bytes are no list, and goes on', async () => {
    pool = createDecodePool({ size: 1, workerUrl: WORKER });
    await expect(pool.decodeList('pods', new Uint8Array(20_000))).rejects.toThrow('no JSON');
    expect((await pool.decodeList('daemonsets', aPage(100))).rows).toHaveLength(100);
  });

  it('decodes watch events in a worker too', async () => {
    pool = createDecodePool({ size: 1, workerUrl: WORKER });
    const line = `${JSON.stringify({ type: 'ADDED', object: aDaemonSetObject('agent') })}\n`;
    const { events } = await pool.decodeWatch('daemonsets', new TextEncoder().encode(line.repeat(100)));
    expect(events).toHaveLength(100);
  });

  it('fails the job of a worker that dies as a Bug, and starts another for the next', async () => {
    pool = createDecodePool({ size: 1, workerUrl: DYING });
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(pool.decodeList('daemonsets', aPage(100))).rejects.toMatchObject({
        data: { reason: 'Bug', detail: 'exit code 3' },
      });
    }
  });

  it('fails what waits when it is disposed', async () => {
    pool = createDecodePool({ size: 1, workerUrl: WORKER });
    const waiting = [pool.decodeList('daemonsets', aPage(100)), pool.decodeList('daemonsets', aPage(100))];
    const outcomes = Promise.allSettled(waiting);
    await pool.dispose();
    expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    await expect(pool.decodeList('daemonsets', aPage(100))).rejects.toMatchObject({ data: { reason: 'Bug' } });
  });
});
