import { rename } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from './socket-failure.ts';

const TRIES = 6;
const FIRST_WAIT_MS = 10;
const IN_USE: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);

export interface ReplaceWays {
  readonly platform: NodeJS.Platform;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly wait: (delayMs: number) => Promise<unknown>;
}

const WAYS: ReplaceWays = { platform: process.platform, rename, wait };

/**
 * Renames a file over another, whole or not at all. Windows refuses it for as long as anybody has one of the two open (a
 * virus scanner, an indexer, our own watcher), so there it is tried again for about a third of a second.
 *
 * @throws NodeJS.ErrnoException
 */
export async function replaceFile(from: string, to: string, ways: ReplaceWays = WAYS): Promise<void> {
  for (let left = TRIES - 1, delayMs = FIRST_WAIT_MS; ; left -= 1, delayMs *= 2) {
    try {
      await ways.rename(from, to);
      return;
    } catch (error) {
      if (ways.platform !== 'win32' || left === 0 || !IN_USE.has(errorCode(error) ?? '')) throw error;
      await ways.wait(delayMs);
    }
  }
}
