import { describe, expect, it } from 'vitest';
import { hasByteWindow, ItemWindow } from './stream-pacing.ts';

const never = new AbortController().signal;

describe('ItemWindow', () => {
  it('gives what is free at once, then waits for an item to be given back', async () => {
    const window = new ItemWindow(2);
    expect(await window.take(never)).toBe(true);
    expect(await window.take(never)).toBe(true);
    let taken = false;
    const third = window.take(never).then((given) => (taken = given));
    await Promise.resolve();
    expect(taken).toBe(false);
    window.credit(1);
    expect(await third).toBe(true);
  });

  it('keeps what is given back before anyone waits', async () => {
    const window = new ItemWindow(0);
    window.credit(1);
    expect(await window.take(never)).toBe(true);
  });

  it('gives nothing after an abort, while one waits or before', async () => {
    const controller = new AbortController();
    const waiting = new ItemWindow(0).take(controller.signal);
    controller.abort();
    expect(await waiting).toBe(false);
    expect(await new ItemWindow(1).take(controller.signal)).toBe(false);
  });

  it('waits without a signal too', async () => {
    const window = new ItemWindow(0);
    const taken = window.take(undefined);
    window.credit(1);
    expect(await taken).toBe(true);
  });
});

describe('hasByteWindow', () => {
  it('is true of inputs that name a lossless stream', () => {
    expect(hasByteWindow({ streamId: 'log-1', follow: true })).toBe(true);
    expect(hasByteWindow({ contextName: 'prod' })).toBe(false);
    expect(hasByteWindow(undefined)).toBe(false);
    expect(hasByteWindow(null)).toBe(false);
  });
});
