import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { watchParent } from '../launch/supervise.mjs';
import { root } from '../build/parts.ts';

const KILL_AFTER_MS = 1_000;
const MINUTE_MS = 60_000;
export const TOO_LATE = 124;
const running = new Set<ChildProcess>();

export interface CommandOptions {
  /** Shows the output while it comes, else it is only collected. */
  readonly live?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** After this long it is ended: a test that loops without end cannot be stopped by its own runner. */
  readonly limitMinutes?: number;
}

export interface CommandResult {
  /** 124 when it was ended because it took too long. */
  readonly code: number;
  readonly output: string;
}

/** Runs a Node program with its own process group, so that ending it ends all that it started. */
export function runNode(
  args: readonly string[],
  { live = false, env = {}, limitMinutes = 10 }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd: root,
      env: { ...process.env, ...colour, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    running.add(child);
    const chunks: Buffer[] = [];
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      if (live) process.stdout.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => take(Buffer.from(`${error.message}\n`)));
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      take(Buffer.from(`\nended: it took more than ${limitMinutes} minutes\n`));
      signal(child, 'SIGTERM');
      setTimeout(() => signal(child, 'SIGKILL'), KILL_AFTER_MS);
    }, limitMinutes * MINUTE_MS);
    child.once('close', (code) => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ code: late ? TOO_LATE : (code ?? 1), output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

/** Ends everything that was started when the runner is told to end, or when npm is gone. */
export function endChildrenWithUs(): void {
  const end = (exitCode: number) => {
    for (const child of running) signal(child, 'SIGTERM');
    setTimeout(() => {
      for (const child of running) signal(child, 'SIGKILL');
      process.exit(exitCode);
    }, KILL_AFTER_MS);
  };
  process.once('SIGINT', () => end(130));
  process.once('SIGTERM', () => end(143));
  process.once('SIGHUP', () => end(129));
  watchParent(() => end(143));
}

/** What ends a process with all that it started, where the system has no process groups. */
export function treeKiller(
  platform: NodeJS.Platform,
  pid: number,
  env: Readonly<Record<string, string | undefined>>,
): { readonly command: string; readonly args: readonly string[] } | undefined {
  if (platform !== 'win32') return undefined;
  const command = `${env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\taskkill.exe`;
  return { command, args: ['/pid', String(pid), '/T', '/F'] };
}

function signal(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  const tree = treeKiller(process.platform, child.pid, process.env);
  if (tree !== undefined) {
    // There are no process groups, and no gentle end either.
    spawnSync(tree.command, tree.args, { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!gone) throw error;
  }
}
