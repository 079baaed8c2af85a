import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasRecords, readRecords, removeRecorded, startOfProcess, writeRecords } from './node-record.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'everynode-record-'));
});
afterEach(() => rm(dir, { recursive: true }));

describe('the records of real nodes', () => {
  it('are none where none were written', async () => {
    expect(hasRecords(dir)).toBe(false);
    expect(await readRecords(dir)).toEqual([]);
    await removeRecorded(dir);
  });

  it('are written as a whole, and read back', async () => {
    const record = { name: 'real-1', link: 'en20000n1', cgroups: ['/sys/fs/cgroup/memory/x'] };
    await writeRecords(dir, [record]);
    expect(hasRecords(dir)).toBe(true);
    expect(await readRecords(dir)).toEqual([record]);
    expect(await readdir(dir)).toEqual(['real-nodes.json']);
  });
});

describe.skipIf(process.platform !== 'linux')('what a killed run left', () => {
  it('is ended: its process and its groups, and then the record', async () => {
    const child = spawn('sleep', ['1000']);
    await once(child, 'spawn');
    const ended = once(child, 'exit');
    const { pid = 0 } = child;
    const startedAt = (await startOfProcess(pid)) ?? '';
    await mkdir(join(dir, 'group/kubepods'), { recursive: true });
    await writeRecords(dir, [
      { name: 'real-1', link: 'en-absent', cgroups: [join(dir, 'group')], process: { pid, startedAt } },
    ]);
    await removeRecorded(dir);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(await readdir(dir)).toEqual([]);
  });

  it('is no process that has the same number and began at another time', async () => {
    const child = spawn('sleep', ['1000']);
    await once(child, 'spawn');
    const { pid = 0 } = child;
    const before = await startOfProcess(pid);
    await writeRecords(dir, [{ name: 'real-1', link: 'en-absent', cgroups: [], process: { pid, startedAt: '1' } }]);
    await removeRecorded(dir);
    expect(await startOfProcess(pid)).toBe(before);
    const ended = once(child, 'exit');
    child.kill();
    await ended;
    expect(await startOfProcess(pid)).toBeUndefined();
  });
});
