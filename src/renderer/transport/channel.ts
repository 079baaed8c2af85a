import type { ClientLink } from '@orpc/client';

/** What travels with a call inside the page's own code. */
export interface LinkContext {
  /** Sent as PACED_STREAM_HEADER. */
  readonly pacedStreamId?: string;
}

/** One open transport: a WebSocket or MessagePort, from its opening to its loss. */
export interface Channel {
  readonly link: ClientLink<LinkContext>;
  /** Aborted the moment the transport is known to be lost, before any of its calls fails. */
  readonly lost: AbortSignal;
}
