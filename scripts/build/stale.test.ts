import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from './stale.ts';

const part = { sources: ['src/core', 'src/shared'] };
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'everynode-stale-'));
  mkdirSync(join(root, 'src', 'core'), { recursive: true });
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(join(root, 'src', 'core', 'a.ts'), 'export const a = 1;\n');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the fingerprint of a part', () => {
  it('stays the same while nothing changes', () => {
    expect(fingerprint(part, root)).toBe(fingerprint(part, root));
  });

  it.each([
    ['a changed source', 'src/core/a.ts'],
    ['a new source in a new folder', 'src/shared/b.ts'],
    ['another package lock', 'package-lock.json'],
  ])('changes with %s', (_what, file) => {
    const before = fingerprint(part, root);
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), 'export const changed = true;\n');
    expect(fingerprint(part, root)).not.toBe(before);
  });

  it('changes when a source is gone', () => {
    const before = fingerprint(part, root);
    rmSync(join(root, 'src', 'core', 'a.ts'));
    expect(fingerprint(part, root)).not.toBe(before);
  });

  it('does not care for tests and for other parts', () => {
    const before = fingerprint(part, root);
    writeFileSync(join(root, 'src', 'core', 'a.test.ts'), '');
    mkdirSync(join(root, 'src', 'renderer'));
    writeFileSync(join(root, 'src', 'renderer', 'b.ts'), '');
    expect(fingerprint(part, root)).toBe(before);
  });
});
