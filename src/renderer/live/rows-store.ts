import type { ReadState, RowsItem } from '../../shared/contract/live.ts';
import type { AppErrorData } from '../../shared/errors/app-error.ts';
import type { Frames } from './frames.ts';

export interface LiveRow {
  readonly uid: string;
  readonly resourceVersion?: string;
}

/** What a table shows: immutable, replaced at most once per frame. */
export interface RowsSnapshot<Row> {
  readonly state: ReadState;
  readonly byUid: ReadonlyMap<string, Row>;
  readonly rows: readonly Row[];
}

const CONNECTING: ReadState = { phase: 'connecting' };

function isPartial(state: ReadState): boolean {
  return state.phase === 'connecting' || state.phase === 'listing';
}

/**
 * The rows of one `snapshot` stream, keyed by uid. Items are merged as they come and published once per frame, so a fast
 * cluster costs one render, and memory is bounded by the number of objects. A table is never cleared by a relist or a
 * reopened stream: old rows stay until a complete list says that they are gone.
 */
export class RowsStore<Row extends LiveRow> {
  readonly #frames: Frames;
  readonly #listeners = new Set<() => void>();
  readonly #rowListeners = new Map<string, Set<() => void>>();
  #snapshot: RowsSnapshot<Row> = { state: CONNECTING, byUid: new Map(), rows: [] };
  #nextRows: Map<string, Row> | undefined;
  #nextState: ReadState = CONNECTING;
  /** Uids seen since a partial full item; the others wait for the list to be complete. */
  #seen: Set<string> | undefined;
  #requested = false;

  constructor(frames: Frames) {
    this.#frames = frames;
  }

  getSnapshot = (): RowsSnapshot<Row> => this.#snapshot;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getRow(uid: string): Row | undefined {
    return this.#snapshot.byUid.get(uid);
  }

  /** Called when the row of this uid was changed, added or deleted; not for other rows. */
  subscribeRow(uid: string, listener: () => void): () => void {
    const listeners = this.#rowListeners.get(uid) ?? new Set();
    listeners.add(listener);
    this.#rowListeners.set(uid, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#rowListeners.delete(uid);
    };
  }

  apply(item: RowsItem<Row>): void {
    this.#nextState = item.state;
    if (item.type === 'full') this.#full(item.rows, item.state);
    else this.#batch(item.upserted, item.deletedUids);
    if (this.#seen !== undefined && item.state.phase === 'live') this.#dropUnseen(this.#seen);
    this.#requestFrame();
  }

  /** The way to the core was lost: rows stay, and say since when they are old. A read without rows goes on connecting. */
  disconnected(error: AppErrorData, now: number): void {
    this.#seen = undefined;
    const hasRows = this.#rowsNow().size > 0;
    if (this.#nextState.phase !== 'stale') {
      this.#nextState = hasRows ? { phase: 'stale', since: now, error } : CONNECTING;
    }
    this.#requestFrame();
  }

  /** The core refused the call itself. Rows stay on screen. */
  failed(error: AppErrorData): void {
    this.#seen = undefined;
    this.#nextState = { phase: 'failed', error };
    this.#requestFrame();
  }

  /** Publishes at once what waits for the frame. */
  flush(): void {
    const rows = this.#nextRows;
    this.#requested = false;
    this.#nextRows = undefined;
    const before = this.#snapshot;
    if (rows === undefined && before.state === this.#nextState) return;
    const byUid = rows ?? before.byUid;
    this.#snapshot = { state: this.#nextState, byUid, rows: rows === undefined ? before.rows : [...rows.values()] };
    for (const [uid, listeners] of this.#rowListeners) {
      if (before.byUid.get(uid) !== byUid.get(uid)) for (const listener of listeners) listener();
    }
    for (const listener of this.#listeners) listener();
  }

  #full(rows: readonly Row[], state: ReadState): void {
    const old = this.#rowsNow();
    const next = new Map<string, Row>();
    for (const row of rows) next.set(row.uid, sameVersion(old.get(row.uid), row) ?? row);
    this.#seen = undefined;
    const mustKeep = isPartial(state) || (state.phase === 'failed' && rows.length === 0);
    if (mustKeep && old.size > 0) {
      this.#seen = new Set(next.keys());
      for (const [uid, row] of old) if (!next.has(uid)) next.set(uid, row);
    }
    this.#nextRows = next;
  }

  #batch(upserted: readonly Row[], deletedUids: readonly string[]): void {
    if (upserted.length === 0 && deletedUids.length === 0) return;
    const rows = this.#writable();
    for (const row of upserted) {
      // A large table comes anew in parts: what is the same in it is drawn once.
      rows.set(row.uid, sameVersion(rows.get(row.uid), row) ?? row);
      this.#seen?.add(row.uid);
    }
    for (const uid of deletedUids) rows.delete(uid);
  }

  #dropUnseen(seen: ReadonlySet<string>): void {
    const rows = this.#writable();
    for (const uid of rows.keys()) if (!seen.has(uid)) rows.delete(uid);
    this.#seen = undefined;
  }

  #rowsNow(): ReadonlyMap<string, Row> {
    return this.#nextRows ?? this.#snapshot.byUid;
  }

  #writable(): Map<string, Row> {
    this.#nextRows ??= new Map(this.#snapshot.byUid);
    return this.#nextRows;
  }

  #requestFrame(): void {
    if (this.#requested) return;
    this.#requested = true;
    this.#frames.request(() => this.flush());
  }
}

function sameVersion<Row extends LiveRow>(old: Row | undefined, next: Row): Row | undefined {
  const same = old?.resourceVersion !== undefined && old.resourceVersion === next.resourceVersion;
  return same ? old : undefined;
}
