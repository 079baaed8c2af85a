import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultDataDir, ensureDataDir } from './data-dir.ts';
import { expectMode } from '../../../tests/fakes/expect-mode.ts';

describe('defaultDataDir', () => {
  it.each([
    ['linux', {}, '/home/me/.local/share/everynode'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/everynode'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/me/.local/share/everynode'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/me/.local/share/everynode'],
    ['darwin', { XDG_DATA_HOME: '/data' }, '/home/me/Library/Application Support/Everynode'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Everynode'],
    ['win32', {}, '/home/me/AppData/Roaming/Everynode'],
  ] as const)('on %s with %j is %s', (platform, env, folder) => {
    expect(defaultDataDir(platform, env, '/home/me')).toBe(folder);
  });
});

describe('ensureDataDir', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'everynode-data-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes the folder, and those above it, for its user alone', () => {
    ensureDataDir(join(folder, 'a', 'b'));
    expectMode(join(folder, 'a', 'b'), 0o700);
    expect(statSync(join(folder, 'a')).mode & 0o077).toBe(0);
  });

  it('leaves the mode of a folder that is there', () => {
    chmodSync(folder, 0o750);
    ensureDataDir(folder);
    expectMode(folder, 0o750);
  });
});
