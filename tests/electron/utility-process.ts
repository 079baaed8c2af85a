import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ForkOptions } from 'electron';
import { app } from './app.ts';
import { answer } from './host-channel.ts';
import type { UtilityFacts } from './wire.ts';

const WORLD = fileURLToPath(new URL('./utility-world.ts', import.meta.url));
const children = new Set<UtilityChild>();

type Output = 'pipe' | 'inherit' | 'ignore';

/**
 * electronjs.org docs: api/utility-process, "Class: UtilityProcess". A child process of Node that has `process.parentPort`
 * and no IPC of Node's own; it ends with its parent, as Chromium's services do.
 */
class UtilityChild extends EventEmitter {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly serviceName: string;
  readonly #child: ChildProcess;
  #ended = false;

  constructor(script: string, args: readonly string[], options: ForkOptions) {
    super();
    this.serviceName = options.serviceName ?? 'Node Utility Process';
    this.#child = spawn(process.execPath, [...(options.execArgv ?? []), '--import', WORLD, script, ...args], {
      stdio: ['ignore', ...outputsOf(options.stdio), 'ipc'],
      env: { ...(options.env ?? process.env) },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    // "child.stdout": null unless options.stdio has 'pipe' there.
    this.stdout = this.#child.stdout;
    this.stderr = this.#child.stderr;
    // Event `spawn`: "once the child process has spawned successfully"; `message`: what it sent by process.parentPort.
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    // Event `exit`: after the child process ends, with the code from waitpid.
    this.#child.once('exit', (code) => {
      this.#ended = true;
      children.delete(this);
      this.emit('exit', code ?? 0);
    });
    children.add(this);
  }

  /** "child.pid": undefined when the child process fails to spawn, and after it has exited. */
  get pid(): number | undefined {
    return this.#ended ? undefined : this.#child.pid;
  }

  /** "child.kill()": SIGTERM on POSIX; true when that was successful. */
  kill(): boolean {
    return !this.#ended && this.#child.kill();
  }

  /** "child.postMessage(message, [transfer])". */
  postMessage(message: unknown): void {
    if (!this.#ended) this.#child.send(message as object);
  }

  /** What only V8 brings about: event `error`, and `exit` after it "no matter if you listen". */
  fatal(): void {
    this.emit('error', 'FatalError', 'Heap', '{}');
    this.#child.kill('SIGABRT');
  }
}

/** "options.stdio": inherit by default; "configuring stdin to any property other than ignore is not supported and will result in an error". */
function outputsOf(stdio: ForkOptions['stdio'] = 'inherit'): readonly [Output, Output] {
  if (typeof stdio === 'string') return [stdio as Output, stdio as Output];
  const [input, out = 'inherit', err = 'inherit'] = stdio;
  if (input !== 'ignore') throw new Error('stdin value other than ignore is not supported.');
  return [out as Output, err as Output];
}

export const utilityProcess = {
  /** "utilityProcess.fork can only be called after the ready event has been emitted on App". */
  fork: (script: string, args: readonly string[] = [], options: ForkOptions = {}) => {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready');
    return new UtilityChild(script, args, options);
  },
};

process.once('exit', () => {
  for (const child of children) child.kill();
});

answer('utility-processes', (): readonly UtilityFacts[] =>
  [...children].map(({ serviceName, pid }) => ({ serviceName, ...(pid === undefined ? {} : { pid }) })),
);
answer('utility-fatal', ({ serviceName }) => {
  const child = [...children].find((candidate) => candidate.serviceName === serviceName);
  if (child === undefined) throw new Error(`no utility process ${serviceName}`);
  child.fatal();
});
