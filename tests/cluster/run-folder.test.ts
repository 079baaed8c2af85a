import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { claimRunFolder } from './run-folder.ts';

const made: string[] = [];

afterEach(async () => {
  await Promise.all(made.splice(0).map((dir) => rm(dir, { recursive: true, force: true })));
});

/** A folder that an earlier run left; 19,9xx is below the ports that are claimed. */
function aLeftFolder(number: number, owner?: number): string {
  const dir = join(tmpdir(), `everynode-cluster-${number}`);
  made.push(dir);
  mkdirSync(dir);
  if (owner !== undefined) writeFileSync(join(dir, 'owner'), String(owner));
  return dir;
}

function anEndedProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

describe('claimRunFolder', () => {
  it('gives runs side by side other folders and other ports', async () => {
    await using first = await claimRunFolder();
    await using second = await claimRunFolder();

    const ports = [...Object.values(first.ports), ...Object.values(second.ports)];
    expect(new Set(ports).size).toBe(10);
    expect(first.dir).not.toBe(second.dir);
    expect(statSync(first.dir).mode & 0o777).toBe(0o700);
  });

  it('gives ports that can be listened on', async () => {
    await using run = await claimRunFolder();

    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(run.ports.apiServer, '127.0.0.1', resolve);
    });
    expect(server.address()).toMatchObject({ port: run.ports.apiServer });
    await new Promise((resolve) => server.close(resolve));
  });

  it('removes its folder when it is disposed of', async () => {
    const run = await claimRunFolder();
    writeFileSync(join(run.dir, 'file'), 'text');
    await run[Symbol.asyncDispose]();

    expect(existsSync(run.dir)).toBe(false);
  });

  it('removes the folders of runs that are gone, and no others', async () => {
    const gone = aLeftFolder(19_901, anEndedProcess());
    const running = aLeftFolder(19_902, process.pid);
    const beingMade = aLeftFolder(19_903);
    const neverOwned = aLeftFolder(19_904);
    const hourAgo = Date.now() / 1000 - 3600;
    utimesSync(neverOwned, hourAgo, hourAgo);

    await using run = await claimRunFolder();

    expect(existsSync(run.dir)).toBe(true);
    expect([gone, running, beingMade, neverOwned].map((dir) => existsSync(dir))).toEqual([false, true, true, false]);
  });
});
