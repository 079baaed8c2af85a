import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher, Pool } from 'undici';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../../shared/clock.ts';
import type { ApiResponse, RequestPriority } from './api-connection.ts';
import { ConnectFailure } from './connect-failure.ts';
import type { ConnectionPools, PoolKind } from './connection-pools.ts';
import { Deadline } from './deadline.ts';
import { markStart } from './mark-start.ts';
import type { RequestCredentials, RequestHeaders } from './request-credentials.ts';
import { RequestFailure } from './request-failure.ts';
import { readBody } from './response-body.ts';
import { statusToError } from './status-to-error.ts';
import type { UnaryQueue } from './unary-queue.ts';
import { parseWarnings } from './warning-header.ts';

/** One request as the sender knows it; a body is sent as it is. */
export interface SendRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

export interface SenderParts {
  readonly contextName: string;
  readonly server: URL;
  readonly clock: Clock;
  readonly queue: UnaryQueue;
  readonly credentials: RequestCredentials;
  readonly acceptsGzip: boolean;
  /** Set when a proxy forwards plain http: the request's target is the whole URL then. */
  readonly forwardHeaders: RequestHeaders | undefined;
  readonly pools: () => Promise<ConnectionPools>;
  /** These sockets may be dead: later requests get others. */
  readonly suspect: (pools: ConnectionPools) => void;
  readonly disposed: AbortSignal;
}

export type OpenResponse = Dispatcher.ResponseData;

export interface OpenedStream {
  readonly response: OpenResponse;
  readonly deadline: Deadline;
  /** Its sockets may be dead: what is asked next goes over others. */
  readonly suspect: () => void;
}

/** Sends what connection.ts and write-request.ts ask for. Every failure leaves as an AppError. */
export class RequestSender {
  readonly parts: SenderParts;

  constructor(parts: SenderParts) {
    this.parts = parts;
  }

  /** Queued, sent, read to the end. A GET whose kept-alive connection turns out to be dead is sent once more. */
  unary(request: SendRequest, priority: RequestPriority): Promise<ApiResponse> {
    return this.#signedIn(request, priority, () => this.#unary(request, priority));
  }

  #unary(request: SendRequest, priority: RequestPriority): Promise<ApiResponse> {
    const { queue } = this.parts;
    return queue.run({ priority, signal: request.signal, timeoutMs: request.timeoutMs }, async () => {
      const failure = this.failureOf(request);
      const deadline = this.#deadline(request);
      try {
        return await this.#unaryWithRetry(request, deadline, failure);
      } catch (error) {
        if (deadline.end === 'timeout' && failure.silentPools) this.parts.suspect(failure.silentPools);
        throw failure.toAppError(error, deadline.end);
      } finally {
        deadline.release();
      }
    });
  }

  /**
   * Asks for /version by this dispatcher, outside of the queue and of every rule for requests: any answer will do, a refusal too.
   * Rejects with whatever kept it from coming.
   */
  async probe(dispatcher: Dispatcher, signal: AbortSignal): Promise<void> {
    const headers = {
      'user-agent': 'everynode',
      accept: 'application/json',
      ...(await this.parts.credentials.headers()),
    };
    const path = this.#target({ path: '/version' });
    const { body } = await dispatcher.request({ method: 'GET', path, headers, signal });
    await body.dump();
  }

  /** The response's head; its body is the caller's. The deadline's timer stands still from then on, its signals count. */
  open(request: SendRequest, kind: PoolKind): Promise<OpenedStream> {
    return this.#signedIn(request, 'background', () => this.#open(request, kind));
  }

  /** Sends when the user's exec plugin has signed in, and once more with another credential when the server refused that one. */
  async #signedIn<T>(request: SendRequest, by: RequestPriority, send: () => Promise<T>): Promise<T> {
    const { credentials, disposed } = this.parts;
    if (!credentials.hasPlugin) return send();
    const signal = AbortSignal.any([request.signal, disposed]);
    const used = await credentials.prepare(signal, by).catch(this.#asAppError(request));
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof AppError) || error.reason !== 'Unauthorized') throw error;
      if (!(await credentials.renew(used, signal, by).catch(this.#asAppError(request)))) throw error;
      return send();
    }
  }

  #asAppError(request: SendRequest): (error: unknown) => never {
    return (error) => {
      throw this.failureOf(request).toAppError(error, undefined);
    };
  }

  async #open(request: SendRequest, kind: PoolKind): Promise<OpenedStream> {
    const failure = this.failureOf(request);
    const deadline = this.#deadline(request);
    try {
      const response = await this.#withFreshToken(() => this.#dispatch(request, kind, deadline, failure, false));
      if (response.statusCode < 200 || response.statusCode >= 300) {
        const body = await readBody(response, failure);
        throw this.#error(response.statusCode, body, response.headers);
      }
      deadline.stopTimer();
      const suspect = () => {
        if (failure.pools) this.parts.suspect(failure.pools);
      };
      return { response, deadline, suspect };
    } catch (error) {
      if (deadline.end === 'timeout' && failure.silentPools) this.parts.suspect(failure.silentPools);
      const appError = failure.toAppError(error, deadline.end);
      deadline.release();
      throw appError;
    }
  }

  async #unaryWithRetry(request: SendRequest, deadline: Deadline, failure: RequestFailure): Promise<ApiResponse> {
    try {
      return await this.#unaryOnce(request, deadline, failure);
    } catch (error) {
      const repeat =
        request.method === 'GET' && deadline.end === undefined && failure.isLostConnection(error) && !failure.answered;
      if (!repeat) throw error;
      return this.#unaryOnce(request, deadline, failure);
    }
  }

  async #unaryOnce(request: SendRequest, deadline: Deadline, failure: RequestFailure): Promise<ApiResponse> {
    const { body, response } = await this.#withFreshToken(async () => {
      const answer = await this.#dispatch(request, 'api', deadline, failure, this.parts.acceptsGzip);
      return { response: answer, body: await readBody(answer, failure), statusCode: answer.statusCode };
    });
    const status = response.statusCode;
    if (status < 200 || status >= 300) throw this.#error(status, body, response.headers);
    failure.refuseWebPage(status, body, response.headers);
    return { status, body, warnings: parseWarnings(response.headers['warning']) };
  }

  /** A 401 changed nothing: with another token in the token file the request is sent once more. */
  async #withFreshToken<T extends { readonly statusCode: number }>(send: () => Promise<T>): Promise<T> {
    const first = await send();
    if (first.statusCode !== 401 || !(await this.parts.credentials.refresh())) return first;
    if ('body' in first && isDisposable(first.body)) first.body.destroy();
    return send();
  }

  async #dispatch(
    request: SendRequest,
    kind: PoolKind,
    deadline: Deadline,
    failure: RequestFailure,
    gzip: boolean,
  ): Promise<OpenResponse> {
    const { parts } = this;
    const identity = await parts.credentials.headers();
    const pools = await parts.pools();
    if (deadline.end !== undefined) throw new ConnectFailure('The request ended before it was sent.');
    failure.markPools(pools);
    const pool: Pool = pools.pool(kind);
    const sending = pool.compose(markStart(() => failure.markSent())).request({
      method: request.method,
      path: this.#target(request),
      headers: {
        'user-agent': 'everynode',
        ...request.headers,
        ...(gzip ? { 'accept-encoding': 'gzip' } : {}),
        ...parts.forwardHeaders,
        ...identity,
      },
      body: request.body ?? null,
      signal: deadline.signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    // undici hears an abort only once the request is on a connection; while one is being made, nobody else would end the wait.
    const response = await deadline.race(sending);
    failure.markAnswered();
    // An abort after the head is thrown where the body is read; nobody else listens.
    response.body.on('error', ignoreLateError);
    return response;
  }

  #target(request: Pick<SendRequest, 'path' | 'query'>): string {
    const { server, forwardHeaders } = this.parts;
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) query.append(name, value);
    }
    const prefix = server.pathname.replace(/\/+$/, '');
    const path = `${prefix}${request.path}${query.size > 0 ? `?${query.toString()}` : ''}`;
    return forwardHeaders === undefined ? path : `${server.origin}${path}`;
  }

  #error(status: number, body: Uint8Array, headers: IncomingHttpHeaders): AppError {
    const { contextName, clock, credentials } = this.parts;
    const error = statusToError(status, body, headers, { contextName, now: clock.now() });
    const { message, detail, causes, ...rest } = error.data;
    return new AppError({
      ...rest,
      message: credentials.redact(message),
      ...(detail === undefined ? {} : { detail: credentials.redact(detail) }),
      ...(causes === undefined
        ? {}
        : { causes: causes.map((cause) => ({ ...cause, message: credentials.redact(cause.message) })) }),
    });
  }

  failureOf(request: SendRequest): RequestFailure {
    const { contextName, server, credentials } = this.parts;
    return new RequestFailure({
      contextName,
      server,
      writes: request.method !== 'GET',
      timeoutMs: request.timeoutMs,
      credentials,
    });
  }

  #deadline(request: SendRequest): Deadline {
    return new Deadline(this.parts.clock, request.timeoutMs, request.signal, this.parts.disposed);
  }
}

function isDisposable(value: unknown): value is { destroy(): void } {
  return typeof value === 'object' && value !== null && 'destroy' in value && !(value instanceof Uint8Array);
}

function ignoreLateError(): void {
  // See where it is registered.
}
