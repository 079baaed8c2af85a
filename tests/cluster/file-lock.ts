import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { hasCode, isAlive } from './system-errors.ts';

const RETRY_MS = 500;
const OWNERLESS_AFTER_MS = 10_000;

/**
 * Runs work while holding a lock file that names this process. A lock whose
 * process is gone is broken.
 */
export async function withFileLock<T>(path: string, log: (line: string) => void, work: () => Promise<T>): Promise<T> {
  let said = false;
  while (!(await taken(path))) {
    if (await isStale(path)) {
      await rm(path, { force: true });
      continue;
    }
    if (!said) log('Waiting for another build of the same to end');
    said = true;
    await wait(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function taken(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    const owner = Number(await readFile(path, 'utf8'));
    if (Number.isInteger(owner) && owner > 0) return !isAlive(owner);
    return Date.now() - (await stat(path)).mtimeMs > OWNERLESS_AFTER_MS;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}
