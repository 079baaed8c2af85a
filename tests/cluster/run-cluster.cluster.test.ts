import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { claimRunFolder } from './run-folder.ts';

const COMMAND = fileURLToPath(new URL('run-cluster.ts', import.meta.url));
const COLD_BUILD_MS = 20 * 60_000;

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function runCluster(...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no standard output');
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  return line;
}

/** Command lines of all processes that name a folder. */
function processesOf(dir: string): readonly string[] {
  const listed = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  return listed.split('\n').filter((line) => line.includes(`${dir}/`));
}

describe('run-cluster', () => {
  it('prints a kubeconfig, and SIGTERM ends all of it', { timeout: COLD_BUILD_MS }, async () => {
    const child = runCluster('--nodes', '1', '--print-kubeconfig');
    const kubeconfig = await firstLine(child);
    const dir = dirname(dirname(kubeconfig));
    expect(existsSync(kubeconfig)).toBe(true);
    expect(processesOf(dir)).toHaveLength(5);

    const ended = once(child, 'exit');
    child.kill('SIGTERM');

    expect(await ended).toEqual([0, null]);
    expect(processesOf(dir)).toEqual([]);
    expect(existsSync(dir)).toBe(false);
  });

  it('leaves no server behind when it is killed, and the next run its folder', { timeout: COLD_BUILD_MS }, async () => {
    const child = runCluster('--nodes', '0', '--print-kubeconfig');
    const dir = dirname(dirname(await firstLine(child)));

    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    await vi.waitFor(() => expect(processesOf(dir)).toEqual([]), { timeout: 5_000, interval: 50 });
    expect(existsSync(dir)).toBe(true);

    await using next = await claimRunFolder();
    expect(next.dir).not.toBe(dir);
    expect(existsSync(dir)).toBe(false);
  });

  it('names a bad number of nodes', async () => {
    const child = runCluster('--nodes', 'many');
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));

    expect(await once(child, 'close')).toEqual([2, null]);
    expect(said).toBe('--nodes must be a whole number, not many\n');
  });
});
