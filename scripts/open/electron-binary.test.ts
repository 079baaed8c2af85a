import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electronBinary, type FetchOptions } from './electron-binary.ts';

const HOUR_MS = 3_600_000;
/** Installers in the place of Electron's own, which does the same: dist/, and path.txt last. */
const WORKS = `const fs = require('node:fs');
fs.mkdirSync(__dirname + '/dist', { recursive: true });
fs.writeFileSync(__dirname + '/dist/electron', '');
fs.writeFileSync(__dirname + '/path.txt', 'electron');
fs.appendFileSync(__dirname + '/runs', 'x');
console.log('noise on stdout');`;
const FAILS = `require('node:fs').appendFileSync(__dirname + '/runs', 'x');
console.error('RequestError: getaddrinfo ENOTFOUND github.com'); process.exit(1);`;
const HANGS = 'setInterval(() => {}, 1000);';

let root: string;
let now: number;
let said: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'everynode-electron-'));
  now = Date.UTC(2026, 0, 1);
  said = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const folder = () => join(root, 'node_modules', 'electron');
const find = (options: Partial<FetchOptions> = {}) =>
  electronBinary(root, {
    cacheFolder: join(root, '.cache'),
    retry: false,
    tell: (line) => said.push(line),
    now: () => now,
    ...options,
  });

function withInstaller(code: string): void {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(join(folder(), 'install.js'), code);
}

describe("Electron's binary", () => {
  it('is fetched once, and said to be', async () => {
    withInstaller(WORKS);
    expect(await find()).toBe(join(folder(), 'dist', 'electron'));
    expect(said).toEqual([expect.stringContaining('Fetching Electron')]);
    expect(await find()).toBe(join(folder(), 'dist', 'electron'));
    expect(said).toHaveLength(1);
  });

  it('is not asked for again within a day of a failure', async () => {
    withInstaller(FAILS);
    expect(await find()).toBeUndefined();
    expect(said[1]).toContain('ENOTFOUND');
    withInstaller(WORKS);
    now += 23 * HOUR_MS;
    expect(await find()).toBeUndefined();
    expect(said).toHaveLength(2);
    now += 2 * HOUR_MS;
    expect(await find()).toBeDefined();
  });

  it('is asked for again at once with --electron', async () => {
    withInstaller(FAILS);
    await find();
    withInstaller(WORKS);
    expect(await find({ retry: true })).toBeDefined();
  });

  it('is given up when it takes too long', async () => {
    withInstaller(HANGS);
    expect(await find({ limitMs: 200 })).toBeUndefined();
    expect(said[1]).toContain('it took more than 20 s');
  });

  it('is not there when an installer only says that it worked', async () => {
    withInstaller('process.exit(0)');
    expect(await find()).toBeUndefined();
    expect(existsSync(join(root, '.cache', 'electron-fetch-failed'))).toBe(true);
  });

  it('is nothing in a package that was installed without it', async () => {
    expect(await find()).toBeUndefined();
    expect(said).toEqual([]);
  });
});
