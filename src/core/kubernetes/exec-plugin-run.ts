import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Clock } from '../../shared/clock.ts';
import { ConnectFailure } from './connect-failure.ts';
import { readExecCredential } from './exec-credential.ts';
import type { ExecCredential } from './exec-credential.ts';
import { findCommand, launchOf, searchedFolders } from './exec-command.ts';
import type { CommandSearch, Launch } from './exec-command.ts';
import type { ExecPlugin } from './exec-plugin.ts';
import { plainText, redactPluginText, secretsOf } from './exec-plugin-text.ts';
import { errorCode } from './socket-failure.ts';

export const PLUGIN_LIMIT_MS = 60_000;
export const LIMIT_STDOUT_BYTES = 1_048_576;
const LIMIT_STDERR_BYTES = 8192;

export interface PluginRun {
  readonly plugin: ExecPlugin;
  /** KUBERNETES_EXEC_INFO. */
  readonly execInfo: string;
  readonly search: CommandSearch;
  readonly clock: Clock;
  /** Ends the child. */
  readonly signal: AbortSignal;
  /** What earlier runs gave: never to be shown. */
  readonly known?: ExecCredential | undefined;
}

interface Ending {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
  readonly signalName: string | undefined;
  readonly startError: string | undefined;
  readonly cut: 'limit' | 'cancelled' | 'output' | undefined;
}

/**
 * Runs a plugin once, without a shell and without a terminal. Every failure is a ConnectFailure (CredentialPluginFailed, or Cancelled)
 * whose detail is the plugin's standard error, redacted; its standard output is never shown.
 */
export async function runExecPlugin(run: PluginRun): Promise<ExecCredential> {
  const { plugin, search } = run;
  const file = findCommand(plugin.command, search);
  if (file === undefined) throw notFound(plugin, search.path);
  const launch = launchOf(file, plugin.args, search);
  if (launch === undefined) {
    throw failure(
      `The credential plugin "${plugin.command}" is a batch file, and one of its arguments has a quote, a percent sign or a control character, which cannot be handed to it safely.`,
    );
  }
  const ending = await untilEnd(launch, run);
  return readEnding(ending, run);
}

function readEnding(ending: Ending, { plugin, known }: PluginRun): ExecCredential {
  const name = `The credential plugin "${plugin.command}"`;
  if (ending.cut === 'cancelled') throw new ConnectFailure(`${name} was ended.`, { reason: 'Cancelled', retry: true });
  const secrets = [...plugin.env.map(({ value }) => value), ...secretsOf(known)];
  const words = redactPluginText(ending.stderr, secrets, ending.stdout);
  const fail = (what: string): ConnectFailure => failure(`${name} ${what}.`, words);
  if (ending.cut === 'limit') throw fail(`did not answer within ${PLUGIN_LIMIT_MS / 1000} s and was ended`);
  if (ending.cut === 'output') throw fail(`wrote more than ${LIMIT_STDOUT_BYTES / 1_048_576} MB and was ended`);
  if (ending.startError !== undefined) throw fail(`could not be started (${ending.startError})`);
  if (ending.signalName !== undefined) throw fail(`was ended by ${ending.signalName}`);
  if (ending.exitCode !== 0) throw fail(`failed with exit code ${ending.exitCode}`);
  try {
    return readExecCredential(ending.stdout, plugin);
  } catch (error) {
    if (error instanceof ConnectFailure) throw failure(error.message, words);
    throw error;
  }
}

function untilEnd(launch: Launch, run: PluginRun): Promise<Ending> {
  const { promise, resolve } = Promise.withResolvers<Ending>();
  const child = start(launch, run);
  const stdout: Buffer[] = [];
  let stdoutBytes = 0;
  let stderr = Buffer.alloc(0);
  let cut: Ending['cut'];
  const end = (why: Ending['cut']): void => {
    cut ??= why;
    endChild(child, run.search);
  };
  const onAbort = (): void => end('cancelled');
  const timer = run.clock.setTimeout(() => end('limit'), PLUGIN_LIMIT_MS);
  run.signal.addEventListener('abort', onAbort, { once: true });
  if (run.signal.aborted) onAbort();
  child.stdout?.on('data', (chunk: Buffer) => {
    stdoutBytes += chunk.length;
    if (stdoutBytes > LIMIT_STDOUT_BYTES) end('output');
    else stdout.push(chunk);
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = Buffer.concat([stderr, chunk]).subarray(-LIMIT_STDERR_BYTES);
  });
  const finish = (exitCode: number | null, signalName: string | null, startError?: string): void => {
    run.clock.clearTimeout(timer);
    run.signal.removeEventListener('abort', onAbort);
    resolve({
      stdout: Buffer.concat(stdout).toString('utf8'),
      stderr: stderr.toString('utf8'),
      exitCode: exitCode ?? undefined,
      signalName: signalName ?? undefined,
      startError,
      cut,
    });
  };
  child.once('error', (error) => finish(null, null, errorCode(error) ?? error.name));
  // A grandchild may hold the pipes open after the plugin itself is gone: `close` would wait for it, so that it is ended first.
  child.once('exit', () => endChild(child, run.search));
  child.once('close', (exitCode, signalName) => finish(exitCode, signalName));
  return promise;
}

/** On Linux and macOS in a process group of its own, so that what a wrapper script started ends with it. */
function start(launch: Launch, { plugin, execInfo, search }: PluginRun): ChildProcess {
  const own = Object.fromEntries(plugin.env.map(({ name, value }) => [name, value]));
  return spawn(launch.file, launch.args, {
    env: { ...search.env, PATH: search.path, ...own, KUBERNETES_EXEC_INFO: execInfo },
    shell: false,
    windowsHide: true,
    windowsVerbatimArguments: launch.verbatim ?? false,
    detached: search.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function endChild(child: ChildProcess, { platform, env }: CommandSearch): void {
  if (child.pid === undefined) return;
  if (platform === 'win32') {
    if (child.exitCode !== null) return;
    const taskkill = `${env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\taskkill.exe`;
    const ending = spawn(taskkill, ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    ending.once('error', () => child.kill());
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group is gone already.
  }
}

/** client-go adds the installHint to "executable not found" (exec.go, wrapCmdRunErrorLocked). */
function notFound(plugin: ExecPlugin, path: string): ConnectFailure {
  const isPath = /[\\/]/.test(plugin.command);
  const message = isPath
    ? `The credential plugin ${plugin.command} does not exist or cannot be run.`
    : `The credential plugin "${plugin.command}" was not found on the PATH.`;
  const hint = plainText(plugin.installHint ?? '').trim();
  const searched = isPath ? [] : ['Searched:', ...searchedFolders(path).map((folder) => `  ${folder}`)];
  return failure(message, [...(hint === '' ? [] : [hint, '']), ...searched].join('\n').trim());
}

function failure(message: string, detail?: string): ConnectFailure {
  return new ConnectFailure(message, {
    reason: 'CredentialPluginFailed',
    retry: false,
    ...(detail === undefined || detail === '' ? {} : { detail }),
  });
}
