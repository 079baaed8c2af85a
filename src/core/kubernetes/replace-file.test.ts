import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFile, type ReplaceWays } from './replace-file.ts';

/** A file system that refuses a rename with each of these codes in turn, then does it. */
function aSystem(platform: NodeJS.Platform, refusals: readonly string[]) {
  const left = [...refusals];
  const waits: number[] = [];
  let renames = 0;
  const ways: ReplaceWays = {
    platform,
    rename: async () => {
      renames += 1;
      const code = left.shift();
      if (code !== undefined) throw Object.assign(new Error(code), { code });
    },
    wait: async (delayMs) => waits.push(delayMs),
  };
  return { ways, waits, renames: () => renames };
}

describe('a file that replaces another', () => {
  it('is there afterwards, and the old one is not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'everynode-replace-'));
    const [from, to] = [join(folder, 'new'), join(folder, 'old')];
    writeFileSync(from, 'new');
    writeFileSync(to, 'old');
    await replaceFile(from, to);
    expect(readFileSync(to, 'utf8')).toBe('new');
    await expect(replaceFile(from, to)).rejects.toMatchObject({ code: 'ENOENT' });
    rmSync(folder, { recursive: true });
  });

  it('waits on Windows until nobody has it open', async () => {
    const { ways, waits, renames } = aSystem('win32', ['EPERM', 'EBUSY', 'EACCES']);
    await replaceFile('a', 'b', ways);
    expect(renames()).toBe(4);
    expect(waits).toEqual([10, 20, 40]);
  });

  it('gives up on Windows after a while, with what was said last', async () => {
    const { ways, waits } = aSystem(
      'win32',
      Array.from({ length: 9 }, () => 'EBUSY'),
    );
    await expect(replaceFile('a', 'b', ways)).rejects.toMatchObject({ code: 'EBUSY' });
    expect(waits).toEqual([10, 20, 40, 80, 160]);
  });

  it.each([
    ['win32', 'ENOSPC'],
    ['linux', 'EACCES'],
    ['darwin', 'EPERM'],
  ] as const)('fails at once on %s with %s', async (platform, code) => {
    const { ways, renames } = aSystem(platform, [code]);
    await expect(replaceFile('a', 'b', ways)).rejects.toMatchObject({ code });
    expect(renames()).toBe(1);
  });
});
