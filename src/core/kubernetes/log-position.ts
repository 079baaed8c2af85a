import type { LogMark } from '../../shared/contract/log.ts';
import { compareTimestamps, type LogTimestamp } from './log-timestamp.ts';

/** FNV-1a, 32 bits: tells lines of one nanosecond apart. */
export const HASH_START = 0x811c9dc5;

export function hashBytes(hash: number, bytes: Uint8Array): number {
  let value = hash;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

/** A LogMark without the run of the container. */
export type LinesMark = Omit<LogMark, 'podUid' | 'restartCount'>;

/** The first line kept of the last second: what comes again after a resume begins at or before it. */
interface Anchor {
  readonly at: LogTimestamp;
  readonly hash: number;
  /** Lines kept from it on. */
  count: number;
}

type Phase =
  | { readonly kind: 'keeping' }
  /** The anchor has not come again yet. */
  | { readonly kind: 'seeking'; equalSeen: number }
  /** The anchor came: so many of the next lines were kept before. */
  | { readonly kind: 'skipping'; remaining: number };

/**
 * Where a log stands, so that it can be resumed by `sinceTime` (whole seconds) with no line lost or repeated: lines of the last second
 * come again in the same order, so they are dropped from the anchor on by count. When the anchor does not come (the file was rotated, or
 * the container is another instance), lines before the latest one kept are dropped, and of those equal to it as many as were kept.
 */
export class LogPosition {
  /** The latest time of a kept line, and how many had it: stdout and stderr may cross by microseconds. */
  #latest: LogTimestamp | undefined;
  #equalCount = 0;
  #anchor: Anchor | undefined;
  #phase: Phase = { kind: 'keeping' };
  #partial: { readonly at: LogTimestamp; readonly offset: number } | undefined;

  /** Stands where another position stood when it gave this mark. */
  static at({ latest, equalCount, anchor }: LinesMark): LogPosition {
    const position = new LogPosition();
    position.#latest = { ...latest, length: 0 };
    position.#equalCount = equalCount;
    position.#anchor = { ...anchor, at: { ...anchor.at, length: 0 } };
    return position;
  }

  /** Where it stands now, between two lines; undefined while nothing was kept. */
  mark(): LinesMark | undefined {
    if (this.#latest === undefined || this.#anchor === undefined) return undefined;
    const { at, hash, count } = this.#anchor;
    return {
      latest: { seconds: this.#latest.seconds, nanos: this.#latest.nanos },
      equalCount: this.#equalCount,
      anchor: { at: { seconds: at.seconds, nanos: at.nanos }, hash, count },
    };
  }

  /** For the query of a resume; undefined while nothing was kept. */
  get sinceTime(): string | undefined {
    const seconds = this.#anchor?.at.seconds ?? this.#partial?.at.seconds;
    return seconds === undefined ? undefined : `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
  }

  /** The next lines come from a request that began at `sinceTime`. */
  resume(): void {
    // Only a part of the very first line was passed on: what stands before that line was not asked for.
    this.#latest ??= this.#partial?.at;
    this.#phase = this.#latest === undefined ? { kind: 'keeping' } : { kind: 'seeking', equalSeen: 0 };
  }

  /** Whether a line's hash is needed at its end. */
  needsHash(at: LogTimestamp): boolean {
    return this.#phase.kind === 'seeking' || this.#anchor === undefined || at.seconds > this.#anchor.at.seconds;
  }

  /** Whether a line that begins with this timestamp is new. */
  isNew(at: LogTimestamp): boolean {
    const phase = this.#phase;
    if (phase.kind === 'keeping') return true;
    if (phase.kind === 'skipping') return false;
    const order = this.#latest === undefined ? 1 : compareTimestamps(at, this.#latest);
    if (order < 0) return false;
    if (order === 0) phase.equalSeen += 1;
    if (order === 0 && phase.equalSeen <= this.#equalCount) return false;
    this.#phase = { kind: 'keeping' };
    return true;
  }

  /** A line that was not new has come to its end. */
  dropped(at: LogTimestamp, hash: number): void {
    const phase = this.#phase;
    const anchor = this.#anchor;
    let remaining: number;
    if (phase.kind === 'skipping') remaining = phase.remaining - 1;
    else if (anchor !== undefined && hash === anchor.hash && compareTimestamps(at, anchor.at) === 0) {
      remaining = anchor.count - 1;
    } else return;
    this.#phase = remaining > 0 ? { kind: 'skipping', remaining } : { kind: 'keeping' };
  }

  /** A new line has come to its end and was passed on. */
  kept(at: LogTimestamp, hash: number): void {
    this.#partial = undefined;
    const order = this.#latest === undefined ? 1 : compareTimestamps(at, this.#latest);
    if (order > 0) this.#latest = at;
    if (order >= 0) this.#equalCount = order > 0 ? 1 : this.#equalCount + 1;
    const anchor = this.#anchor;
    if (anchor === undefined || at.seconds > anchor.at.seconds) this.#anchor = { at, hash, count: 1 };
    else if (at.seconds === anchor.at.seconds) anchor.count += 1;
  }

  /** A line too long to hold was passed on up to a byte of it (counted with its timestamp). */
  passed(at: LogTimestamp, offset: number): void {
    this.#partial = { at, offset };
  }

  /** How many bytes of a new line were passed on before the cut; 0 when another line, or none, was cut. */
  takePartial(at: LogTimestamp | undefined): number {
    const partial = this.#partial;
    this.#partial = undefined;
    return partial !== undefined && at !== undefined && compareTimestamps(at, partial.at) === 0 ? partial.offset : 0;
  }
}
