import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { FULL_FILES_KEPT } from '../../journal.ts';
import { errorCode } from '../../kubernetes/socket-failure.ts';
import { readPart } from './file-lines.ts';

const NEWLINE = 10;
const FIRST_BYTES = 4096;
/** Id of a file whose first line is still being written. */
export const UNFINISHED = 'unfinished';

export interface OpenJournalFile {
  readonly handle: FileHandle;
  readonly size: number;
  /** By its first line, which never changes, while its name does. */
  readonly id: string;
}

/** One file of the journal. */
export type JournalFile = OpenJournalFile | { readonly name: string; readonly why: string };

export interface JournalFiles extends AsyncDisposable {
  /** The newest first; those that are not there are left out. */
  readonly files: readonly JournalFile[];
}

/**
 * The files of the journal, held open, so that a rotation takes nothing away. They are opened from the newest to the oldest: a
 * rotation in between only moves one to where it is looked for next, and one that is met twice is told by its inode.
 *
 * @throws AppError InternalError when the one that is written now cannot be read
 */
export async function openJournalFiles(path: string): Promise<JournalFiles> {
  const handles: FileHandle[] = [];
  const close = async () => {
    await Promise.all(handles.map((handle) => handle.close()));
  };
  try {
    const files: JournalFile[] = [];
    const seen = new Set<string>();
    for (let number = 0; number <= FULL_FILES_KEPT; number += 1) {
      const file = await openFile(number === 0 ? path : `${path}.${number}`, handles);
      if (file === undefined) continue;
      if ('why' in file && number === 0) throw cannotRead(path, file.why);
      const key = 'why' in file ? file.name : `${file.id} ${(await file.handle.stat({ bigint: true })).ino}`;
      if (!seen.has(key)) files.push(file);
      seen.add(key);
    }
    return { files, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

export function cannotRead(path: string, why: string): AppError {
  return new AppError({ reason: 'InternalError', message: `The journal ${path} cannot be read: ${why}.` });
}

/** The system's reason without the path, which is said beside it. */
export function whyUnreadable(error: unknown): string {
  const code = errorCode(error);
  if (code === 'EACCES' || code === 'EPERM') return 'you may not read it (permission denied)';
  if (code === 'EISDIR') return 'it is a folder';
  return error instanceof Error ? error.message : String(error);
}

async function openFile(path: string, handles: FileHandle[]): Promise<JournalFile | undefined> {
  try {
    const handle = await open(path, 'r');
    handles.push(handle);
    const { size } = await handle.stat();
    return size === 0 ? undefined : { handle, size, id: await idOf(handle, size) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    return { name: basename(path), why: whyUnreadable(error) };
  }
}

async function idOf(handle: FileHandle, size: number): Promise<string> {
  const beginning = await readPart(handle, 0, Math.min(size, FIRST_BYTES));
  const end = beginning.indexOf(NEWLINE);
  if (end === -1 && size < FIRST_BYTES) return UNFINISHED;
  const line = end === -1 ? beginning : beginning.subarray(0, end);
  return createHash('sha256').update(line).digest('base64url').slice(0, 22);
}
