import { APP_ORIGIN } from './app-protocol.ts';

/** What of Electron's WebFrameMain tells who sent a message. */
export interface SenderFrame {
  readonly origin: string;
  /** Null in a top frame. */
  readonly parent: unknown;
}

/**
 * Whether a message comes from our own page and not from a frame inside it, nor from one that was already destroyed
 * (senderFrame is null then). Electron's security checklist, item 17: "Validate the sender of all IPC messages".
 */
export function isTrustedSender(frame: SenderFrame | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === APP_ORIGIN;
}
