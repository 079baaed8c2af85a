import type { Clock } from '../../shared/clock.ts';
import type { ReadState } from '../../shared/contract/live.ts';
import { assertNever } from '../../shared/errors/assert-never.ts';
import { AppError, type AppErrorData, toAppErrorData } from '../../shared/errors/app-error.ts';
import type { Row } from '../../shared/kubernetes/rows.ts';
import type { LiveRows, RowsChange } from '../live-rows.ts';
import type { ApiConnection } from './api-connection.ts';
import { type Backoff, createBackoff } from './backoff.ts';
import { DecodeError, type WatchEvent } from './decode.ts';
import { listPages } from './list-pages.ts';
import type { RowDecoder } from './row-decoder.ts';
import { RowStore } from './row-store.ts';
import { isResourceVersionTooLarge } from './status-to-error.ts';
import { wait } from './wait.ts';
import { PROBE_LIMIT_MS } from './vigil.ts';
import { type WatchEnd, watchOnce } from './watch-once.ts';

export interface ReflectorOptions<T extends Row> {
  readonly connection: ApiConnection;
  /** Collection path: "/apis/apps/v1/daemonsets". */
  readonly path: string;
  /** labelSelector and fieldSelector; what pages and watches need is added. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly decoder: RowDecoder<T>;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly pageSize?: number;
  /** Of the first list, whose rows someone waits for; default pageSize. */
  readonly firstPageSize?: number;
}

/** Rows that follow one collection by list and watch, from its making until `stop`. */
export interface Reflector<T extends Row> extends LiveRows<T> {
  /** A whole list has been read: what is not in `rows` did not exist then. */
  readonly listed: boolean;
  /** Lists and watch events that could not be read since the start. */
  readonly parseErrors: number;
  /**
   * Tries again after so many milliseconds, now unless told: cuts a waiting time short, or opens the watch anew, which is stale at once.
   * A list under way goes on.
   */
  nudge(delayMs?: number): void;
  /** Ends requests, timers and the watch; resolves when none is left. No change is told after the call. */
  stop(): Promise<void>;
}

/** What comes next. `from` is the version that a relist must not be older than. */
type Plan = { readonly do: 'list'; readonly from?: string } | { readonly do: 'watch'; readonly version: string };

/** Retried slowly: only a person changes these. */
const SLOW_REASONS: ReadonlySet<string> = new Set(['Unauthorized', 'Forbidden', 'NotFound']);
/** But for a read that was live, these come also from an API server that has just started and has not read its RBAC rules yet. */
const STARTING_REASONS: ReadonlySet<string> = new Set(['Forbidden', 'NotFound']);
const SLOW_RETRY_MS = 30_000;
const SHORT_WATCH_MS = 1000;

class RowReflector<T extends Row> implements Reflector<T> {
  readonly #options: ReflectorOptions<T>;
  readonly #store = new RowStore<T>();
  readonly #listeners = new Set<(change: RowsChange<T>) => void>();
  readonly #stopping = new AbortController();
  readonly #backoff: Backoff;
  readonly #done: Promise<void>;
  #attempt = new AbortController();
  #state: ReadState = { phase: 'connecting' };
  #plan: Plan = { do: 'list' };
  #listedOnce = false;
  /** 410 on a continue token since the last whole list, and on watches since one that told something. */
  #expiredLists = 0;
  #expiredWatches = 0;
  #parseErrors = 0;
  /** The version after which a line could not be read. */
  #unparsableAfter: string | undefined;
  #nudgeDelayMs = 0;
  /** The last watch was quiet: whether its server is there is known as soon as the next one is answered. */
  #inDoubt = false;

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
    this.#backoff = createBackoff(options);
    this.#done = this.#run();
  }

  get state(): ReadState {
    return this.#state;
  }

  get rows(): ReadonlyMap<string, T> {
    return this.#store.rows;
  }

  get listed(): boolean {
    return this.#listedOnce;
  }

  get parseErrors(): number {
    return this.#parseErrors;
  }

  subscribe(listener: (change: RowsChange<T>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  nudge(delayMs = 0): void {
    this.#nudgeDelayMs = delayMs;
    this.#attempt.abort();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#listeners.clear();
    await this.#done;
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  #emit(change: RowsChange<T>): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  #setState(state: ReadState): void {
    this.#state = state;
    this.#emit({ type: 'state' });
  }

  #emitRows(): void {
    const delta = this.#store.takeDelta();
    if (delta !== undefined) this.#emit({ type: 'rows', ...delta });
  }

  async #run(): Promise<void> {
    // The maker subscribes before anything is told.
    await Promise.resolve();
    while (!this.#stopped) {
      const attempt = new AbortController();
      this.#attempt = attempt;
      const plan = this.#plan;
      const delayMs = plan.do === 'list' ? await this.#list(plan.from) : await this.#watch(plan.version);
      if (this.#stopped || delayMs === 0) continue;
      await this.#pause(delayMs, attempt.signal);
    }
  }

  async #pause(delayMs: number, nudged: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    await wait(clock, delayMs, AbortSignal.any([this.#stopping.signal, nudged]));
    const nudgeDelayMs = this.#nudgeDelayMs;
    if (this.#stopped || !nudged.aborted || nudgeDelayMs === 0) return;
    // Another nudge, as of a person who presses "now", cuts this short too.
    this.#attempt = new AbortController();
    const state = this.#state;
    if (state.phase === 'stale' || state.phase === 'failed') {
      this.#setState({ ...state, retryAt: clock.now() + nudgeDelayMs });
    }
    await wait(clock, nudgeDelayMs, AbortSignal.any([this.#stopping.signal, this.#attempt.signal]));
  }

  /** Answers the milliseconds to wait before the next step. */
  async #list(from: string | undefined): Promise<number> {
    try {
      await this.#readPages(from);
      return 0;
    } catch (error) {
      if (this.#stopped) return 0;
      if (error instanceof DecodeError) this.#parseErrors += 1;
      const data = this.#errorData(error);
      if (from !== undefined && (data.reason === 'Expired' || isResourceVersionTooLarge(data))) {
        // Compacted away, or newer than a restored etcd has: the most recent list then.
        this.#plan = { do: 'list' };
        return 0;
      }
      if (data.reason === 'Expired' && this.#expiredLists++ === 0) return 0;
      return this.#failed(data);
    }
  }

  #errorData(error: unknown): AppErrorData {
    if (!(error instanceof DecodeError)) return toAppErrorData(error);
    const { contextName } = this.#options.connection;
    return { reason: 'InternalError', message: error.message, contextName, retry: true };
  }

  async #readPages(from: string | undefined): Promise<void> {
    const { query = {}, pageSize = 500, firstPageSize = pageSize, clock } = this.#options;
    const whole: T[] = [];
    let version = '';
    const pages = listPages({
      ...this.#options,
      query,
      pageSize,
      firstPageSize: this.#listedOnce ? pageSize : firstPageSize,
      signal: this.#stopping.signal,
      ...(from === undefined ? {} : { notOlderThan: from }),
    });
    for await (const page of pages) {
      whole.push(...page.rows);
      version = page.resourceVersion;
      // A watch from no version would never tell what was deleted between the two.
      if (version === '') throw new DecodeError('The server answered a list that names no resourceVersion.');
      if (!this.#listedOnce) this.#showPage(page.rows, whole.length, page.remaining);
    }
    if (this.#stopped) return;
    const shown = this.#store.rows.size;
    this.#expiredLists = 0;
    this.#plan = { do: 'watch', version };
    this.#state = { phase: 'live', since: clock.now() };
    this.#store.replaceAll(whole);
    const wasListed = this.#listedOnce;
    this.#listedOnce = true;
    // The first list's readers have had its rows page by page: telling them all again would send everything twice.
    if (!wasListed && shown === whole.length) this.#emit({ type: 'state' });
    else this.#emit({ type: 'reset' });
  }

  #showPage(rows: readonly T[], received: number, remaining: number | undefined): void {
    this.#state = { phase: 'listing', received, ...(remaining === undefined ? {} : { remaining }) };
    for (const row of rows) this.#store.upsert(row);
    const delta = this.#store.takeDelta();
    this.#emit(delta === undefined ? { type: 'state' } : { type: 'rows', ...delta });
  }

  async #watch(version: string): Promise<number> {
    const { clock, random, query = {} } = this.#options;
    const openedAt = clock.now();
    let heard = false;
    const inDoubt = this.#inDoubt;
    this.#inDoubt = false;
    const end = await watchOnce({
      ...this.#options,
      query: {
        ...query,
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: version,
        timeoutSeconds: String(300 + Math.floor(random() * 301)),
      },
      signal: AbortSignal.any([this.#stopping.signal, this.#attempt.signal]),
      ...(inDoubt ? { openTimeoutMs: PROBE_LIMIT_MS } : {}),
      onOpen: () => this.#opened(),
      onEvents: (events) => {
        heard ||= events.length > 0;
        this.#apply(events);
      },
    });
    const empty = !heard && clock.now() - openedAt < SHORT_WATCH_MS;
    if (!empty) this.#expiredWatches = 0;
    return this.#stopped ? 0 : this.#ended(end, empty);
  }

  #opened(): void {
    this.#backoff.healthy();
    if (this.#state.phase !== 'live') this.#setState({ phase: 'live', since: this.#options.clock.now() });
  }

  #apply(events: readonly WatchEvent<T>[]): void {
    for (const event of events) {
      switch (event.type) {
        case 'upsert':
          this.#store.upsert(event.row);
          this.#plan = { do: 'watch', version: event.row.resourceVersion };
          break;
        case 'delete':
          this.#store.delete(event.row.uid);
          this.#plan = { do: 'watch', version: event.row.resourceVersion };
          break;
        case 'bookmark':
          this.#plan = { do: 'watch', version: event.resourceVersion };
          break;
        case 'error':
          break;
        default:
          assertNever(event);
      }
    }
    this.#emitRows();
  }

  #ended(end: WatchEnd, empty: boolean): number {
    const { contextName } = this.#options.connection;
    switch (end.kind) {
      case 'ended':
        if (!empty) return 0;
        return this.#failed({
          reason: 'Disconnected',
          message: 'The API server ended the watch at once.',
          contextName,
          retry: true,
        });
      case 'expired':
        this.#planRelist(end.error);
        if (this.#expiredWatches++ > 0) return this.#failed(end.error);
        this.#stale(end.error);
        return 0;
      case 'unparsable':
        this.#parseErrors += 1;
        this.#planAfterUnparsable();
        return this.#failed(end.error);
      case 'failed':
        return this.#failed(end.error);
      case 'slept':
        this.#stale(end.error);
        // Every cluster's watches notice the sleep together: not all in the same tick.
        return Math.round(this.#options.random() * 1000);
      case 'quiet':
        this.#inDoubt = true;
        return 0;
      case 'stopped':
        this.#stale({ reason: 'Disconnected', message: 'The watch is opened anew.', contextName, retry: true });
        return this.#nudgeDelayMs;
      default:
        return assertNever(end);
    }
  }

  #planRelist(error: AppErrorData): void {
    if (this.#plan.do !== 'watch') return;
    this.#plan = isResourceVersionTooLarge(error) ? { do: 'list' } : { do: 'list', from: this.#plan.version };
  }

  /** The same line a second time is how the server has it: only a list leads past it. */
  #planAfterUnparsable(): void {
    if (this.#plan.do !== 'watch') return;
    const { version } = this.#plan;
    if (this.#unparsableAfter === version) this.#plan = { do: 'list', from: version };
    this.#unparsableAfter = version;
  }

  #stale(error: AppErrorData, retryAt?: number): void {
    const since = this.#state.phase === 'stale' ? this.#state.since : this.#options.clock.now();
    this.#setState({ phase: 'stale', since, error, ...(retryAt === undefined ? {} : { retryAt }) });
  }

  #failed(error: AppErrorData): number {
    const { clock, random } = this.#options;
    const isSlow = SLOW_REASONS.has(error.reason) && !(this.#listedOnce && STARTING_REASONS.has(error.reason));
    const delayMs = isSlow
      ? Math.round(SLOW_RETRY_MS * (1 + random() / 10))
      : this.#backoff.nextDelayMs(error.retryAfterSeconds);
    const retryAt = clock.now() + delayMs;
    if (this.#listedOnce || this.#store.rows.size > 0) this.#stale(error, retryAt);
    else this.#setState({ phase: 'failed', error, retryAt });
    return delayMs;
  }
}

/** Follows a collection with the rules of client-go's reflector (tools/cache/reflector.go, 0.37); starts at once. */
export function createReflector<T extends Row>(options: ReflectorOptions<T>): Reflector<T> {
  return new RowReflector(options);
}

/** The state's error as something to throw, for readers that wait for the first rows. */
export function stateError(state: ReadState): AppError | undefined {
  return state.phase === 'failed' || state.phase === 'stale' ? new AppError(state.error) : undefined;
}
