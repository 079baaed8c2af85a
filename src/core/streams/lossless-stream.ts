import { AppError } from '../../shared/errors/app-error.ts';
import type { Session } from '../session.ts';
import { type ByteWindow, createByteWindow } from './byte-window.ts';

export interface LosslessOptions<Item> {
  readonly session: Session;
  /** Chosen by the reader, unique in its connection. */
  readonly streamId: string;
  readonly windowBytes: number;
  /** Ends the stream; the session's end does too. */
  readonly signal: AbortSignal;
  /** Opens the source, which takes from the window before each item. */
  open(window: ByteWindow, signal: AbortSignal): AsyncIterable<Item>;
}

/** Registers the stream's window in the session for `stream.credit`, and passes the source's items on. Nothing is dropped. */
export async function* losslessStream<Item>(options: LosslessOptions<Item>): AsyncGenerator<Item, void> {
  const { session, streamId } = options;
  if (session.windows.has(streamId)) {
    throw new AppError({ reason: 'ContractViolation', message: `The stream id ${streamId} is in use.` });
  }
  const window = createByteWindow(options.windowBytes);
  session.windows.set(streamId, window);
  const signal = AbortSignal.any([options.signal, session.signal]);
  try {
    for await (const item of options.open(window, signal)) {
      if (signal.aborted) return;
      yield item;
    }
  } finally {
    session.windows.delete(streamId);
  }
}
