import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { findNode } from '../../scripts/launch/find-node.mjs';
import { fromPageUrl, toPageUrl } from './page-origin.ts';
import { HostEnded, type PageHost, WindowPage } from './window-page.ts';
import type { FromDocument, Question, ToDriver, ToHost } from './wire.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = fileURLToPath(new URL('../../out/main/main.js', import.meta.url));
const REGISTER = new URL('./register.ts', import.meta.url).href;
const READY_WITHIN_MS = 20_000;
const END_WITHIN_MS = 2_000;

export interface StandInWish {
  readonly args: readonly string[];
  /** The whole environment but PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** That of the checkout unless told. */
  readonly main?: string;
}

/** The built main in a process of its own, whose first window is the page that it was given. */
export class StandInProcess implements PageHost {
  readonly child: ChildProcess;
  readonly #page: Page;
  readonly #windows = new Map<number, Promise<WindowPage>>();
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #shown = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<number | null>();
  readonly #said = { out: '', err: '' };
  #nextId = 1;
  #loads: Promise<void> = Promise.resolve();

  private constructor(page: Page, child: ChildProcess) {
    this.#page = page;
    this.child = child;
    child.stdout?.on('data', (chunk: Buffer) => (this.#said.out += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.#said.err += chunk.toString()));
    child.on('message', (message: ToDriver) => this.#receive(message));
    child.once('exit', (code) => this.#onExit(code));
    this.#shown.promise.catch(() => undefined);
  }

  /** @throws with what it wrote when it ends or shows no page in time */
  static async start(page: Page, wish: StandInWish): Promise<StandInProcess> {
    const started = StandInProcess.spawn(page, wish);
    const limit = setTimeout(() => started.#shown.reject(new Error('no page in time')), READY_WITHIN_MS);
    try {
      await started.#shown.promise;
      return started;
    } catch (error) {
      started.child.kill('SIGKILL');
      throw new Error(`Electron's stand-in did not start: ${String(error)}\n${started.stderr()}`, { cause: error });
    } finally {
      clearTimeout(limit);
    }
  }

  /** Without waiting for a page: a second instance shows none. */
  static spawn(page: Page, { args, env, main = MAIN }: StandInWish): StandInProcess {
    const execPath = findNode(ROOT);
    if (execPath === undefined) throw new Error('no Node to run the built main with');
    const child = fork(main, [...args], {
      execPath,
      execArgv: ['--import', REGISTER],
      env: { PATH: process.env['PATH'] ?? '', ...env },
      serialization: 'advanced',
      silent: true,
    });
    return new StandInProcess(page, child);
  }

  readonly stdout = (): string => this.#said.out;
  readonly stderr = (): string => this.#said.err;

  get ended(): Promise<number | null> {
    return this.#ended.promise;
  }

  /** Has the process answer. Rejects with the error of its side, or when it ends. */
  readonly ask = (question: Question): Promise<unknown> => {
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, { resolve, reject });
    this.#tell({ kind: 'ask', id, question });
    return promise;
  };

  readonly fromDocument = (window: number, from: FromDocument): void => this.#tell({ kind: 'document', window, from });

  /** Ends it as the system does. @throws when it lives on for more than 2 s */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    let isLate = false;
    const limit = setTimeout(() => (isLate = this.child.kill('SIGKILL')), END_WITHIN_MS);
    await this.ended;
    clearTimeout(limit);
    for (const window of this.#windows.values()) await (await window).close();
    if (isLate) throw new Error('the built main did not end within 2 s of SIGTERM');
  }

  #tell(message: ToHost): void {
    if (this.child.connected) this.child.send(message);
    else if (message.kind === 'ask') this.#settle(message.id)?.reject(new HostEnded());
  }

  #receive(message: ToDriver): void {
    switch (message.kind) {
      case 'open':
        this.#windows.set(message.window, this.#open(message.window, message.preload));
        return;
      case 'load':
        this.#loads = this.#loads
          .then(() => this.#load(message.window, message.url))
          .catch((error: unknown) => this.#shown.reject(error));
        return;
      case 'close':
        return void this.#close(message.window);
      case 'deliver':
        return void this.#windows.get(message.window)?.then((it) => it.deliver(message.document, message.message));
      case 'answer': {
        const waiting = this.#settle(message.id);
        if (message.error === undefined) waiting?.resolve(message.value);
        else waiting?.reject(new Error(message.error));
      }
    }
  }

  #settle(id: number) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  async #open(window: number, preload: string): Promise<WindowPage> {
    const page = window === 1 ? this.#page : await this.#page.context().newPage();
    const opened = new WindowPage(page, window, this);
    await opened.open(preload);
    page.once('close', () => this.#tell({ kind: 'page-closed', window }));
    return opened;
  }

  async #load(window: number, url: string): Promise<void> {
    const opened = await this.#windows.get(window);
    await opened?.load(fromPageUrl(url));
    this.#tell({ kind: 'loaded', window });
    this.#shown.resolve();
  }

  async #close(window: number): Promise<void> {
    const opened = await this.#windows.get(window);
    await opened?.close();
  }

  #onExit(code: number | null): void {
    this.#ended.resolve(code);
    this.#shown.reject(new Error(`it ended with code ${code}`));
    for (const { reject } of this.#waiting.values()) reject(new HostEnded());
    this.#waiting.clear();
  }
}

export const APP_PAGE = toPageUrl('app://everynode/');
