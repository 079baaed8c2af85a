import { AsyncIteratorClass, type ClientLink, type ClientOptions } from '@orpc/client';
import type { Clock } from '../../shared/clock.ts';
import { isChangingCall } from '../../shared/contract/changing-calls.ts';
import { hasByteWindow } from '../../shared/contract/stream-pacing.ts';
import { fromWireError } from '../../shared/contract/wire-error.ts';
import { AppError, toAppErrorData } from '../../shared/errors/app-error.ts';
import type { CallContext } from './call-context.ts';
import type { Channel } from './channel.ts';

export const DEFAULT_DEADLINE_MS = 20_000;
/** The core gives a write 30 s, and then reads back what became of it. */
export const CHANGE_DEADLINE_MS = 90_000;

export interface ApiLinkOptions {
  readonly clock: Clock;
  /** The transport that is open now. */
  readonly channel: () => Channel | undefined;
}

/**
 * The page's end of the contract over whichever transport is open. A call is sent once and never again: what a lost
 * transport leaves unanswered fails as Disconnected, an aborted signal as Cancelled, silence as Timeout; a change that was
 * sent and not answered as OutcomeUnknown. Which of them it was is read from the signals, since the library's own errors do not tell them apart.
 */
export class ApiLink implements ClientLink<CallContext> {
  readonly #clock: Clock;
  readonly #channel: () => Channel | undefined;
  #streams = 0;

  constructor({ clock, channel }: ApiLinkOptions) {
    this.#clock = clock;
    this.#channel = channel;
  }

  async call(path: readonly string[], input: unknown, options: ClientOptions<CallContext>): Promise<unknown> {
    if (options.signal?.aborted === true) throw cancelled();
    const channel = this.#channel();
    if (channel === undefined || channel.lost.aborted) throw disconnected();
    const isChange = isChangingCall(path, input);
    const attempt = new Attempt(channel, options.signal, isChange);
    const deadlineMs = options.context.deadlineMs ?? (isChange ? CHANGE_DEADLINE_MS : DEFAULT_DEADLINE_MS);
    const timer = this.#clock.setTimeout(() => attempt.expire(path, deadlineMs), deadlineMs);
    const pacedStreamId = hasByteWindow(input) ? undefined : `paced-stream-${++this.#streams}`;
    try {
      const output = await attempt.race(
        channel.link.call(path, input, {
          signal: attempt.signal,
          context: pacedStreamId === undefined ? {} : { pacedStreamId },
        }),
      );
      if (!isStream(output)) {
        attempt.settle();
        return output;
      }
      return readStream(output, attempt, () => giveBack(channel, pacedStreamId, attempt));
    } catch (error) {
      attempt.settle();
      throw attempt.explain(error);
    } finally {
      this.#clock.clearTimeout(timer);
    }
  }
}

/** One call on one transport, and why it ended. */
class Attempt {
  readonly #controller = new AbortController();
  readonly #channel: Channel;
  readonly #caller: AbortSignal | undefined;
  readonly #isChange: boolean;
  readonly #abort = () => this.#controller.abort();
  #failure: AppError | undefined;

  constructor(channel: Channel, caller: AbortSignal | undefined, isChange: boolean) {
    this.#channel = channel;
    this.#isChange = isChange;
    this.#caller = caller;
    caller?.addEventListener('abort', this.#abort, { once: true });
  }

  /** Ends the call on the wire. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  expire(path: readonly string[], deadlineMs: number): void {
    this.fail(
      new AppError({
        reason: 'Timeout',
        message: `Everynode did not answer within ${deadlineMs / 1000} s.`,
        detail: path.join('.'),
        retry: true,
      }),
    );
  }

  fail(failure: AppError): void {
    this.#failure ??= failure;
    this.#abort();
  }

  /** The promise, or a failure as soon as the call is over by a signal, whatever the library then does. */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const over = () => reject(new Error('over'));
      const signals = [this.#controller.signal, this.#channel.lost];
      const unwatch = () => signals.forEach((signal) => signal.removeEventListener('abort', over));
      signals.forEach((signal) => signal.addEventListener('abort', over, { once: true }));
      promise.then(resolve, reject).finally(unwatch);
    });
  }

  explain(error: unknown): AppError {
    if (this.#caller?.aborted === true) return cancelled();
    if (this.#channel.lost.aborted) return this.#isChange ? outcomeUnknown() : disconnected();
    if (this.#failure !== undefined) return this.#isChange ? outcomeUnknown() : this.#failure;
    return fromWireError(error) ?? new AppError(toAppErrorData(error), { cause: error });
  }

  settle(): void {
    this.#caller?.removeEventListener('abort', this.#abort);
  }
}

function readStream(
  source: AsyncIterator<unknown>,
  attempt: Attempt,
  onConsumed: () => void,
): AsyncIteratorClass<unknown> {
  let first = true;
  let returned = false;
  return new AsyncIteratorClass<unknown>(
    async () => {
      if (!first) onConsumed();
      first = false;
      try {
        return await attempt.race(source.next());
      } catch (error) {
        if (returned) return { done: true, value: undefined };
        throw attempt.explain(error);
      }
    },
    async (reason) => {
      returned = true;
      attempt.settle();
      if (reason !== 'next') await source.return?.();
    },
  );
}

/** A host that does not take an item back would never send another: the stream fails then. */
function giveBack(channel: Channel, streamId: string | undefined, attempt: Attempt): void {
  if (streamId === undefined || channel.lost.aborted) return;
  channel.link
    .call(['stream', 'credit'], { streamId, bytes: 1 }, { context: {} })
    .catch((error: unknown) => attempt.fail(attempt.explain(error)));
}

function isStream(output: unknown): output is AsyncIterator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

function cancelled(): AppError {
  return new AppError({ reason: 'Cancelled', message: 'Cancelled.' });
}

function outcomeUnknown(): AppError {
  return new AppError({
    reason: 'OutcomeUnknown',
    message:
      'The connection to Everynode was lost before the answer came: whether this was done is not known. Look before you try again.',
  });
}

export function disconnected(): AppError {
  return new AppError({ reason: 'Disconnected', message: 'The connection to Everynode is lost.', retry: true });
}
