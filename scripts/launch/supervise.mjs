import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { isRunning } from './file-lock.mjs';

const PARENT_POLL_MS = 250;
/** Everything must be over 2 s after the first signal. */
export const GRACE_MS = 1_400;
/** Ctrl+C reaches the whole terminal group at once: the child gets this long to end by itself before it is told again. */
const INTERRUPT_MS = 300;

/**
 * Calls `onGone` once when the process that started this one is gone. Killing npm does not kill what npm started, and the
 * shell that npm puts in between outlives it, so on Linux that shell's own parent is watched too.
 * @param {() => void} onGone
 * @returns {() => void} stops watching
 */
export function watchParent(onGone) {
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && isRunning(parent) && parentOf(parent) === grandparent) return;
    clearInterval(timer);
    onGone();
  }, PARENT_POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * @param {number} pid
 * @returns {string | undefined} the parent's id, where the system tells it without starting a program and npm is involved
 */
function parentOf(pid) {
  if (process.platform !== 'linux' || process.env['npm_lifecycle_event'] === undefined) return undefined;
  try {
    return /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    // The process ended, or /proc is not to be read: its own id decides alone.
    return undefined;
  }
}

/**
 * Runs a program in the foreground and resolves with its exit code (128 + n when a signal ended it). SIGINT, SIGTERM and
 * the loss of the parent end it: gently first, by force after 1.4 s.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    /** @type {NodeJS.Timeout[]} */
    const timers = [];
    let ending = false;
    const end = (/** @type {number} */ gentleAfterMs) => {
      if (ending) return;
      ending = true;
      const gentle = () => child.kill('SIGTERM');
      if (gentleAfterMs === 0) gentle();
      else timers.push(setTimeout(gentle, gentleAfterMs));
      timers.push(setTimeout(() => child.kill('SIGKILL'), GRACE_MS));
    };
    const onInterrupt = () => end(INTERRUPT_MS);
    const onTerminate = () => end(0);
    process.on('SIGINT', onInterrupt);
    process.on('SIGTERM', onTerminate);
    process.on('SIGHUP', onTerminate);
    const unwatch = watchParent(onTerminate);
    const settle = () => {
      timers.forEach(clearTimeout);
      unwatch();
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
      process.off('SIGHUP', onTerminate);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code, signal) => {
      settle();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
