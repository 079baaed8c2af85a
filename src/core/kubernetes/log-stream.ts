import type { Clock } from '../../shared/clock.ts';
import type { LogItem, LogMark } from '../../shared/contract/log.ts';
import { assertNever } from '../../shared/errors/assert-never.ts';
import { AppError, type AppErrorData, toAppErrorData } from '../../shared/errors/app-error.ts';
import type { ObjectRef } from '../../shared/kubernetes/object.ts';
import type { ApiConnection, ApiStream } from './api-connection.ts';
import { type Backoff, createBackoff } from './backoff.ts';
import { type ContainerInstance, containerInstance } from './container-instance.ts';
import { type LogBlock, LogLines } from './log-lines.ts';
import { listenToLog } from './log-ears.ts';
import { LogPosition } from './log-position.ts';
import { type LogRange, logQuery } from './log-query.ts';
import { type LogQuery, podPath, requestLog } from './log-request.ts';
import { wait } from './wait.ts';

/** What the reader is ready to take; ByteWindow of src/core/streams. */
export interface LogWindow {
  take(bytes: number, signal: AbortSignal): Promise<void>;
}

export interface LogOptions extends LogRange {
  /** Each line keeps the timestamp that the kubelet puts before it. */
  readonly timestamps?: boolean | undefined;
  /** Where another reading stopped: this one goes on there. */
  readonly resumeFrom?: LogMark | undefined;
}

export interface OpenLogOptions {
  readonly connection: ApiConnection;
  readonly ref: ObjectRef;
  readonly container: string;
  /** Only this pod; a namesake counts as gone. */
  readonly uid?: string | undefined;
  readonly options: LogOptions;
  readonly window: LogWindow;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** How one request ended. */
type PassEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: 'waiting' }
  /** Nothing was heard for so long that it is asked for again; nothing is lost by it. */
  | { readonly kind: 'quiet' }
  | { readonly kind: 'gone'; readonly error: AppErrorData }
  | { readonly kind: 'cut'; readonly error: AppErrorData };
type Items = AsyncGenerator<LogItem, PassEnd>;
type Ended = Extract<LogItem, { type: 'ended' }>['why'];

/** Without an answer for so long a followed log is said to be empty. */
const SILENT_AFTER_MS = 3000;
/** While a container waits it is asked for again at least this often. */
const WAITING_MAX_MS = 5000;
const FORBIDDEN_LOOKS = 4;

class ContainerLog {
  readonly #o: OpenLogOptions;
  readonly #position: LogPosition;
  readonly #lines: LogLines;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #cuts: Backoff;
  #waits: Backoff;
  #instance: ContainerInstance | undefined;
  /** The run that wrote what is read now. */
  #run: Pick<LogMark, 'podUid' | 'restartCount'> | undefined;
  #openedAt: number | undefined;
  #heard: () => void = () => undefined;
  #giving = false;
  /** The last request ended because the log is quiet, which is nothing to tell of. */
  #wasQuiet = false;
  #seam: AppErrorData | undefined;
  #lastMessage: string | undefined;
  #everOpen = false;
  /** Another run follows the one that was asked for: it is read from its beginning. */
  #fromBeginning = false;

  constructor(options: OpenLogOptions) {
    this.#o = options;
    const { resumeFrom } = options.options;
    this.#position = resumeFrom === undefined ? new LogPosition() : LogPosition.at(resumeFrom);
    if (resumeFrom !== undefined) {
      this.#run = resumeFrom;
      this.#everOpen = true;
      this.#seam = this.#disconnected('The page was cut off from its stream.');
    }
    this.#lines = new LogLines(this.#position, options.options.timestamps === true);
    this.#cuts = createBackoff(options);
    this.#waits = this.#newWaits();
  }

  async *read(): AsyncGenerator<LogItem, void> {
    const { follow, previous } = this.#o.options;
    const why = follow && previous !== true ? yield* this.#follow() : yield* this.#readToEnd();
    if (this.#o.signal.aborted || why === undefined) return;
    yield* this.#finish();
    if (!this.#o.signal.aborted) yield { type: 'ended', why };
  }

  async *#readToEnd(): AsyncGenerator<LogItem, Ended | undefined> {
    while (!this.#o.signal.aborted) {
      const end = yield* this.#pass({ previous: this.#o.options.previous === true });
      switch (end.kind) {
        case 'complete':
        case 'waiting':
        case 'quiet':
          return 'complete';
        case 'gone':
          if (!this.#everOpen) throw new AppError(end.error);
          return 'podGone';
        case 'cut':
          await this.#afterCut(end.error);
          break;
        default:
          assertNever(end);
      }
    }
    return undefined;
  }

  async *#follow(): AsyncGenerator<LogItem, Ended | undefined> {
    const { resumeFrom } = this.#o.options;
    const now = await this.#readInstance();
    if (now === undefined) return this.#o.signal.aborted ? undefined : 'podGone';
    this.#instance = { ...now, restartCount: resumeFrom?.restartCount ?? now.restartCount };
    if (this.#instance.restartCount === now.restartCount) this.#run = now;
    else yield* this.#restarted(now);
    while (!this.#o.signal.aborted) {
      const end = yield* this.#pass({});
      this.#wasQuiet = end.kind === 'quiet';
      switch (end.kind) {
        case 'complete': {
          const why = yield* this.#afterEnd();
          if (why !== undefined) return why;
          break;
        }
        case 'waiting':
          await this.#pause(this.#waits);
          break;
        case 'quiet':
          this.#lines.cut();
          break;
        case 'gone':
        case 'cut': {
          if (end.kind === 'cut') await this.#afterCut(end.error);
          const why = yield* this.#catchUp();
          if (why !== undefined) return why;
          if (end.kind === 'gone') yield* this.#unknownToNode(end.error);
          break;
        }
        default:
          assertNever(end);
      }
    }
    return undefined;
  }

  /** The server ended the log of a followed container: it ended, was restarted, or the connection was cut without a word. */
  async *#afterEnd(): AsyncGenerator<LogItem, Ended | undefined> {
    for (let looks = 0; !this.#o.signal.aborted; looks++) {
      const before = this.#instance;
      const now = await this.#look();
      if (now === undefined) return this.#o.signal.aborted ? undefined : 'podGone';
      if (now.restartCount !== before?.restartCount) return yield* this.#restarted(now);
      if (now.final) return 'containerEnded';
      if (now.state !== 'running') {
        yield* this.#finish();
        yield* this.#tell(now.message ?? `Container ${this.#o.container} has ended and waits for its restart.`);
      } else if (looks > 0) {
        // The status comes a moment after the log's end; by now it would have come.
        this.#lines.cut();
        this.#seam = this.#disconnected('The server ended the log although the container runs.');
        return undefined;
      }
      await this.#pause(this.#waits);
    }
    return undefined;
  }

  /** After a cut the container may be another run of itself. */
  async *#catchUp(): AsyncGenerator<LogItem, Ended | undefined> {
    const before = this.#instance;
    const now = await this.#look();
    if (now === undefined) return this.#o.signal.aborted ? undefined : 'podGone';
    if (now.restartCount === before?.restartCount) return undefined;
    return yield* this.#restarted(now);
  }

  /** Reads what is left of the former run, which only `previous` still has, before the new one. */
  async *#restarted(now: ContainerInstance): AsyncGenerator<LogItem, undefined> {
    const missed = now.restartCount - (this.#instance?.restartCount ?? 0) - 1;
    this.#instance = now;
    this.#lines.cut();
    if (missed > 0) {
      const message = `The container was restarted ${missed + 1} times; only the log of the last former run is still there.`;
      this.#seam = this.#disconnected(message);
    }
    try {
      const end = yield* this.#pass({ previous: true });
      if (end.kind === 'cut') await this.#afterCut(end.error);
    } catch (error) {
      // "previous terminated container … not found": the runtime has removed it, and the seam says so.
      if (!(error instanceof AppError) || error.reason !== 'Invalid') throw error;
      this.#seam = error.data;
    }
    const removal = this.#lines.takeRemoval();
    // A run that ended soon after its start takes the former one's container with it, before any status says so.
    if (removal !== undefined) this.#seam = this.#disconnected(removal);
    yield* this.#give(this.#lines.finish());
    this.#run = now;
    this.#fromBeginning = true;
    return undefined;
  }

  /** One request, from its answer to its end. Follows the present run unless `previous` is said. */
  async *#pass({ previous = false }: { readonly previous?: boolean }): Items {
    const { signal, clock, connection, options } = this.#o;
    const follows = options.follow && !previous;
    const ears = listenToLog({ connection, clock, follows, isHeldBack: () => this.#giving });
    this.#heard = ears.heard;
    try {
      const end = yield* this.#request(this.#query(previous), AbortSignal.any([signal, ears.signal]));
      if (ears.why === 'quiet') return { kind: 'quiet' };
      if (ears.why === undefined) return end;
      return { kind: 'cut', error: this.#disconnected('This machine slept; the log is opened anew.') };
    } finally {
      ears.stop();
    }
  }

  async *#request(query: LogQuery, signal: AbortSignal): Items {
    const { connection, ref } = this.#o;
    const asking = requestLog(connection, ref, query, signal).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    });
    if (query.follow && !this.#wasQuiet && (await this.#isSilent(asking, signal))) {
      const yet = this.#position.sinceTime === undefined ? 'yet' : 'more since then';
      yield* this.#tell(`Container ${this.#o.container} has written nothing ${yet}.`);
    }
    const answer = await asking;
    if (answer === undefined || signal.aborted) {
      if (answer?.kind === 'open') answer.stream.close();
      return { kind: 'complete' };
    }
    switch (answer.kind) {
      case 'waiting':
        yield* this.#tell(answer.message);
        return { kind: 'waiting' };
      case 'gone':
        return { kind: 'gone', error: answer.error };
      case 'failed':
        if (!this.#everOpen && (!this.#o.options.follow || answer.error.reason === 'Unreachable')) {
          throw new AppError(answer.error);
        }
        yield* this.#tell(answer.error.message);
        return { kind: 'cut', error: answer.error };
      case 'open':
        if (query.sinceTime !== undefined) this.#position.resume();
        return yield* this.#readStream(answer.stream, signal);
      default:
        return assertNever(answer);
    }
  }

  /** The kubelet answers a followed log with its first line only: silence is an empty log, not a server that hangs. */
  async #isSilent(asking: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
    const answered = new AbortController();
    const silence = wait(this.#o.clock, SILENT_AFTER_MS, AbortSignal.any([signal, answered.signal]));
    const isSilent = await Promise.race([asking.then(() => false), silence.then(() => true)]);
    answered.abort();
    return isSilent && !signal.aborted;
  }

  #query(previous: boolean): LogQuery {
    const now = this.#o.clock.now();
    const openForMs = this.#openedAt === undefined ? undefined : now - this.#openedAt;
    this.#openedAt ??= now;
    const { sinceTime } = this.#position;
    const pass = { container: this.#o.container, previous, sinceTime, openForMs };
    return logQuery(this.#o.options, { ...pass, fromBeginning: this.#fromBeginning });
  }

  async *#readStream(stream: ApiStream, signal: AbortSignal): Items {
    const { clock } = this.#o;
    this.#cuts.healthy();
    if (this.#everOpen && this.#seam !== undefined) yield { type: 'seam', at: clock.now(), error: this.#seam };
    this.#everOpen = true;
    this.#seam = undefined;
    this.#lastMessage = undefined;
    try {
      for await (const chunk of stream.chunks) {
        this.#heard();
        this.#waits = this.#newWaits();
        yield* this.#give(this.#lines.push(chunk));
        if (signal.aborted) break;
      }
      return { kind: 'complete' };
    } catch (error) {
      if (signal.aborted) return { kind: 'complete' };
      return { kind: 'cut', error: toAppErrorData(error) };
    } finally {
      stream.close();
    }
  }

  /** The log of a run ended. */
  async *#finish(): AsyncGenerator<LogItem, void> {
    const removal = this.#lines.takeRemoval();
    if (removal !== undefined) yield* this.#tell(removal);
    yield* this.#give(this.#lines.finish());
  }

  /** Waits for the reader's window before each block, so that a slow reader stops the socket. */
  async *#give(blocks: readonly LogBlock[]): AsyncGenerator<LogItem, void> {
    this.#giving = true;
    for (const { bytes, mark } of blocks) {
      await this.#o.window.take(bytes.length, this.#o.signal);
      if (this.#o.signal.aborted) return;
      const text = this.#decoder.decode(bytes, { stream: true });
      const { podUid = '', restartCount = 0 } = this.#run ?? {};
      const at = mark === undefined ? {} : { mark: { podUid, restartCount, ...mark } };
      yield { type: 'lines', text, bytes: bytes.length, ...at };
    }
    this.#giving = false;
    this.#heard();
  }

  /** The server's words, once for as long as they are the same. */
  async *#tell(message: string): AsyncGenerator<LogItem, void> {
    if (message === this.#lastMessage) return;
    this.#lastMessage = message;
    yield { type: 'waiting', message };
  }

  /** A kubelet says NotFound of a pod that it was not told of yet, too (pkg/kubelet/server/server.go, 1.37). */
  async *#unknownToNode({ message }: AppErrorData): AsyncGenerator<LogItem, void> {
    yield* this.#tell(`The pod's node does not know it yet: ${message}`);
    await this.#pause(this.#waits);
  }

  async #afterCut(error: AppErrorData): Promise<void> {
    this.#lines.cut();
    this.#seam = error;
    await this.#pause(this.#cuts, error.retryAfterSeconds);
  }

  #pause(backoff: Backoff, retryAfterSeconds?: number): Promise<void> {
    return wait(this.#o.clock, backoff.nextDelayMs(retryAfterSeconds), this.#o.signal);
  }

  #newWaits(): Backoff {
    return createBackoff({ ...this.#o, maxMs: WAITING_MAX_MS });
  }

  #disconnected(message: string): AppErrorData {
    return { reason: 'Disconnected', message, contextName: this.#o.connection.contextName, retry: true };
  }

  /** The present run, as often as it takes to be told; undefined when the pod is gone or the reader is. */
  async #look(): Promise<ContainerInstance | undefined> {
    for (let refused = 0; !this.#o.signal.aborted;) {
      try {
        return await this.#readInstance();
      } catch (error) {
        const data = toAppErrorData(error);
        // An API server that has just started forbids what it allows a moment later, when it has read its RBAC rules.
        if (data.reason === 'Forbidden' && refused < FORBIDDEN_LOOKS) refused += 1;
        else if (data.retry !== true) throw error;
        await this.#pause(this.#cuts, data.retryAfterSeconds);
      }
    }
    return undefined;
  }

  async #readInstance(): Promise<ContainerInstance | undefined> {
    const { connection, ref, container, uid, signal } = this.#o;
    try {
      const { body } = await connection.get({ path: podPath(ref), signal });
      const instance = containerInstance(JSON.parse(new TextDecoder().decode(body)), container);
      const expected = uid ?? this.#run?.podUid ?? this.#instance?.podUid ?? instance.podUid;
      return instance.podUid === expected ? instance : undefined;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (error instanceof AppError && error.reason === 'NotFound') return undefined;
      throw error;
    }
  }
}

/**
 * One container's log as items of a lossless stream. A cut is resumed with no line lost or repeated and shown as a
 * seam; a followed container is followed over its restarts until it or its pod is gone. Throws AppError for what no waiting can help; ends
 * without an item when the signal aborts.
 */
export function openLog(options: OpenLogOptions): AsyncGenerator<LogItem, void> {
  return new ContainerLog(options).read();
}
