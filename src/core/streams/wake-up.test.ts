import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WakeUp } from './wake-up.ts';

describe('a wake-up', () => {
  it('that comes before the sleep is not lost, unless it was cleared', async () => {
    const wakeUp = new WakeUp();
    const { signal } = new AbortController();
    wakeUp.wake();
    await wakeUp.sleep(signal);
    wakeUp.wake();
    wakeUp.clear();
    let woken = false;
    const sleeping = wakeUp.sleep(signal).then(() => {
      woken = true;
    });
    await Promise.resolve();
    expect(woken).toBe(false);
    wakeUp.wake();
    await sleeping;
  });

  it('leaves no listener on a signal that outlives it', async () => {
    const wakeUp = new WakeUp();
    const { signal } = new AbortController();
    for (let turn = 0; turn < 20; turn++) {
      const sleeping = wakeUp.sleep(signal);
      wakeUp.wake();
      await sleeping;
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('comes with the abort of the signal, also one that was aborted before', async () => {
    const wakeUp = new WakeUp();
    const controller = new AbortController();
    const sleeping = wakeUp.sleep(controller.signal);
    controller.abort();
    await sleeping;
    await wakeUp.sleep(controller.signal);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });
});
