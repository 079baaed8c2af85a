import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type KubeconfigEntry, writeKubeconfig } from '../e2e/fixtures/kubeconfig.ts';
import type { Bench } from './bench-row.ts';
import type { HostFigures } from './host-probe.ts';

const SERVER_HOST = fileURLToPath(new URL('../out/main/server-host.js', import.meta.url));
const PROBE = new URL('./host-probe.ts', import.meta.url).href;
const READY_WITHIN_MS = 15_000;
const END_WITHIN_MS = 5_000;

/** The context of every host of the benchmark. */
export const CONTEXT = 'bench';

/** The built server host in a process of its own, measured from inside. */
export interface BenchHost {
  /** With a one-time code. */
  readonly url: string;
  readonly startedAt: number;
  /** Event-loop delay is counted from here. */
  resetDelay(): Promise<void>;
  read(): Promise<HostFigures>;
  stop(): Promise<void>;
}

/** @throws Error when the host is not ready within 15 s */
export async function startBenchHost(bench: Bench, entry: KubeconfigEntry): Promise<BenchHost> {
  const home = await mkdtemp(join(bench.folder, 'home-'));
  const dataDir = join(home, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  const kubeconfig = await writeKubeconfig(join(home, 'config'), { [CONTEXT]: entry });
  const startedAt = Date.now();
  const child = spawn(
    process.execPath,
    [...nodeArgs(bench), SERVER_HOST, '--port', '0', '--no-open', '--data-dir', dataDir, '--kubeconfig', kubeconfig],
    {
      env: { PATH: process.env['PATH'] ?? '', HOME: home },
      stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
    },
  );
  try {
    const url = await readyUrl(child);
    return {
      url,
      startedAt,
      resetDelay: async () => void (await ask(child, 'reset')),
      read: async () => (await ask(child, 'read')) as HostFigures,
      stop: () => stop(child),
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

function nodeArgs({ profileDir }: Bench): readonly string[] {
  const profile = profileDir === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profileDir];
  return ['--expose-gc', ...profile, '--import', PROBE];
}

async function readyUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the host has no standard output');
  const lines = createInterface({ input: child.stdout });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  lines.once('line', resolve);
  child.once('exit', (code) => reject(new Error(`the host ended with code ${code}`)));
  const limit = setTimeout(() => reject(new Error('the host is not ready in time')), READY_WITHIN_MS);
  const line = await promise.finally(() => clearTimeout(limit));
  child.stdout.resume();
  const url = /^Everynode is ready at (\S+)$/.exec(line)?.[1];
  if (url === undefined) throw new Error(`the host said: ${line}`);
  return url;
}

async function ask(child: ChildProcess, question: 'reset' | 'read'): Promise<unknown> {
  const answer = once(child, 'message', { signal: AbortSignal.timeout(READY_WITHIN_MS) });
  child.send(question);
  return (await answer)[0];
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS);
  await ended;
  clearTimeout(force);
}
