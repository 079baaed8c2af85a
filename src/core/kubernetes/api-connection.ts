import type { Attention } from '../attention.ts';

/** `user` requests overtake `background` ones in the queue of at most 8 unary requests in flight per cluster. */
export type RequestPriority = 'user' | 'background';

export interface GetRequest {
  /** Absolute API path without query: "/apis/apps/v1/daemonsets". */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Default application/json. */
  readonly accept?: string;
  readonly signal: AbortSignal;
  /** To the end of the body; default 10,000. */
  readonly timeoutMs?: number;
  readonly priority?: RequestPriority;
}

export interface ApiResponse {
  readonly status: number;
  readonly body: Uint8Array;
  /** `Warning:` headers' texts, in order. */
  readonly warnings: readonly string[];
}

export interface StreamRequest {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly accept?: string;
  readonly signal: AbortSignal;
  /** Watches share the API agent; logs and bulk have one of their own. */
  readonly purpose: 'watch' | 'log';
  /** To the response's headers; default 10,000. */
  readonly timeoutMs?: number;
  /** How long the server may send nothing while its next bytes are waited for; absent: the reader judges silence. */
  readonly silenceLimitMs?: number;
}

export interface ApiStream {
  readonly status: number;
  /** Pull-driven: not pulling pauses the socket. Throws AppError (Unreachable, Disconnected) when it breaks, ends when the server ends it. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Ends the request; idempotent. */
  close(): void;
}

/** A cluster as the reading side sees it. Every failure is an AppError with contextName. */
export interface ApiConnection {
  readonly contextName: string;
  /** Non-2xx is thrown: a Status body becomes its reason, message, causes and retryAfterSeconds. */
  get(request: GetRequest): Promise<ApiResponse>;
  stream(request: StreamRequest): Promise<ApiStream>;
  /**
   * Held while somebody looks at what is read here: then a connection that says nothing while requests run is probed, where its
   * protocol allows it, and given up when it does not answer.
   */
  readonly attention: Attention;
  /** The protocol spoken, once known: on HTTP/1.1 a watch fills its connection. */
  readonly httpVersion: '1.1' | '2' | undefined;
  /** The command of the exec plugin that runs right now, and that requests wait for. */
  readonly waitingFor?: string | undefined;
  dispose(): Promise<void>;
}

/** What only src/core/change.ts sends, through write-request.ts. */
export interface WriteRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** application/json, application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json. */
  readonly contentType: string;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
  /** `user` unless told; `background` is for reviews, which store nothing. */
  readonly priority?: RequestPriority;
}
