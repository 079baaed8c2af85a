import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectMode } from '../../../../tests/fakes/expect-mode.ts';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { PlanLocks } from './plan-lock.ts';

let folder: string;
let clock: FakeClock;
let path: string;
let locks: PlanLocks;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everynode-locks-'));
  // A file's time is the system's.
  clock = new FakeClock(Date.now());
  path = join(folder, 'uid-1.lock');
  locks = new PlanLocks(folder, clock);
});
afterEach(() => rm(folder, { recursive: true }));

async function pidOfTheDead(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}
const lockOf = (pid: number, host = hostname()) => writeFile(path, JSON.stringify({ token: 'other', pid, host }));

describe('the lock of a plan', () => {
  it('is held by one at a time, for its owner alone, and given back', async () => {
    const first = await locks.acquire('uid-1');
    expectMode(path, 0o600);
    expect(await first?.isOwn()).toBe(true);
    expect(await locks.isHeld('uid-1')).toBe(true);
    expect(await new PlanLocks(folder, clock).acquire('uid-1')).toBeUndefined();
    expect(await locks.acquire('uid-2')).toBeDefined();
    await first?.release();
    expect(await locks.isHeld('uid-1')).toBe(false);
    expect(await locks.acquire('uid-1')).toBeDefined();
  });

  it('of a process that ended is taken over at once', async () => {
    await lockOf(await pidOfTheDead());
    expect(await locks.isHeld('uid-1')).toBe(false);
    expect(await locks.acquire('uid-1')).toBeDefined();
  });

  it('of another machine is taken over only after it was silent for two minutes', async () => {
    await lockOf(1, 'another-machine');
    expect(await locks.acquire('uid-1')).toBeUndefined();
    await utimes(path, new Date(), new Date(Date.now() - 121_000));
    expect(await locks.acquire('uid-1')).toBeDefined();
  });

  it('that is being written counts as held', async () => {
    await writeFile(path, '');
    expect(await locks.acquire('uid-1')).toBeUndefined();
  });

  it('stays alive while it is held, and is no longer its own once somebody took it over', async () => {
    const first = await locks.acquire('uid-1');
    await clock.advance(200_000);
    await expect.poll(() => locks.isHeld('uid-1')).toBe(true);
    await lockOf(process.pid);
    expect(await first?.isOwn()).toBe(false);
    await first?.release();
    expect(await readFile(path, 'utf8')).toContain('other');
    expect(clock.pendingTimers).toBe(0);
  });

  it('keeps a uid from a link inside its folder', async () => {
    const lock = await locks.acquire('../../etc/x');
    expect(await readFile(join(folder, '..%2F..%2Fetc%2Fx.lock'), 'utf8')).toContain('token');
    await lock?.release();
  });
});
