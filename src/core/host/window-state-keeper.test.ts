import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { WindowStateKeeper } from './window-state-keeper.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'everynode-keeper-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function aKeeper(path = join(folder, 'window.json')) {
  const clock = new FakeClock();
  const told: string[] = [];
  const state = { x: 10, y: 20, width: 1000, height: 700, maximized: false };
  const keeper = new WindowStateKeeper({ path, clock, read: () => ({ ...state }), tell: (line) => told.push(line) });
  const kept = () => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as unknown) : undefined);
  return { clock, keeper, kept, path, state, told };
}

describe("the window's place", () => {
  it('is kept half a second after the first of many changes, and again while they go on', async () => {
    const { clock, keeper, kept, state } = aKeeper();
    for (state.x = 11; state.x < 20; state.x += 1) {
      keeper.changed();
      await clock.advance(50);
    }
    expect(kept()).toBeUndefined();
    await clock.advance(50);
    expect(kept()).toEqual(state);
    expect(clock.pendingTimers).toBe(0);

    state.width = 900;
    keeper.changed();
    await clock.advance(500);
    expect(kept()).toEqual(state);
  });

  it('is kept at once when the window closes, and nothing waits then', () => {
    const { clock, keeper, kept, state } = aKeeper();
    keeper.changed();
    keeper.keepNow();
    expect(kept()).toEqual(state);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is not written again when nothing changed', () => {
    const { keeper, kept, path } = aKeeper();
    keeper.keepNow();
    rmSync(path);
    keeper.keepNow();
    expect(kept()).toBeUndefined();
  });

  it('that cannot be kept is told once, and tried again', () => {
    const { keeper, state, told } = aKeeper(join(folder, 'none', 'window.json'));
    keeper.keepNow();
    state.x += 1;
    keeper.keepNow();
    expect(told).toEqual([expect.stringContaining('ENOENT')]);
  });

  it('is not asked of a window that is gone', async () => {
    const { clock, keeper, kept } = aKeeper();
    keeper.changed();
    keeper.dispose();
    await clock.advance(1_000);
    expect(kept()).toBeUndefined();
  });
});
