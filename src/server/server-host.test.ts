import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { expectMode } from '../../tests/fakes/expect-mode.ts';

const SCRIPT = fileURLToPath(new URL('./server-host.ts', import.meta.url));
const READY = /^Everynode is ready at (http:\/\/127\.0\.0\.1:\d+)\/#code=([\w-]{22})$/;

type Host = ChildProcessByStdio<Writable, Readable, Readable>;

let folder: string;
const hosts: Host[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'everynode-host-'));
});

afterEach(() => {
  for (const host of hosts.splice(0)) host.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Host {
  const host = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  hosts.push(host);
  return host;
}

interface Lines {
  readonly all: string[];
  next(): Promise<string>;
}

function linesOf(stream: Readable): Lines {
  const all: string[] = [];
  const reader = createInterface({ input: stream }).on('line', (line) => all.push(line));
  return { all, next: async () => String((await once(reader, 'line'))[0]) };
}

async function ended(
  host: Host,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  let stdout = '';
  let stderr = '';
  host.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  host.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await once(host, 'close');
  return { code: host.exitCode, stdout, stderr };
}

describe('the server host', () => {
  it('says once where it is, on standard output and nothing else there', async () => {
    const host = start(['--no-open']);
    const lines = linesOf(host.stdout);
    const [, origin = ''] = READY.exec(await lines.next()) ?? [];
    expect((await fetch(`${origin}/session`)).status).toBe(401);
    host.kill('SIGTERM');
    await once(host, 'close');
    expect(lines.all).toHaveLength(1);
  });

  it('writes a fresh code for every Enter, and goes on when its input ends', async () => {
    const host = start(['--no-open']);
    const lines = linesOf(host.stdout);
    const [, origin = '', first] = READY.exec(await lines.next()) ?? [];
    host.stdin.write('\n');
    const [, , second] = READY.exec(await lines.next()) ?? [];
    expect(second).not.toBe(first);
    host.stdin.end();
    const idle = await cpuSeconds(host);
    expect((await fetch(`${origin}/session`)).status).toBe(401);
    expect((await cpuSeconds(host)) - idle).toBeLessThan(0.5);
    expect(host.exitCode).toBeNull();
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends at %s within 2 s, also with a page connected',
    async (signal) => {
      const host = start(['--no-open']);
      const lines = linesOf(host.stdout);
      const [, origin = '', code = ''] = READY.exec(await lines.next()) ?? [];
      const headers = { origin, 'content-type': 'application/json' };
      const answer = await fetch(`${origin}/session`, { method: 'POST', headers, body: JSON.stringify({ code }) });
      const { value } = (await answer.json()) as { value: string };
      const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
      const page = new WebSocket(
        `${origin.replace('http', 'ws')}/socket`,
        ['everynode.v1', `everynode.session.${value}`],
        {
          headers: { origin, cookie },
        },
      );
      await once(page, 'open');
      const asked = performance.now();
      host.kill(signal);
      await once(host, 'close');
      expect(host.exitCode).toBe(0);
      expect(performance.now() - asked).toBeLessThan(2000);
    },
  );

  it('ends when the process that it belongs to is gone', async () => {
    const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const host = start(['--no-open'], { EVERYNODE_PARENT_PID: String(parent.pid) });
    await linesOf(host.stdout).next();
    parent.kill('SIGKILL');
    await once(host, 'close');
    expect(host.exitCode).toBe(0);
  });

  it('keeps its data in a folder for its user alone, where it is told to', async () => {
    const host = start(['--no-open', '--data-dir', 'mine/data']);
    await linesOf(host.stdout).next();
    expectMode(join(folder, 'mine/data'), 0o700);
    expect(readdirSync(folder)).toEqual(['mine']);
  });

  it('says which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stdout, stderr } = await ended(start(['--no-open', `--port=${port}`]));
    other.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`port ${port} is in use`);
  });

  it('ends with code 2 and names the option that it does not know', async () => {
    const { code, stdout, stderr } = await ended(start(['--prot', '80']));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')[0]).toContain("'--prot'");
  });

  it('answers --version and --help on standard output and ends', async () => {
    expect(await ended(start(['--version']))).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    expect((await ended(start(['--help']))).stdout).toContain('--kubeconfig FILE');
  });
});

/** Seconds of processor time that the process has used (Linux; 0 elsewhere). */
async function cpuSeconds(host: Host): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const { readFile } = await import('node:fs/promises');
  const fields = (await readFile(`/proc/${host.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
