import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { aStatus, FakeApiServer, type Scripted, type SeenRequest } from '../../../tests/fakes/fake-api-server.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import {
  aPodWith,
  type FakeLogLine,
  isLogRequest,
  logBytes,
  POD_GONE,
  WAITING_TO_START,
} from '../../../tests/fakes/fake-pod-log.ts';
import { aContext } from '../../../tests/fakes/contexts.ts';
import { until } from '../../../tests/fakes/until.ts';
import type { LogItem, LogMark } from '../../shared/contract/log.ts';
import { createByteWindow } from '../streams/byte-window.ts';
import type { ApiConnection } from './api-connection.ts';
import { createConnection } from './connection.ts';
import { type LogOptions, openLog } from './log-stream.ts';

const REF = { contextName: 'test', namespace: 'logging', name: 'agent-x' };
const ENDED = { terminated: { exitCode: 0, reason: 'Completed' } };
const BACK_OFF = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s restarting failed container=main' } };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface LogWorld {
  readonly server: FakeApiServer;
  readonly connection: ApiConnection;
  readonly clock: FakeClock;
  readonly logs: SeenRequest[];
}

interface LogScript {
  pod?(nth: number): Scripted;
  log(request: SeenRequest, nth: number): Scripted;
}

async function aLogWorld(script: LogScript): Promise<LogWorld> {
  const logs: SeenRequest[] = [];
  let pods = 0;
  const server = await FakeApiServer.start((request) => {
    if (!isLogRequest(request)) return script.pod?.(pods++) ?? { body: aPodWith({}) };
    logs.push(request);
    return script.log(request, logs.length - 1);
  });
  const clock = new FakeClock();
  const connection = createConnection(aContext(server.url), { clock, env: {} });
  closing.push(async () => {
    await connection.dispose();
    await server.close();
  });
  return { server, connection, clock, logs };
}

interface Reading {
  readonly items: LogItem[];
  readonly text: () => string;
  readonly stop: () => void;
  readonly done: Promise<void>;
  readonly isDone: () => boolean;
}

function read(
  world: LogWorld,
  options: LogOptions,
  more: { readonly windowBytes?: number; readonly uid?: string } = {},
): Reading {
  const controller = new AbortController();
  const items: LogItem[] = [];
  const window = createByteWindow(more.windowBytes ?? 16_777_216);
  let finished = false;
  async function run(): Promise<void> {
    const log = openLog({
      connection: world.connection,
      ref: REF,
      container: 'main',
      uid: more.uid,
      options,
      window,
      clock: world.clock,
      random: () => 0,
      signal: controller.signal,
    });
    try {
      for await (const item of log) {
        items.push(item);
        if (item.type === 'lines') window.credit(item.bytes);
      }
    } finally {
      finished = true;
    }
  }
  const done = run();
  done.catch(() => undefined);
  return {
    items,
    text: () => items.map((item) => (item.type === 'lines' ? item.text : '')).join(''),
    stop: () => controller.abort(),
    done,
    isDone: () => finished,
  };
}

/** Lets time pass until the reading has ended by itself. */
async function toTheEnd(world: LogWorld, reading: Reading): Promise<void> {
  for (let turn = 0; turn < 200 && !reading.isDone(); turn++) await world.clock.advance(1000);
  await reading.done;
}

function kinds(items: readonly LogItem[]): readonly string[] {
  return items.map((item) => item.type).filter((type, index, all) => type !== 'lines' || all[index - 1] !== 'lines');
}

const LINES: readonly FakeLogLine[] = [
  { at: '2026-01-01T00:00:00.900000000Z', text: 'one' },
  { at: '2026-01-01T00:00:01.000000005Z', text: 'zwei ü' },
  { at: '2026-01-01T00:00:01.000000005Z', text: 'same time' },
  { at: '2026-01-01T00:00:01.000000005Z', text: 'same time' },
  { at: '2026-01-01T00:00:01.000000003Z', text: 'the other stream, a little earlier' },
  { at: '2026-01-01T00:00:02.100000000Z', text: '' },
  { at: '2026-01-01T00:00:02.200000000Z', text: '日本' },
];

function plainText(lines: readonly FakeLogLine[]): string {
  return lines.map((line) => `${line.text}\n`).join('');
}

describe('a log read to its end', () => {
  it('comes without timestamps unless they were asked for, and says that it is complete', async () => {
    const world = await aLogWorld({ log: (request) => ({ body: logBytes(LINES, request.query) }) });
    const plain = read(world, { follow: false });
    await plain.done;
    expect(plain.text()).toBe(plainText(LINES));
    expect(plain.items.at(-1)).toEqual({ type: 'ended', why: 'complete' });
    const stamped = read(world, { follow: false, timestamps: true, tailLines: 2 });
    await stamped.done;
    expect(stamped.text()).toBe('2026-01-01T00:00:02.100000000Z \n2026-01-01T00:00:02.200000000Z 日本\n');
    expect(world.logs[1]?.query).toEqual({ container: 'main', timestamps: 'true', tailLines: '2' });
  });

  it('keeps a last line that has no line end, and the kubelet’s own words', async () => {
    const body = '2026-01-01T00:00:00.000000001Z one\nfailed to create fsnotify watcher: too many open files';
    const world = await aLogWorld({ log: () => ({ body }) });
    const reading = read(world, { follow: false, previous: true });
    await reading.done;
    expect(reading.text()).toBe('one\nfailed to create fsnotify watcher: too many open files');
    expect(world.logs[0]?.query['previous']).toBe('true');
  });

  it('loses and repeats nothing wherever the connection is cut, in every byte of it', async () => {
    const whole = logBytes(LINES, { timestamps: 'true' });
    for (let cutAt = 0; cutAt < whole.length; cutAt++) {
      const world = await aLogWorld({
        log: (request, nth) =>
          nth === 0 ? { body: whole.subarray(0, cutAt), cut: true } : { body: logBytes(LINES, request.query) },
      });
      const reading = read(world, { follow: false });
      await toTheEnd(world, reading);
      expect(`${cutAt} ${reading.text()}`).toBe(`${cutAt} ${plainText(LINES)}`);
      expect(kinds(reading.items).filter((kind) => kind === 'seam')).toHaveLength(1);
      for (const close of closing.splice(0)) await close();
    }
  });

  it('does not show lines before a tail that began inside a second', async () => {
    const tail = LINES.slice(2);
    const world = await aLogWorld({
      log: (request, nth) => {
        const all = logBytes(LINES, request.query);
        return nth === 0 ? { body: all.subarray(0, 100), cut: true } : { body: all };
      },
    });
    const reading = read(world, { follow: false, tailLines: 5 });
    await toTheEnd(world, reading);
    expect(reading.text()).toBe(plainText(tail));
    expect(world.logs[1]?.query).toEqual({
      container: 'main',
      timestamps: 'true',
      sinceTime: '2026-01-01T00:00:01Z',
    });
  });

  it('says that a container waits, in the server’s words', async () => {
    const world = await aLogWorld({ log: () => WAITING_TO_START });
    const reading = read(world, { follow: false });
    await reading.done;
    expect(reading.items).toEqual([
      { type: 'waiting', message: 'container "main" in pod "agent-x" is waiting to start: ContainerCreating' },
      { type: 'ended', why: 'complete' },
    ]);
  });

  it.each([
    [aStatus(403, 'Forbidden', 'pods "agent-x" is forbidden'), 'Forbidden'],
    [aStatus(400, 'BadRequest', 'container other is not valid for pod agent-x'), 'Invalid'],
    [POD_GONE, 'NotFound'],
  ])('fails with what no waiting can help', async (answer, reason) => {
    const world = await aLogWorld({ log: () => answer });
    await expect(read(world, { follow: false }).done).rejects.toMatchObject({ data: { reason } });
  });
});

describe('random logs with random cuts', () => {
  const aLine = fc.record({
    second: fc.nat(2),
    nanos: fc.constantFrom(0, 1, 2, 500_000_000),
    text: fc.constantFrom('a', 'b', '', 'ä', 'long '.repeat(20)),
  });

  it('come out whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aLine, { minLength: 1, maxLength: 25 }),
        fc.array(fc.nat(400), { maxLength: 4 }),
        async (raw, cuts) => {
          // Seconds in order, as a node's clock goes; within one, stdout and stderr may cross.
          const lines = raw
            .toSorted((a, b) => a.second - b.second)
            .map(({ second, nanos, text }) => ({
              at: `2026-01-01T00:00:0${second}.${String(nanos).padStart(9, '0')}Z`,
              text,
            }));
          const world = await aLogWorld({
            log: (request, nth) => {
              const body = logBytes(lines, request.query);
              const cut = cuts[nth];
              return cut === undefined ? { body } : { body: body.subarray(0, cut), cut: true };
            },
          });
          const reading = read(world, { follow: false });
          await toTheEnd(world, reading);
          expect(reading.text()).toBe(plainText(lines));
          for (const close of closing.splice(0)) await close();
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a huge line', () => {
  it('of 10 MB passes in pieces and is resumed inside it', async () => {
    const huge = 'ü'.repeat(5_000_000);
    const lines = [
      { at: '2026-01-01T00:00:00.000000001Z', text: 'before' },
      { at: '2026-01-01T00:00:00.000000002Z', text: huge },
      { at: '2026-01-01T00:00:00.000000003Z', text: 'after' },
    ];
    const whole = logBytes(lines, { timestamps: 'true' });
    const world = await aLogWorld({
      log: (request, nth) =>
        nth === 0 ? { body: whole.subarray(0, 4_000_001), cut: true } : { body: logBytes(lines, request.query) },
    });
    const reading = read(world, { follow: false });
    await toTheEnd(world, reading);
    expect(reading.text() === plainText(lines)).toBe(true);
    expect(Math.max(...reading.items.map((item) => (item.type === 'lines' ? item.bytes : 0)))).toBeLessThanOrEqual(
      65_536,
    );
    expect(reading.items.findIndex((item) => item.type === 'seam')).toBeGreaterThan(10);
  });
});

describe('a log that another stream had begun', () => {
  /** The mark of the last item of a reading that got these lines. */
  async function markAfter(raw: string): Promise<LogMark> {
    const world = await aLogWorld({ log: () => 'open' });
    const reading = read(world, { follow: true });
    (await world.server.nextOpen()).write(raw);
    await until('a line', () => reading.items.length > 0);
    reading.stop();
    await reading.done;
    const [item] = reading.items;
    if (item?.type !== 'lines' || item.mark === undefined) throw new Error('no mark');
    return item.mark;
  }

  it('goes on after its last line, with a seam before the next', async () => {
    const resumeFrom = await markAfter('2026-01-01T00:00:07.000000001Z one\n');
    expect(resumeFrom).toMatchObject({ podUid: 'uid-pod', restartCount: 0 });
    const world = await aLogWorld({ log: () => 'open' });
    const reading = read(world, { follow: true, tailLines: 10, resumeFrom });
    const log = await world.server.nextOpen();
    expect(log.request.query).toEqual({
      container: 'main',
      timestamps: 'true',
      follow: 'true',
      sinceTime: '2026-01-01T00:00:07Z',
    });
    log.write('2026-01-01T00:00:07.000000001Z one\n2026-01-01T00:00:07.000000001Z two\n');
    await until('the second line', () => reading.text() === 'two\n');
    expect(kinds(reading.items)).toEqual(['seam', 'lines']);
    reading.stop();
    await reading.done;
  });

  it('reads what is left of the run that has ended meanwhile, then the next', async () => {
    const resumeFrom = await markAfter('2026-01-01T00:00:07.000000001Z one\n');
    const world = await aLogWorld({
      pod: () => ({ body: aPodWith({ restartCount: 1 }) }),
      log: (request) => {
        if (request.query['previous'] !== 'true') return 'open';
        return { body: '2026-01-01T00:00:07.000000001Z one\n2026-01-01T00:00:08.000000001Z last words\n' };
      },
    });
    const reading = read(world, { follow: true, resumeFrom });
    const log = await world.server.nextOpen();
    log.write('2026-01-01T00:00:09.000000001Z again\n');
    await until('the next run', () => reading.text() === 'last words\nagain\n');
    expect(reading.items.flatMap((item) => (item.type === 'lines' ? [item.mark?.restartCount] : []))).toEqual([0, 1]);
    reading.stop();
    await reading.done;
  });

  it('has ended when the pod is gone, or a namesake stands in its place', async () => {
    const resumeFrom = await markAfter('2026-01-01T00:00:07.000000001Z one\n');
    const world = await aLogWorld({ pod: () => ({ body: aPodWith({ uid: 'uid-other' }) }), log: () => 'open' });
    const reading = read(world, { follow: true, resumeFrom });
    await reading.done;
    expect(reading.items).toEqual([{ type: 'ended', why: 'podGone' }]);
    expect(world.logs).toEqual([]);
  });

  it('is read on to its end when it is not followed', async () => {
    const resumeFrom = await markAfter('2026-01-01T00:00:07.000000001Z one\n');
    const world = await aLogWorld({
      log: () => ({ body: '2026-01-01T00:00:07.000000001Z one\n2026-01-01T00:00:08.000000001Z two\n' }),
    });
    const reading = read(world, { follow: false, previous: true, resumeFrom });
    await reading.done;
    expect(reading.text()).toBe('two\n');
    expect(kinds(reading.items)).toEqual(['seam', 'lines', 'ended']);
  });
});

describe('a followed log', () => {
  it('goes on while lines come, however long it is silent', async () => {
    const world = await aLogWorld({ log: () => 'open' });
    const reading = read(world, { follow: true, tailLines: 10 });
    const log = await world.server.nextOpen();
    expect(log.request.query).toEqual({ container: 'main', timestamps: 'true', follow: 'true', tailLines: '10' });
    log.write('2026-01-01T00:00:00.000000001Z one\n2026-01-01T00:00:00.000000002Z tw');
    await until('the first line', () => reading.text() === 'one\n');
    await world.clock.advance(3_600_000);
    log.write('o\n');
    await until('the second line', () => reading.text() === 'one\ntwo\n');
    reading.stop();
    await reading.done;
    await log.closed;
    expect(world.clock.pendingTimers).toBe(0);
  });

  it('waits without a time limit for the first line, with which the kubelet sends its headers', async () => {
    const world = await aLogWorld({ log: () => 'silent' });
    const reading = read(world, { follow: true });
    await until('the log request', () => world.logs.length === 1);
    await world.clock.advance(2_000);
    expect(reading.items).toEqual([]);
    await world.clock.advance(3_600_000);
    expect(world.logs).toHaveLength(1);
    expect(reading.items).toEqual([{ type: 'waiting', message: 'Container main has written nothing yet.' }]);
    reading.stop();
    await reading.done;
  });

  it('is opened anew after the machine slept, with a seam and no line repeated', async () => {
    const world = await aLogWorld({ log: () => 'open' });
    const reading = read(world, { follow: true });
    const first = await world.server.nextOpen();
    first.write('2026-01-01T00:00:07.000000001Z one\n');
    await until('the first line', () => reading.text() === 'one\n');
    await world.clock.jump(3_600_000);
    await first.closed;
    for (let turn = 0; turn < 3; turn++) await world.clock.advance(1000);
    const second = await world.server.nextOpen();
    second.write('2026-01-01T00:00:07.000000001Z one\n2026-01-01T01:00:08.000000001Z two\n');
    await until('the second line', () => reading.text() === 'one\ntwo\n');
    expect(kinds(reading.items)).toEqual(['lines', 'seam', 'lines']);
    reading.stop();
    await reading.done;
    expect(world.clock.pendingTimers).toBe(0);
  });

  it('is resumed after a cut, with a seam that says why', async () => {
    const world = await aLogWorld({ log: () => 'open' });
    const reading = read(world, { follow: true });
    const first = await world.server.nextOpen();
    first.write('2026-01-01T00:00:07.000000001Z one\n2026-01-01T00:00:07.000000002Z tw');
    await until('the first line', () => reading.text() === 'one\n');
    first.cut();
    await until('a waiting time', () => world.clock.pendingTimers === 1);
    await world.clock.advance(800);
    const second = await world.server.nextOpen();
    expect(second.request.query['sinceTime']).toBe('2026-01-01T00:00:07Z');
    second.write('2026-01-01T00:00:07.000000001Z one\n2026-01-01T00:00:07.000000002Z two\n');
    await until('the second line', () => reading.text() === 'one\ntwo\n');
    expect(kinds(reading.items)).toEqual(['lines', 'seam', 'lines']);
    expect(reading.items[1]).toMatchObject({ error: { reason: 'Disconnected' } });
    reading.stop();
    await reading.done;
  });

  it.each([
    ['is resumed when the server, just started, forbids the pod for a moment', 3, 'one\ntwo\n'],
    ['ends when the right is really gone', 5, 'one\n'],
  ])('%s', async (_what, refusals, text) => {
    const forbidden = aStatus(403, 'Forbidden', 'pods "agent-x" is forbidden');
    const world = await aLogWorld({
      pod: (nth) => (nth > 0 && nth <= refusals ? forbidden : { body: aPodWith({}) }),
      log: () => 'open',
    });
    const reading = read(world, { follow: true });
    const first = await world.server.nextOpen();
    first.write('2026-01-01T00:00:07.000000001Z one\n');
    await until('the first line', () => reading.text() === 'one\n');
    first.cut();
    for (let second = 0; second < 90 && world.logs.length < 2 && !reading.isDone(); second++) {
      await world.clock.advance(1000);
    }
    if (text === 'one\n') {
      await expect(reading.done).rejects.toMatchObject({ data: { reason: 'Forbidden' } });
    } else {
      const second = await world.server.nextOpen();
      second.write('2026-01-01T00:00:07.000000001Z one\n2026-01-01T00:00:08.000000001Z two\n');
      await until('the second line', () => reading.text() === text);
      reading.stop();
      await reading.done;
    }
    expect(reading.text()).toBe(text);
  });

  it('loses nothing that was written in the gap when it was cut before a first line, and only new lines were wanted', async () => {
    const world = await aLogWorld({ log: () => 'open' });
    const reading = read(world, { follow: true, tailLines: 0 });
    const first = await world.server.nextOpen();
    expect(first.request.query).toMatchObject({ tailLines: '0' });
    await until('the answer', () => world.clock.pendingTimers === 1);
    await world.clock.advance(9_500);
    first.cut();
    await until('a waiting time', () => world.clock.pendingTimers === 1);
    await world.clock.advance(800);
    const second = await world.server.nextOpen();
    expect(second.request.query).toEqual({
      container: 'main',
      timestamps: 'true',
      follow: 'true',
      sinceSeconds: '11',
    });
    reading.stop();
    await reading.done;
  });

  it('is asked for anew after a minute of silence under a visible page on HTTP/1.1: no seam, no line lost or repeated', async () => {
    const world = await aLogWorld({ log: () => 'open' });
    world.connection.attention.hold();
    const reading = read(world, { follow: true });
    const first = await world.server.nextOpen();
    first.write('2026-01-01T00:00:07.000000001Z one\n2026-01-01T00:00:07.000000002Z tw');
    await until('the first line', () => reading.text() === 'one\n');
    await world.clock.advance(59_999);
    expect(world.logs).toHaveLength(1);
    await world.clock.advance(1);
    await first.closed;
    const second = await world.server.nextOpen();
    expect(second.request.query['sinceTime']).toBe('2026-01-01T00:00:07Z');
    second.write('2026-01-01T00:00:07.000000001Z one\n2026-01-01T00:00:07.000000002Z two\n');
    await until('the second line', () => reading.text() === 'one\ntwo\n');
    expect(kinds(reading.items)).toEqual(['lines']);
    reading.stop();
    await reading.done;
    expect(world.clock.pendingTimers).toBe(0);
  });

  it('waits for an unscheduled pod and for a container that starts, then reads from the beginning', async () => {
    const answers: readonly Scripted[] = [{ status: 204 }, WAITING_TO_START, WAITING_TO_START, 'open'];
    const world = await aLogWorld({ log: (_request, nth) => answers[nth] ?? 'open' });
    const reading = read(world, { follow: true });
    for (let turn = 0; turn < 8; turn++) await world.clock.advance(1000);
    const log = await world.server.nextOpen();
    log.write('2026-01-01T00:00:00.000000001Z one\n');
    await until('the line', () => reading.text() === 'one\n');
    expect(reading.items.filter((item) => item.type === 'waiting')).toEqual([
      { type: 'waiting', message: 'Pod agent-x is not scheduled yet.' },
      { type: 'waiting', message: 'container "main" in pod "agent-x" is waiting to start: ContainerCreating' },
    ]);
    reading.stop();
    await reading.done;
  });

  it('goes on to the next run of a restarted container, after what was left of the former', async () => {
    const former = [
      { at: '2026-01-01T00:00:01.000000001Z', text: 'works' },
      { at: '2026-01-01T00:00:01.000000002Z', text: 'dies' },
    ];
    const next = [{ at: '2026-01-01T00:00:05.000000001Z', text: 'again' }];
    const pods = [aPodWith({}), aPodWith({ state: BACK_OFF }), aPodWith({ restartCount: 1 })];
    const world = await aLogWorld({
      pod: (nth) => ({ body: pods[Math.min(nth, 2)] }),
      log: (request, nth) => {
        if (nth === 0) return { body: logBytes(former.slice(0, 1), request.query) };
        return request.query['previous'] === 'true' ? { body: logBytes(former, request.query) } : 'open';
      },
    });
    const reading = read(world, { follow: true, tailLines: 1 });
    for (let turn = 0; turn < 5; turn++) await world.clock.advance(1000);
    const log = await world.server.nextOpen();
    expect(log.request.query).toMatchObject({ follow: 'true', sinceTime: '2026-01-01T00:00:01Z' });
    log.write(logBytes(next, log.request.query));
    await until('the next run', () => reading.text().endsWith('again\n'));
    expect(reading.text()).toBe('works\ndies\nagain\n');
    expect(reading.items).toContainEqual({ type: 'waiting', message: BACK_OFF.waiting.message });
    reading.stop();
    await reading.done;
  });

  it('reads the next run from its beginning, whatever tail of the former was asked for', async () => {
    const pods = [aPodWith({}), aPodWith({ restartCount: 1 })];
    const world = await aLogWorld({
      pod: (nth) => ({ body: pods[Math.min(nth, 1)] }),
      log: (request, nth) => (nth === 0 || request.query['previous'] === 'true' ? { body: '' } : 'open'),
    });
    const reading = read(world, { follow: true, tailLines: 0 });
    const log = await world.server.nextOpen();
    expect(world.logs[1]?.query).toMatchObject({ previous: 'true', sinceSeconds: '1' });
    expect(log.request.query).toEqual({ container: 'main', timestamps: 'true', follow: 'true' });
    reading.stop();
    await reading.done;
  });

  it('says when the log of a former run is gone', async () => {
    const pods = [aPodWith({}), aPodWith({ restartCount: 3 })];
    const world = await aLogWorld({
      pod: (nth) => ({ body: pods[Math.min(nth, 1)] }),
      log: (request, nth) => {
        if (nth === 0) return { body: '2026-01-01T00:00:01.000000001Z one\n' };
        if (request.query['previous'] !== 'true') return 'open';
        return aStatus(400, 'BadRequest', 'previous terminated container "main" in pod "agent-x" not found');
      },
    });
    const reading = read(world, { follow: true });
    await world.server.nextOpen();
    await until('the seam', () => reading.items.some((item) => item.type === 'seam'));
    expect(reading.items.at(-1)).toMatchObject({ error: { message: expect.stringContaining('not found') } });
    reading.stop();
    await reading.done;
  });

  it('says so when the runtime has removed the former run, and never as a line of the log', async () => {
    const removed = 'unable to retrieve container logs for containerd://446e24414cf8';
    const pods = [aPodWith({}), aPodWith({ restartCount: 1 })];
    const world = await aLogWorld({
      pod: (nth) => ({ body: pods[Math.min(nth, 1)] }),
      log: (request, nth) => {
        if (nth === 0) return { body: '2026-01-01T00:00:01.000000001Z one\n' };
        return request.query['previous'] === 'true' ? { body: removed } : 'open';
      },
    });
    const reading = read(world, { follow: true });
    const log = await world.server.nextOpen();
    log.write('2026-01-01T00:00:05.000000001Z again\n');
    await until('the next run', () => reading.text().endsWith('again\n'));
    expect(reading.text()).toBe('one\nagain\n');
    expect(reading.items).toContainEqual(
      expect.objectContaining({ type: 'seam', error: expect.objectContaining({ message: removed }) as unknown }),
    );
    reading.stop();
    await reading.done;
  });

  it('of which the runtime has removed the container is told, not shown', async () => {
    const removed = 'unable to retrieve container logs for containerd://446e24414cf8';
    const world = await aLogWorld({ log: () => ({ body: removed }) });
    const reading = read(world, { follow: false, previous: true });
    await reading.done;
    expect(reading.items).toEqual([
      { type: 'waiting', message: removed },
      { type: 'ended', why: 'complete' },
    ]);
  });

  it.each([
    ['an init container that did its work', aPodWith({ state: ENDED, init: true })],
    ['a container of a finished pod', aPodWith({ state: ENDED, phase: 'Succeeded' })],
  ])('ends with %s', async (_which, pod) => {
    const world = await aLogWorld({
      pod: () => ({ body: pod }),
      log: () => ({ body: '2026-01-01T00:00:01.000000001Z one\n2026-01-01T00:00:01.000000002Z two' }),
    });
    const reading = read(world, { follow: true });
    await reading.done;
    expect(reading.text()).toBe('one\ntwo');
    expect(reading.items.at(-1)).toEqual({ type: 'ended', why: 'containerEnded' });
  });

  it('ends when the pod is gone for good, or a namesake stands in its place', async () => {
    for (const after of [POD_GONE, { body: aPodWith({ uid: 'uid-other' }) }]) {
      const world = await aLogWorld({
        pod: (nth) => (nth === 0 ? { body: aPodWith({}) } : after),
        log: () => ({ body: '2026-01-01T00:00:01.000000001Z one\n' }),
      });
      const reading = read(world, { follow: true, timestamps: false });
      await reading.done;
      expect(reading.text()).toBe('one\n');
      expect(reading.items.at(-1)).toEqual({ type: 'ended', why: 'podGone' });
    }
  });

  it('waits for a node that does not know the pod yet, and asks again', async () => {
    const world = await aLogWorld({
      pod: (nth) => (nth < 4 ? { body: aPodWith({}) } : POD_GONE),
      log: (_request, nth) => (nth < 2 ? POD_GONE : { body: '2026-01-01T00:00:01.000000001Z one\n' }),
    });
    const reading = read(world, { follow: true, timestamps: false });
    while (!reading.isDone()) await world.clock.advance(1000);
    await reading.done;
    expect(reading.items[0]).toMatchObject({
      type: 'waiting',
      message: expect.stringContaining('does not know it yet'),
    });
    expect(reading.items.filter((item) => item.type === 'waiting')).toHaveLength(1);
    expect(reading.text()).toBe('one\n');
    expect(world.logs.length).toBeGreaterThanOrEqual(3);
    expect(reading.items.at(-1)).toEqual({ type: 'ended', why: 'podGone' });
  });

  it('never opens the log of a namesake', async () => {
    const world = await aLogWorld({ pod: () => ({ body: aPodWith({ uid: 'uid-other' }) }), log: () => 'open' });
    const reading = read(world, { follow: true }, { uid: 'uid-pod' });
    await reading.done;
    expect(reading.items).toEqual([{ type: 'ended', why: 'podGone' }]);
    expect(world.logs).toHaveLength(0);
  });

  it('is resumed with a seam when the server ends it although the container runs', async () => {
    const world = await aLogWorld({ log: () => 'open' });
    const reading = read(world, { follow: true });
    const first = await world.server.nextOpen();
    first.write('2026-01-01T00:00:07.000000001Z one\n');
    first.end();
    for (let turn = 0; turn < 5; turn++) await world.clock.advance(1000);
    const second = await world.server.nextOpen();
    second.write('2026-01-01T00:00:07.000000001Z one\n2026-01-01T00:00:08.000000001Z two\n');
    await until('the second line', () => reading.text() === 'one\ntwo\n');
    expect(kinds(reading.items)).toEqual(['lines', 'seam', 'lines']);
    reading.stop();
    await reading.done;
  });
});

describe('a slow reader', () => {
  it('stops the server’s socket until bytes are given back, and then gets every line', async () => {
    const world = await aLogWorld({ log: () => 'open' });
    const controller = new AbortController();
    const window = createByteWindow(65_536);
    const log = openLog({
      connection: world.connection,
      ref: REF,
      container: 'main',
      options: { follow: true },
      window,
      clock: world.clock,
      random: () => 0,
      signal: controller.signal,
    });
    const first = log.next();
    const reply = await world.server.nextOpen();
    const line = `2026-01-01T00:00:00.000000001Z ${'x'.repeat(1000)}\n`;
    const total = 30_000;
    for (let i = 0; i < total; i++) reply.write(line);
    let received = 0;
    const count = (item: IteratorResult<LogItem, void>): number => {
      if (item.done === true || item.value.type !== 'lines') return 0;
      received += item.value.text.length;
      return item.value.bytes;
    };
    let taken = count(await first);
    // Nothing was given back: what fits the window comes, then the source stands still.
    for (;;) {
      const next = log.next();
      const outcome = await Promise.race([next, settled()]);
      if (outcome === 'waits') {
        expect(taken).toBeLessThanOrEqual(65_536);
        expect(reply.writableLength).toBeGreaterThan(15_000_000);
        window.credit(taken);
        taken = count(await next);
        break;
      }
      taken += count(outcome);
    }
    while (received < total * 1001) {
      window.credit(taken);
      taken = count(await log.next());
    }
    expect(received).toBe(total * 1001);
    controller.abort();
    await log.return();
  });
});

async function settled(): Promise<'waits'> {
  for (let turn = 0; turn < 500; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
  return 'waits';
}
