import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface SecondInstance {
  readonly argv: readonly string[];
  readonly cwd: string;
}

/**
 * One lock in each userData folder, as Chromium keeps it there. A second process leaves its arguments and gets false.
 *
 * @param onSecond called in the first process for each later one
 */
export function takeSingleInstanceLock(userData: string, onSecond: (second: SecondInstance) => void): boolean {
  const lock = join(userData, 'stand-in-lock');
  const inbox = join(userData, 'stand-in-instances');
  mkdirSync(inbox, { recursive: true });
  if (isHeld(lock)) {
    const file = join(inbox, `${process.pid}`);
    writeFileSync(`${file}.tmp`, JSON.stringify({ argv: process.argv, cwd: process.cwd() }));
    renameSync(`${file}.tmp`, `${file}.json`);
    return false;
  }
  writeFileSync(lock, String(process.pid));
  process.once('exit', () => rmSync(lock, { force: true }));
  watch(inbox, { persistent: false }, () => {
    for (const name of readdirSync(inbox).filter((file) => file.endsWith('.json'))) {
      const second = JSON.parse(readFileSync(join(inbox, name), 'utf8')) as SecondInstance;
      rmSync(join(inbox, name));
      onSecond(second);
    }
  });
  return true;
}

function isHeld(lock: string): boolean {
  if (!existsSync(lock)) return false;
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
