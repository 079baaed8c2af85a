import { appendFile, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import type { ObjectRef } from '../shared/kubernetes/object.ts';
import { replaceFile } from './kubernetes/replace-file.ts';
import { redactObject } from './redact-object.ts';

const ROTATE_AT_BYTES = 5_000_000;

/** What one change did, for the journal. Objects are the API's JSON; secrets and env values are redacted on writing. */
export interface JournalEntry {
  readonly act: string;
  readonly ref: ObjectRef;
  readonly uid?: string;
  readonly outcome: 'done' | 'failed' | 'unknown';
  /** The AppError's message when it failed. */
  readonly error?: string;
  readonly kubectl: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface Journal {
  write(entry: JournalEntry): Promise<void>;
}

/** Append-only JSON lines (0600) at `path`; the last full file is kept beside it as `path.1`. One writer at a time. */
export function createJournal(path: string, clock: Clock): Journal {
  let tail: Promise<void> = Promise.resolve();
  async function append(line: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    if (size > ROTATE_AT_BYTES) await replaceFile(path, `${path}.1`);
    await appendFile(path, line, { mode: 0o600 });
  }
  return {
    write(entry) {
      const { before, after, ...rest } = entry;
      const line = JSON.stringify({
        at: new Date(clock.now()).toISOString(),
        ...rest,
        ...(before === undefined ? {} : { before: redactObject(before) }),
        ...(after === undefined ? {} : { after: redactObject(after) }),
      });
      const written = tail.then(() => append(`${line}\n`));
      tail = written.catch(() => undefined);
      return written;
    },
  };
}
