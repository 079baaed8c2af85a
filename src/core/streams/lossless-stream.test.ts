import { describe, expect, it } from 'vitest';
import { openSession } from '../session.ts';
import { type ByteWindow, createByteWindow } from './byte-window.ts';
import { losslessStream } from './lossless-stream.ts';

const never = new AbortController().signal;

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

describe('a byte window', () => {
  it('lets the source go on until it is used up, then when bytes are given back', async () => {
    const window = createByteWindow(100);
    await window.take(60, never);
    await window.take(40, never);
    let taken = false;
    const third = window.take(30, never).then(() => {
      taken = true;
    });
    window.credit(20);
    await settle();
    expect(taken).toBe(false);
    window.credit(10);
    await third;
    expect(window.available).toBe(0);
  });

  it('lets an item larger than itself pass when it is empty', async () => {
    const window = createByteWindow(100);
    await window.take(250, never);
    expect(window.available).toBe(-150);
    let taken = false;
    const next = window.take(1, never).then(() => {
      taken = true;
    });
    window.credit(150);
    await settle();
    expect(taken).toBe(false);
    window.credit(100);
    await next;
  });

  it('is never wider than it was made, whatever the reader gives back', async () => {
    const window = createByteWindow(100);
    window.credit(1_000_000);
    expect(window.available).toBe(100);
  });

  it('ends a wait with the signal, taking nothing', async () => {
    const window = createByteWindow(10);
    await window.take(10, never);
    const controller = new AbortController();
    const waiting = window.take(5, controller.signal);
    controller.abort();
    await waiting;
    expect(window.available).toBe(0);
  });
});

async function* lines(window: ByteWindow, signal: AbortSignal, ended: () => void): AsyncGenerator<string, void> {
  try {
    for (let n = 0; ; n++) {
      await window.take(10, signal);
      if (signal.aborted) return;
      yield `line ${n}`;
    }
  } finally {
    ended();
  }
}

describe('a lossless stream', () => {
  function open(windowBytes = 20) {
    const page = openSession('page');
    const controller = new AbortController();
    let ended = 0;
    const stream = losslessStream<string>({
      session: page.session,
      streamId: 'stream-1',
      windowBytes,
      signal: controller.signal,
      open: (window, signal) => lines(window, signal, () => void (ended += 1)),
    });
    return { page, controller, stream, ended: () => ended };
  }

  it('pauses its source at an empty window and goes on with the session’s credit, losing nothing', async () => {
    const { page, stream } = open();
    expect([(await stream.next()).value, (await stream.next()).value]).toEqual(['line 0', 'line 1']);
    let arrived = false;
    const third = stream.next().then((result) => {
      arrived = true;
      return result;
    });
    await settle();
    expect(arrived).toBe(false);
    page.session.windows.get('stream-1')?.credit(10);
    expect((await third).value).toBe('line 2');
    await stream.return();
  });

  it.each(['signal', 'session', 'reader'])('ends its source and forgets its window when the %s ends', async (which) => {
    const { page, controller, stream, ended } = open(10);
    await stream.next();
    if (which === 'reader') await stream.return();
    else {
      const coming = stream.next();
      if (which === 'signal') controller.abort();
      else page.close();
      expect((await coming).done).toBe(true);
    }
    expect(ended()).toBe(1);
    expect(page.session.windows.size).toBe(0);
  });

  it('refuses an id that is in use', async () => {
    const { page, stream } = open();
    await stream.next();
    const second = losslessStream<string>({
      session: page.session,
      streamId: 'stream-1',
      windowBytes: 10,
      signal: never,
      open: (window, signal) => lines(window, signal, () => undefined),
    });
    await expect(second.next()).rejects.toMatchObject({ data: { reason: 'ContractViolation' } });
    expect(page.session.windows.has('stream-1')).toBe(true);
    await stream.return();
  });
});
