import { PageAttention } from './page-attention.ts';

/** One connected page: what belongs to it ends with it. Made by the transport, handed to every handler as context. */
export interface Session {
  readonly id: string;
  /** Aborted when the transport is gone. */
  readonly signal: AbortSignal;
  /** Byte windows of this page's lossless streams, by streamId. */
  readonly windows: Map<string, { credit(bytes: number): void }>;
  /** Whether the page is visible, and what it reads. */
  readonly attention: PageAttention;
}

/** The context of every oRPC handler. */
export interface HandlerContext {
  readonly session: Session;
}

export interface OpenSession {
  readonly session: Session;
  close(): void;
}

export function openSession(id: string): OpenSession {
  const controller = new AbortController();
  const attention = new PageAttention();
  const session: Session = { id, signal: controller.signal, windows: new Map(), attention };
  return {
    session,
    close: () => {
      controller.abort();
      attention.end();
    },
  };
}
