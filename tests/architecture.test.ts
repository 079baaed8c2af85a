import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkArchitecture, describeViolation } from './architecture/check-architecture.ts';
import { broken, sound } from './architecture/fixtures.ts';
import { readSourceFiles, type SourceFile } from './architecture/source-file.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const tree = (files: Readonly<Record<string, string>>): readonly SourceFile[] =>
  Object.entries(files).map(([path, text]) => ({ path, text }));

const violations = (files: readonly SourceFile[]) => checkArchitecture(files).map(describeViolation);

describe('the architecture', () => {
  // Every file is parsed.
  it('is held by every file of this checkout', { timeout: 60_000 }, () => {
    const files = readSourceFiles(root);
    expect(files.length).toBeGreaterThan(100);
    expect(violations(files)).toEqual([]);
  });
});

describe('the architecture test', () => {
  it.each(broken)('finds $rule', ({ files, finds }) => {
    expect(violations(tree(files))).toEqual([expect.stringMatching(finds)]);
  });

  it.each(sound)('lets pass $rule', ({ files }) => {
    expect(violations(tree(files))).toEqual([]);
  });
});
