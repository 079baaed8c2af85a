import { describe, expect, it } from 'vitest';
import { latestStream } from './latest-stream.ts';

function open() {
  const listeners = new Set<() => void>();
  let value = 0;
  let released = 0;
  const controller = new AbortController();
  const stream = latestStream(
    {
      read: () => ({ state: { phase: 'live' as const, since: 1 }, value }),
      subscribe(listener: () => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      release: () => void (released += 1),
    },
    controller.signal,
  );
  function change(to: number): void {
    value = to;
    for (const listener of listeners) listener();
  }
  return { stream, controller, change, listeners, released: () => released };
}

describe('a latest stream', () => {
  it('sends the present value, then only the newest of what changed meanwhile', async () => {
    const { stream, change } = open();
    expect((await stream.next()).value).toMatchObject({ value: 0 });
    for (let n = 1; n <= 500; n++) change(n);
    expect((await stream.next()).value).toMatchObject({ value: 500 });
    const coming = stream.next();
    change(501);
    expect((await coming).value).toMatchObject({ value: 501 });
    await stream.return();
  });

  it('sends nothing while nothing changes', async () => {
    const { stream, controller } = open();
    await stream.next();
    let arrived = false;
    const coming = stream.next().then((result) => {
      arrived = true;
      return result;
    });
    for (let turn = 0; turn < 20; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
    expect(arrived).toBe(false);
    controller.abort();
    expect((await coming).done).toBe(true);
  });

  it.each(['signal', 'reader'])('releases its source when the %s ends it', async (which) => {
    const { stream, controller, listeners, released } = open();
    await stream.next();
    if (which === 'signal') {
      const coming = stream.next();
      controller.abort();
      await coming;
    } else await stream.return();
    expect(released()).toBe(1);
    expect(listeners.size).toBe(0);
  });
});
