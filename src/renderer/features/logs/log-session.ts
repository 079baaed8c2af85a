import type { Clock, Timer } from '../../../shared/clock.ts';
import type { LogItem, LogMark } from '../../../shared/contract/log.ts';
import type { AppErrorData } from '../../../shared/errors/app-error.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import { LogRing } from '../../../shared/log/ring.ts';
import { LogSanitizer } from '../../../shared/log/sanitize.ts';
import type { Client } from '../../live/client.ts';
import type { TransportSignal } from '../../live/live-read.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';
import { wayBack } from '../../live/way-back.ts';
import { CreditReturn } from './credit-return.ts';
import { endedWords, seamWords } from './log-words.ts';
import { terminalText } from './terminal-text.ts';

export const LOG_LIMITS = { lines: 20_000, bytes: 32_000_000 } as const;
const WINDOW_BYTES = 1_048_576;
const NOTIFY_MS = 100;
const REOPEN_FIRST_MS = 500;
const REOPEN_MAX_MS = 30_000;

/** Which log, and from where. */
export interface LogRequest {
  readonly contextName: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly timestamps: boolean;
  /** Lines from the end; absent: from the beginning. */
  readonly tailLines?: number;
}

export type LogPhase =
  | { readonly kind: 'opening' }
  | { readonly kind: 'waiting'; readonly message: string }
  | { readonly kind: 'following' }
  /** The way to the core, or to the cluster's connection, was lost: it is read on from its last line as soon as it is back. */
  | { readonly kind: 'cutOff'; readonly since: number; readonly error: AppErrorData }
  | { readonly kind: 'ended'; readonly words: string }
  | { readonly kind: 'failed'; readonly error: AppErrorData };

export interface LogSnapshot {
  readonly phase: LogPhase;
  readonly paused: boolean;
  /** Lines kept. */
  readonly lines: number;
  /** Lines that came before those kept and are no longer here. */
  readonly droppedLines: number;
  /** Lines that came since the pause. */
  readonly newLines: number;
}

/** Where a session writes: a LogScreen, or a fake in tests. */
export interface LogSink {
  write(text: string, longestLine: number, done: () => void): void;
  clear(): void;
}

export interface LogSessionOptions {
  readonly client: Client;
  readonly transport: TransportSignal;
  readonly clock: Clock;
  readonly request: LogRequest;
  readonly newStreamId: () => string;
}

/**
 * One reading of one container's log, over as many streams as it takes: fills the ring, writes to the screen unless paused, and gives the stream's bytes
 * back when the screen has taken them. While paused (or before the screen is loaded) the ring alone takes them.
 */
export class LogSession {
  readonly ring = new LogRing(LOG_LIMITS);
  readonly #options: LogSessionOptions;
  #controller = new AbortController();
  #credit: CreditReturn | undefined;
  readonly #listeners = new Set<() => void>();
  #sanitizer = new LogSanitizer();
  #sink: LogSink | undefined;
  #shownUntil = 0;
  #linesAtPause = 0;
  #lastWaiting = '';
  #unended = '';
  #mark: LogMark | undefined;
  #reopening = new AbortController();
  #phase: LogPhase = { kind: 'opening' };
  #paused = false;
  #timer: Timer | undefined;
  #snapshot: LogSnapshot;

  constructor(options: LogSessionOptions) {
    this.#options = options;
    this.#snapshot = this.#newSnapshot();
  }

  /** Reads until the log or the session ends; after `stop`, from the beginning again. */
  async run(): Promise<void> {
    this.#controller.abort();
    this.#controller = new AbortController();
    this.#mark = undefined;
    if (this.ring.nextNumber > 0) this.clear();
    const { signal } = this.#controller;
    const { transport, clock } = this.#options;
    let delayMs = REOPEN_FIRST_MS;
    for (;;) {
      const before: LogMark | undefined = this.#mark;
      const error = await this.#readStream(signal);
      if (error === undefined || signal.aborted) return;
      if (error.reason !== 'Disconnected' && transport.isConnected()) return this.#fail(error);
      if (this.#mark !== before) delayMs = REOPEN_FIRST_MS;
      this.#cutOff(error);
      this.#reopening = new AbortController();
      await wayBack({ transport, clock, delayMs, signal: AbortSignal.any([signal, this.#reopening.signal]) });
      if (signal.aborted) return;
      delayMs = Math.min(delayMs * 2, REOPEN_MAX_MS);
    }
  }

  /** While it is cut off: tries again now. */
  reopen(): void {
    this.#reopening.abort();
  }

  stop(): void {
    this.#controller.abort();
    this.#credit?.stop();
    if (this.#timer !== undefined) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** From now on the screen shows what is kept and what comes. */
  attach(sink: LogSink): () => void {
    this.#sink = sink;
    this.#redraw();
    return () => {
      if (this.#sink === sink) this.#sink = undefined;
    };
  }

  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#linesAtPause = this.#linesSoFar();
    this.#notify();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    // What was held is no longer all here: the screen begins anew with what is.
    if (this.ring.firstNumber > this.#shownUntil) this.#redraw();
    else this.#show(() => undefined);
    this.#notify();
  }

  /** Empties screen and ring; the stream goes on. */
  clear(): void {
    this.ring.clear();
    this.#linesAtPause = this.#linesSoFar();
    this.#redraw();
    this.#notify();
  }

  getSnapshot = (): LogSnapshot => this.#snapshot;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** One stream to its end; answers what it failed with. */
  async #readStream(signal: AbortSignal): Promise<AppErrorData | undefined> {
    try {
      for await (const item of await this.#open(signal)) {
        if (signal.aborted) return undefined;
        this.#take(item);
      }
      if (!signal.aborted && this.#phase.kind !== 'ended') this.#end('the stream ended');
      return undefined;
    } catch (error) {
      return thrownErrorData(error);
    } finally {
      this.#credit?.stop();
    }
  }

  #fail(error: AppErrorData): void {
    this.#endLine();
    this.#setPhase({ kind: 'failed', error });
  }

  /** A line that has not ended comes again, whole. Without a mark there is nothing to go on from: all of it comes again. */
  #cutOff(error: AppErrorData): void {
    this.#unended = '';
    const since = this.#phase.kind === 'cutOff' ? this.#phase.since : this.#options.clock.now();
    this.#setPhase({ kind: 'cutOff', since, error });
    if (this.#mark === undefined && this.ring.nextNumber > 0) this.clear();
  }

  async #open(signal: AbortSignal): Promise<AsyncIterable<LogItem>> {
    const { client, request, newStreamId } = this.#options;
    const streamId = newStreamId();
    this.#credit = new CreditReturn(client, streamId);
    const { contextName, namespace, pod, container, previous, timestamps, tailLines } = request;
    const input = { contextName, namespace, name: pod, container, previous, timestamps, streamId };
    const range = { windowBytes: WINDOW_BYTES, follow: !previous, ...(tailLines !== undefined && { tailLines }) };
    const from = this.#mark === undefined ? {} : { resumeFrom: this.#mark };
    return client.log.read({ ...input, ...range, ...from }, { signal });
  }

  #take(item: LogItem): void {
    switch (item.type) {
      case 'lines':
        this.#takeLines(item.text, item.bytes);
        this.#mark = item.mark ?? this.#mark;
        return;
      case 'seam':
        this.#remark(seamWords(item));
        this.#setPhase({ kind: 'following' });
        return;
      case 'waiting':
        this.#wait(item.message);
        return;
      case 'ended':
        this.#end(endedWords(item.why));
        return;
      default:
        assertNever(item);
    }
  }

  #takeLines(text: string, bytes: number): void {
    const whole = this.#unended + text;
    const cut = whole.lastIndexOf('\n') + 1;
    this.#unended = whole.slice(cut);
    this.ring.pushText(whole.slice(0, cut));
    if (this.#phase.kind !== 'following') this.#phase = { kind: 'following' };
    const credit = this.#credit;
    this.#show(() => credit?.give(bytes));
    this.#notifySoon();
  }

  #wait(message: string): void {
    if (message !== this.#lastWaiting) this.#remark(message);
    this.#lastWaiting = message;
    this.#setPhase({ kind: 'waiting', message });
  }

  #end(words: string): void {
    this.#endLine();
    this.#remark(words);
    this.#setPhase({ kind: 'ended', words });
  }

  #endLine(): void {
    if (this.#unended === '') return;
    this.ring.pushText(`${this.#unended}\n`);
    this.#unended = '';
    this.#show(() => undefined);
  }

  #remark(text: string): void {
    this.#endLine();
    this.ring.pushRemark(text);
    this.#show(() => undefined);
    this.#notifySoon();
  }

  /** Writes what the screen has not shown; `taken` is called when nobody needs to wait for it any more. */
  #show(taken: () => void): void {
    const entries = this.#sink && !this.#paused ? this.ring.entriesFrom(this.#shownUntil) : [];
    if (!this.#sink || entries.length === 0) {
      taken();
      return;
    }
    this.#shownUntil = this.ring.nextNumber;
    const { text, longestLine } = terminalText(entries, this.#sanitizer);
    this.#sink.write(text, longestLine, taken);
  }

  #redraw(): void {
    this.#sanitizer = new LogSanitizer();
    this.#sink?.clear();
    this.#shownUntil = this.ring.firstNumber;
    this.#show(() => undefined);
  }

  #linesSoFar(): number {
    return this.ring.lineCount + this.ring.droppedLines;
  }

  #newSnapshot(): LogSnapshot {
    return {
      phase: this.#phase,
      paused: this.#paused,
      lines: this.ring.lineCount,
      droppedLines: this.ring.droppedLines,
      newLines: this.#paused ? this.#linesSoFar() - this.#linesAtPause : 0,
    };
  }

  #setPhase(phase: LogPhase): void {
    this.#phase = phase;
    this.#notify();
  }

  /** Counts change with every chunk; the page hears of them ten times a second. */
  #notifySoon(): void {
    this.#timer ??= this.#options.clock.setTimeout(() => this.#notify(), NOTIFY_MS);
  }

  #notify(): void {
    if (this.#timer !== undefined) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#snapshot = this.#newSnapshot();
    for (const listener of this.#listeners) listener();
  }
}
