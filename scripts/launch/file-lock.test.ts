import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isGoing, isRunning, withFileLock } from './file-lock.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'everynode-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const endedPid = () => spawnSync(process.execPath, ['--eval', '0']).pid;

describe('a file lock', () => {
  it('lets the second wait until the first is done, and says that it waits', async () => {
    const path = join(folder, 'deep', 'a.lock');
    const order: string[] = [];
    let finish = () => {};
    const first = withFileLock(path, async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      order.push('first');
    });
    const second = withFileLock(
      path,
      () => order.push('second'),
      () => {
        order.push('waiting');
        finish();
      },
    );
    await Promise.all([first, second]);
    expect(order).toEqual(['waiting', 'first', 'second']);
    expect(existsSync(path)).toBe(false);
  });

  it('is taken over from a process that is gone', async () => {
    const path = join(folder, 'a.lock');
    writeFileSync(path, String(endedPid()));
    await expect(withFileLock(path, () => 'done')).resolves.toBe('done');
  });

  it('is taken over when nobody stands in it', async () => {
    const path = join(folder, 'a.lock');
    writeFileSync(path, '');
    await expect(withFileLock(path, () => 'done')).resolves.toBe('done');
  });

  it('is given back when the work fails', async () => {
    const path = join(folder, 'a.lock');
    await expect(withFileLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(path)).toBe(false);
  });

  it('knows which processes are running', () => {
    expect(isRunning(process.pid)).toBe(true);
    expect(isRunning(endedPid())).toBe(false);
  });
});

describe('a lock file that is being deleted', () => {
  const error = (code: string) => Object.assign(new Error(code), { code });

  it.each(['EPERM', 'EBUSY', 'EACCES'])('is waited for on Windows, which says %s', (code) => {
    expect(isGoing(error(code), 'win32')).toBe(true);
    expect(isGoing(error(code), 'linux')).toBe(false);
  });

  it('is not what another failure means', () => {
    expect(isGoing(error('ENOSPC'), 'win32')).toBe(false);
    expect(isGoing('EPERM', 'win32')).toBe(false);
  });
});
