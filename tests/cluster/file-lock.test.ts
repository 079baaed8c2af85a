import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withFileLock } from './file-lock.ts';

let dir: string;
let path: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'everynode-file-lock-'));
  path = join(dir, 'lock');
});

afterEach(() => rm(dir, { recursive: true }));

const silent = (): void => undefined;

describe('withFileLock', () => {
  it('lets the second builder in when the first is done, and says that it waits', async () => {
    const order: string[] = [];
    const first = Promise.withResolvers<void>();
    const one = withFileLock(path, silent, async () => {
      order.push('first begins');
      await first.promise;
      order.push('first ends');
    });
    const waits = Promise.withResolvers<string>();
    const two = withFileLock(path, waits.resolve, async () => void order.push('second begins'));

    expect(await waits.promise).toBe('Waiting for another build of the same to end');
    first.resolve();
    await Promise.all([one, two]);
    expect(order).toEqual(['first begins', 'first ends', 'second begins']);
  });

  it('breaks the lock of a process that is gone', async () => {
    writeFileSync(path, String(spawnSync(process.execPath, ['--version']).pid));

    expect(await withFileLock(path, silent, async () => 'done')).toBe('done');
  });

  it('frees the lock when the work fails', async () => {
    const failing = withFileLock(path, silent, () => Promise.reject(new Error('no compiler')));

    await expect(failing).rejects.toThrow('no compiler');
    expect(existsSync(path)).toBe(false);
  });
});
