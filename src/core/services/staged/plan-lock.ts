import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock, Timer } from '../../../shared/clock.ts';

const BEAT_MS = 15_000;
/** Without a beat for this long its holder is gone, or sleeps: it asks before each deletion whether the lock is still its own. */
const STALE_MS = 120_000;

export interface HeldLock {
  /** False when somebody took it over: then nothing more may be done. */
  isOwn(): Promise<boolean>;
  release(): Promise<void>;
}

interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

/** One lock file per object uid beside its plan: two hosts on one data folder never run the same plan at once. */
export class PlanLocks {
  readonly #folder: string;
  readonly #clock: Clock;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** Undefined when somebody who lives holds it. */
  async acquire(uid: string): Promise<HeldLock | undefined> {
    const path = this.#path(uid);
    const holder: Holder = { token: randomUUID(), pid: process.pid, host: hostname() };
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    if (await this.isHeld(uid)) return undefined;
    await rm(path, { force: true });
    try {
      await using file = await open(path, 'wx', 0o600);
      await file.writeFile(JSON.stringify(holder));
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return undefined;
      throw error;
    }
    const beat = this.#beat(path);
    const isOwn = async () => (await readHolder(path))?.token === holder.token;
    return {
      isOwn,
      release: async () => {
        beat.end();
        if (await isOwn()) await rm(path, { force: true });
      },
    };
  }

  /** Whether a living process holds it. */
  async isHeld(uid: string): Promise<boolean> {
    const path = this.#path(uid);
    const found = await stat(path).catch(ifMissing);
    if (found === undefined || this.#clock.now() - found.mtimeMs > STALE_MS) return false;
    const holder = await readHolder(path);
    // One that was made this very moment has no text yet.
    if (holder === undefined) return true;
    return holder.host !== hostname() || isAlive(holder.pid);
  }

  #beat(path: string): { end(): void } {
    let timer: Timer;
    const next = () => {
      timer = this.#clock.setTimeout(() => {
        const now = new Date(this.#clock.now());
        // A lock that is gone is noticed by isOwn.
        void utimes(path, now, now).catch(() => undefined);
        next();
      }, BEAT_MS);
    };
    next();
    return { end: () => this.#clock.clearTimeout(timer) };
  }

  #path(uid: string): string {
    return join(this.#folder, `${encodeURIComponent(uid)}.lock`);
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, 'utf8').catch(ifMissing);
  if (text === undefined) return undefined;
  try {
    const { token, pid, host } = JSON.parse(text) as Partial<Holder>;
    return typeof token === 'string' && typeof pid === 'number' && typeof host === 'string'
      ? { token, pid, host }
      : undefined;
  } catch {
    // Being written: it has a holder all the same.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}

function ifMissing(error: unknown): undefined {
  if (errnoOf(error) !== 'ENOENT') throw error;
}

function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
