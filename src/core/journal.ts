import { appendFile, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import type { AppErrorReason } from '../shared/errors/app-error.ts';
import type { ObjectRef } from '../shared/kubernetes/object.ts';
import { type JsonValue, toJsonText } from '../shared/manifest/json-value.ts';
import { replaceFile } from './kubernetes/replace-file.ts';
import { redactMessage } from './redact-message.ts';
import { redactObject } from './redact-object.ts';

const ROTATE_AT_BYTES = 5_000_000;
/** Beside the one that is written. */
export const FULL_FILES_KEPT = 3;
const NEWLINE = 10;

/** What one change did, for the journal. Objects are the API's JSON; secrets and env values are redacted on writing. */
export interface JournalEntry {
  readonly act: string;
  /** As the API names it: "DaemonSet". */
  readonly kind?: string;
  readonly ref: ObjectRef;
  readonly uid?: string;
  readonly outcome: 'done' | 'failed' | 'unknown';
  /** The AppError's message when it failed. */
  readonly error?: string;
  /** The AppError's reason when it failed. */
  readonly reason?: AppErrorReason;
  readonly kubectl: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

export interface Journal {
  write(entry: JournalEntry): Promise<void>;
  /** How many entries it has written. */
  readonly written: number;
  /** Called after each; answers the function that ends it. */
  subscribe(listener: () => void): () => void;
}

/**
 * Append-only JSON lines (0600) at `path`; the last full files are kept beside it, `path.1` the newest. One writer at a
 * time. A line that a crash has cut is closed before the next one, so that it spoils no other.
 */
export function createJournal(path: string, clock: Clock): Journal {
  let tail: Promise<void> = Promise.resolve();
  let count = 0;
  const listeners = new Set<() => void>();
  async function append(line: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    if (size > ROTATE_AT_BYTES) await rotate(path);
    const isCut = size > 0 && size <= ROTATE_AT_BYTES && (await lastByte(path, size)) !== NEWLINE;
    await appendFile(path, isCut ? `\n${line}` : line, { mode: 0o600 });
    count += 1;
    for (const listener of listeners) listener();
  }
  return {
    get written() {
      return count;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    write(entry) {
      const { before, after, error, ref, ...rest } = entry;
      const line = toJsonText({
        at: new Date(clock.now()).toISOString(),
        ref: { ...ref },
        ...rest,
        ...(error === undefined ? {} : { error: redactMessage(error, before, after) }),
        ...(before === undefined ? {} : { before: redactObject(before) }),
        ...(after === undefined ? {} : { after: redactObject(after) }),
      });
      const written = tail.then(() => append(`${line}\n`));
      tail = written.catch(() => undefined);
      return written;
    },
  };
}

async function rotate(path: string): Promise<void> {
  for (let number = FULL_FILES_KEPT - 1; number >= 1; number -= 1) {
    const isThere = await stat(`${path}.${number}`).then(
      () => true,
      () => false,
    );
    if (isThere) await replaceFile(`${path}.${number}`, `${path}.${number + 1}`);
  }
  await replaceFile(path, `${path}.1`);
}

async function lastByte(path: string, size: number): Promise<number | undefined> {
  await using file = await open(path);
  const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: size - 1 });
  return buffer[0];
}
