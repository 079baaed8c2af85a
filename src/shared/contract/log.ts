import { eventIterator, oc, type } from '@orpc/contract';
import * as z from 'zod';
import type { AppErrorData } from '../errors/app-error.ts';
import { objectRefInput } from './inputs.ts';

const logTimeInput = z.object({ seconds: z.int(), nanos: z.int().min(0).max(999_999_999) });

/** Where a reader stands in a container's log, after whole lines: with it another stream goes on there, no line lost or repeated. */
export const logMarkInput = z.object({
  /** The run of the container that wrote the last line; of a former run's log read alone they say nothing. */
  podUid: z.string().max(128),
  restartCount: z.int().min(0),
  /** The latest time of a line, and how many lines had it. */
  latest: logTimeInput,
  equalCount: z.int().min(1),
  /** The first line of the last second that began one, and how many lines came from it on. */
  anchor: z.object({ at: logTimeInput, hash: z.int().min(0).max(0xffffffff), count: z.int().min(1) }),
});
export type LogMark = Readonly<z.infer<typeof logMarkInput>>;

/**
 * Items of a `lossless` stream. `bytes` of a `lines` item are taken from the reader's window and given back by
 * `stream.credit`; at an empty window the source is paused down to the API server's socket.
 */
export type LogItem =
  /**
   * Whole lines, each ending in \n but perhaps the very last of a finished log; a line over 64 kB comes in pieces. With timestamps when
   * asked. `mark` is where the reader stands after it; absent inside a line.
   */
  | { readonly type: 'lines'; readonly text: string; readonly bytes: number; readonly mark?: LogMark }
  /** The stream was cut and resumed here, with no line lost or repeated. */
  | { readonly type: 'seam'; readonly at: number; readonly error: AppErrorData }
  /** The server's own words while there is no log yet ("container … is waiting to start"). */
  | { readonly type: 'waiting'; readonly message: string }
  | { readonly type: 'ended'; readonly why: 'complete' | 'containerEnded' | 'podGone' };

export const logContract = {
  /** One container's log. `follow` false reads to the end: with no tailLines the whole log, for a download. */
  read: oc
    .input(
      objectRefInput.extend({
        container: z.string().min(1).max(253),
        /** Chosen by the reader, unique in its connection. */
        streamId: z.string().min(8).max(64),
        windowBytes: z.int().min(65_536).max(16_777_216),
        follow: z.boolean(),
        previous: z.boolean().optional(),
        tailLines: z.int().min(0).max(1_000_000).optional(),
        sinceSeconds: z.int().min(1).optional(),
        timestamps: z.boolean().optional(),
        /** Goes on after this, with a seam first, instead of beginning as tailLines and sinceSeconds say. */
        resumeFrom: logMarkInput.optional(),
      }),
    )
    .output(eventIterator(type<LogItem>())),
};

export const streamContract = {
  /** Gives bytes back to a lossless stream of this connection. Unknown ids are ignored: the stream may just have ended. */
  credit: oc.input(z.object({ streamId: z.string().min(8).max(64), bytes: z.int().min(1) })).output(type<void>()),
};
