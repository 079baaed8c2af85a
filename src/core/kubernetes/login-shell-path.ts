import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import type { Clock } from '../../shared/clock.ts';
import type { Environment } from './proxy-environment.ts';

export const SHELL_LIMIT_MS = 5000;
/** Of characters that cannot go on a variable's name: fish knows no `${PATH}`. */
const MARK = '<<everynode>>';
const LIMIT_BYTES = 1_048_576;

/** Runs a shell and answers its standard output; undefined when it failed or the signal ended it. */
export type RunShell = (
  shell: string,
  args: readonly string[],
  env: Environment,
  signal: AbortSignal,
) => Promise<string | undefined>;

export interface LoginShell {
  readonly env: Environment;
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly runShell?: RunShell;
}

/**
 * The PATH of the user's login shell, before what the process has itself: a program that a desktop started has a bare one, without
 * the folders where aws, gcloud and kubelogin are. The process's own where the shell does not answer within 5 s.
 */
export async function loginShellPath({ env, clock, platform, runShell = spawnShell }: LoginShell): Promise<string> {
  const own = env['PATH'] ?? '';
  const shell = env['SHELL'] ?? (platform === 'darwin' ? '/bin/zsh' : '/bin/bash');
  if (platform === 'win32' || !shell.startsWith('/')) return own;
  const end = new AbortController();
  const timer = clock.setTimeout(() => end.abort(), SHELL_LIMIT_MS);
  // As a login shell and an interactive one: both kinds of start-up files set the PATH. fish joins its list by colons inside quotes.
  const output = await runShell(shell, ['-ilc', `printf '%s' "${MARK}$PATH${MARK}"`], env, end.signal);
  clock.clearTimeout(timer);
  const said = output?.split(MARK)[1] ?? '';
  return [...new Set([...said.split(delimiter), ...own.split(delimiter)])]
    .filter((folder) => folder !== '')
    .join(delimiter);
}

const spawnShell: RunShell = (shell, args, env, signal) =>
  new Promise((resolve) => {
    const child = spawn(shell, args, { env, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    let output = '';
    const end = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    signal.addEventListener('abort', end, { once: true });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.length > LIMIT_BYTES) end();
    });
    child.once('exit', end);
    child.once('error', () => resolve(undefined));
    child.once('close', (code) => {
      signal.removeEventListener('abort', end);
      resolve(code === 0 ? output : undefined);
    });
  });
