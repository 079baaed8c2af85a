import { describe, expect, it } from 'vitest';
import type { ReadState } from '../../shared/contract/live.ts';
import type { Lease, LiveRows, RowsChange } from '../live-rows.ts';
import { filterLiveRows, joinLiveRows } from './live-views.ts';

interface Item {
  readonly uid: string;
  readonly name: string;
  readonly resourceVersion: string;
  readonly owner: string;
}

class Source implements LiveRows<Item> {
  state: ReadState;
  readonly rows = new Map<string, Item>();
  readonly listeners = new Set<(change: RowsChange<Item>) => void>();
  released = 0;

  constructor(state: ReadState, ...items: readonly Item[]) {
    this.state = state;
    for (const each of items) this.rows.set(each.uid, each);
  }

  subscribe(listener: (change: RowsChange<Item>) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  say(change: RowsChange<Item>): void {
    for (const listener of this.listeners) listener(change);
  }

  lease(): Lease<LiveRows<Item>> {
    return { value: this, release: () => void this.released++ };
  }
}

const item = (uid: string, owner = 'mine'): Item => ({ uid, owner, name: uid, resourceVersion: '1' });
const live: ReadState = { phase: 'live', since: 1 };
const error = { reason: 'Unreachable', message: 'gone' } as const;

describe('several namespaces joined', () => {
  it('shows the rows of all and is live only when all are', () => {
    const a = new Source(live, item('1'));
    const b = new Source({ phase: 'connecting' }, item('2'));
    const joined = joinLiveRows([a.lease(), b.lease()]).value;
    expect([...joined.rows.keys()]).toEqual(['1', '2']);
    expect(joined.state.phase).toBe('connecting');
    b.state = live;
    expect(joined.state.phase).toBe('live');
    b.state = { phase: 'failed', error };
    expect(joined.state).toEqual({ phase: 'failed', error });
  });

  it('counts what was received while several list', () => {
    const joined = joinLiveRows([
      new Source({ phase: 'listing', received: 2, remaining: 5 }).lease(),
      new Source({ phase: 'listing', received: 3 }).lease(),
      new Source(live).lease(),
    ]);
    expect(joined.value.state).toEqual({ phase: 'listing', received: 5 });
  });

  it('passes changes on, and ends and releases all parts', () => {
    const parts = [new Source(live), new Source(live)];
    const joined = joinLiveRows(parts.map((part) => part.lease()));
    const seen: RowsChange<Item>[] = [];
    const end = joined.value.subscribe((change) => seen.push(change));
    parts[1]?.say({ type: 'reset' });
    expect(seen).toEqual([{ type: 'reset' }]);
    end();
    joined.release();
    expect(parts.map((part) => [part.listeners.size, part.released])).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('adds nothing around a single namespace', () => {
    const only = new Source(live).lease();
    expect(joinLiveRows([only])).toBe(only);
  });
});

describe('rows of one owner', () => {
  it('hides the others, and takes one that changed hands as deleted', () => {
    const source = new Source(live, item('1'), item('2', 'other'));
    const filtered = filterLiveRows(source.lease(), (row) => row.owner === 'mine').value;
    const seen: RowsChange<Item>[] = [];
    filtered.subscribe((change) => seen.push(change));
    expect([...filtered.rows.keys()]).toEqual(['1']);
    source.say({ type: 'rows', upserted: [item('1', 'other'), item('3')], deletedUids: ['9'] });
    source.say({ type: 'state' });
    expect(seen).toEqual([{ type: 'rows', upserted: [item('3')], deletedUids: ['9', '1'] }, { type: 'state' }]);
    expect(filtered.state).toBe(live);
  });
});

describe('a row that goes from one part to another', () => {
  it('stays, whichever part tells first', () => {
    const from = new Source(live, item('a'), item('b'));
    const to = new Source(live, item('a'));
    const heard: RowsChange<Item>[] = [];
    joinLiveRows([from.lease(), to.lease()]).value.subscribe((change) => heard.push(change));
    from.rows.clear();
    from.say({ type: 'rows', upserted: [], deletedUids: ['a', 'b'] });
    expect(heard).toEqual([{ type: 'rows', upserted: [], deletedUids: ['b'] }]);
  });
});
