import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bringOnScreen,
  FIRST_SIZE,
  parseWindowState,
  placeOnScreen,
  readWindowState,
  writeWindowState,
} from './window-state.ts';
import { expectMode } from '../../../tests/fakes/expect-mode.ts';

const state = { x: 100, y: 50, width: 1200, height: 800, maximized: false };
const main = { x: 0, y: 0, width: 1920, height: 1040 };
const right = { x: 1920, y: 0, width: 2560, height: 1400 };

describe('the state of the window', () => {
  it('is read as it was written', () => expect(parseWindowState(JSON.stringify(state))).toEqual(state));

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"x":1}',
    JSON.stringify({ ...state, width: '1200' }),
    JSON.stringify({ ...state, width: 1e9 }),
    JSON.stringify({ ...state, width: 12.5 }),
    JSON.stringify({ ...state, x: null }),
    JSON.stringify({ ...state, extra: 1 }),
  ])('is not taken from %s', (text) => expect(parseWindowState(text)).toBeUndefined());
});

describe('the window', () => {
  it('opens in its first size where nothing is known, in the middle', () => {
    expect(placeOnScreen(undefined, [main])).toEqual({ ...FIRST_SIZE, maximized: false });
    expect(placeOnScreen(undefined, [{ ...main, width: 1280, height: 720 }])).toEqual({
      width: 1280,
      height: 720,
      maximized: false,
    });
  });

  it('opens where it was, also on the second screen', () => {
    expect(placeOnScreen(state, [main])).toEqual(state);
    const there = { ...state, x: 2500, maximized: true };
    expect(placeOnScreen(there, [main, right])).toEqual(there);
  });

  it('opens in the middle of the main screen when its own screen is gone', () => {
    expect(placeOnScreen({ ...state, x: 2500 }, [main])).toEqual({ width: 1200, height: 800, maximized: false });
  });

  it.each([
    { x: -1_150, y: 50 },
    { x: 1_850, y: 50 },
    { x: 100, y: -40 },
    { x: 100, y: 1_030 },
  ])('is not left where its title bar cannot be caught: $x, $y', (where) => {
    expect(placeOnScreen({ ...state, ...where }, [main])).not.toHaveProperty('x');
  });

  it('is no larger than its screen and no smaller than it can be', () => {
    const place = placeOnScreen({ ...state, x: 0, y: 0, width: 5000, height: 120 }, [main]);
    expect(place).toMatchObject({ width: 1920, height: 500 });
  });
});

describe('an open window', () => {
  it('stays where its title bar can be caught on some screen', () => {
    expect(bringOnScreen(state, [main])).toBeUndefined();
    expect(bringOnScreen({ ...state, x: 2500 }, [main, right])).toBeUndefined();
  });

  it('comes to the middle of the main screen when its own is gone', () => {
    expect(bringOnScreen({ ...state, x: 2500 }, [main])).toEqual({ x: 360, y: 120, width: 1200, height: 800 });
    const lower = { x: 0, y: 1_080, width: 1280, height: 720 };
    expect(bringOnScreen({ ...state, x: -5_000 }, [lower])).toEqual({ x: 40, y: 1_080, width: 1200, height: 720 });
  });

  it('shows its title bar even where the screen is smaller than a window can be', () => {
    const small = { x: 0, y: 0, width: 640, height: 400 };
    expect(bringOnScreen({ ...state, x: 9_000 }, [small])).toEqual({ x: 0, y: 0, width: 800, height: 500 });
  });

  it('stays where nothing is known of any screen', () => expect(bringOnScreen(state, [])).toBeUndefined());
});

describe('the file', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'everynode-window-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('belongs to its owner alone and holds the last state', () => {
    const path = join(folder, 'window.json');
    writeFileSync(`${path}.tmp`, 'left by a crash', { mode: 0o644 });
    writeWindowState(path, state);
    writeWindowState(path, { ...state, maximized: true });
    expectMode(path, 0o600);
    expect(readWindowState(path)).toEqual({ ...state, maximized: true });
    expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(true);
  });

  it('is no matter when it is missing or spoilt', () => {
    expect(readWindowState(join(folder, 'none.json'))).toBeUndefined();
    writeFileSync(join(folder, 'window.json'), '{"x":');
    expect(readWindowState(join(folder, 'window.json'))).toBeUndefined();
  });
});
