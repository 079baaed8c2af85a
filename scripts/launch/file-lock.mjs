import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const POLL_MS = 100;

/**
 * Runs `work` while this process alone holds the lock file. The file holds the owner's pid and appears whole (by link), so
 * a lock whose owner is gone is taken over.
 * @template T
 * @param {string} path
 * @param {() => T | Promise<T>} work
 * @param {() => void} [onWait] called once when another process holds the lock
 * @returns {Promise<T>}
 */
export async function withFileLock(path, work, onWait) {
  mkdirSync(dirname(path), { recursive: true });
  let waited = false;
  while (!tryLock(path)) {
    if (!waited) onWait?.();
    waited = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** @param {string} path */
function tryLock(path) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' && !isGoing(error, process.platform)) throw error;
    removeIfAbandoned(path);
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** @param {string} path */
function removeIfAbandoned(path) {
  try {
    const { ino } = statSync(path);
    const owner = Number(readFileSync(path, 'utf8'));
    // A lock appears with its owner in it: one without was left by a machine that went down.
    if (owner > 0 && isRunning(owner)) return;
    // Somebody else may have taken it over since: only the very file that was read goes.
    if (statSync(path).ino === ino) rmSync(path, { force: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && !isGoing(error, process.platform)) throw error;
  }
}

/**
 * On Windows a file that its owner deletes just now is still there, and cannot be opened.
 * @param {unknown} error
 * @param {NodeJS.Platform} platform
 */
export function isGoing(error, platform) {
  return platform === 'win32' && ['EPERM', 'EBUSY', 'EACCES'].includes(String(codeOf(error)));
}

/**
 * True while a process of this id exists, also one of another user.
 * @param {number} pid
 */
export function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
