import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installedElectron } from './installed-electron.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'everynode-electron-'));
  mkdirSync(join(root, 'node_modules/electron/dist'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

it('finds the program that path.txt names, once it is there', () => {
  expect(installedElectron(root)).toBeUndefined();
  writeFileSync(join(root, 'node_modules/electron/path.txt'), 'electron');
  expect(installedElectron(root)).toBeUndefined();
  const program = join(root, 'node_modules/electron/dist/electron');
  writeFileSync(program, '');
  expect(installedElectron(root)).toBe(program);
});
