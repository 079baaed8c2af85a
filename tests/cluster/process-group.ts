import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from './system-errors.ts';

export interface ServerCommand {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Running server processes that end with their group, or with this process. */
export class ProcessGroup implements AsyncDisposable {
  readonly #logDir: string;
  readonly #running = new Map<string, ChildProcess>();
  readonly #killAll = (): void => {
    for (const child of this.#running.values()) kill(child);
  };

  constructor(logDir: string) {
    this.#logDir = logDir;
    // First of all listeners: another may remove the folder that servers write to.
    process.prependListener('exit', this.#killAll);
  }

  /** Starts a server; its output goes to `<logDir>/<name>.log`. */
  start(command: ServerCommand): void {
    const log = openSync(this.logPath(command.name), 'a');
    try {
      // The pipe to standard input is the tether: a server of the kit ends when
      // it is closed, which the system does however this process dies.
      const child = spawn(command.file, command.args, {
        stdio: ['pipe', log, log],
        detached: true,
        ...(command.env === undefined ? {} : { env: command.env }),
      });
      this.#running.set(command.name, child);
      const forget = (): void => {
        if (this.#running.get(command.name) === child) this.#running.delete(command.name);
      };
      child.once('exit', forget);
      child.once('error', forget);
      child.stdin?.on('error', () => {
        // A write is never made; the end of the reader shows in 'exit'.
      });
    } finally {
      closeSync(log);
    }
  }

  isRunning(name: string): boolean {
    return this.#running.has(name);
  }

  /** Process id of a running server. */
  pid(name: string): number | undefined {
    return this.#running.get(name)?.pid;
  }

  /** Process ids of all that runs. */
  pids(): readonly number[] {
    return [...this.#running.values()].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  logPath(name: string): string {
    return join(this.#logDir, `${name}.log`);
  }

  /** The end of a server's log, for the message of an error. */
  lastLines(name: string, count = 15): string {
    return readFileSync(this.logPath(name), 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  }

  /** Kills one server. A graceful end takes the API server 14 s, and nothing here is kept. */
  async stop(name: string): Promise<void> {
    const child = this.#running.get(name);
    if (child === undefined) return;
    const ended = once(child, 'exit');
    kill(child);
    await ended;
  }

  /** Kills all servers, and returns when they are gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running.keys()].map((name) => this.stop(name)));
    process.off('exit', this.#killAll);
  }
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    // Detached, so that Ctrl+C in a terminal does not reach it; then it leads a
    // group of its own, which takes what it started with it.
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}
