import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findNode } from './find-node.mjs';

const system = process.platform === 'win32' ? 'win' : process.platform;
const program = join(`node-${system}-${process.arch}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'everynode-node-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  return path;
}

function runBy(version: string): void {
  vi.spyOn(process, 'versions', 'get').mockReturnValue({ ...process.versions, node: version });
}

describe('the Node that runs everything', () => {
  it('is the one that the packages bring', () => {
    runBy('20.20.2');
    expect(findNode(root)).toBeUndefined();
    const node = put(join(root, 'node_modules', program));
    expect(findNode(root)).toBe(node);
  });

  it('is found beside an installed package too', () => {
    runBy('20.20.2');
    const installed = join(root, 'node_modules', 'everynode');
    mkdirSync(installed, { recursive: true });
    const node = put(join(root, 'node_modules', program));
    expect(findNode(installed)).toBe(node);
  });

  it.each([
    ['20.20.2', false],
    ['22.18.0', false],
    ['22.19.0', true],
    ['23.0.0', true],
    ['24.21.0', true],
  ])("is else the system's, of which %s is new enough: %s", (version, ok) => {
    runBy(version);
    expect(findNode(root)).toBe(ok ? process.execPath : undefined);
  });
});
