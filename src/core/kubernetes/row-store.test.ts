import { describe, expect, it } from 'vitest';
import { RowStore } from './row-store.ts';

function aRow(uid: string, name = uid, resourceVersion = '1', namespace = 'a') {
  return { uid, name, resourceVersion, namespace };
}

describe('rows by uid', () => {
  it('tell the net effect of many changes, once', () => {
    const store = new RowStore();
    store.upsert(aRow('1'));
    store.upsert(aRow('1', '1', '2'));
    store.upsert(aRow('2'));
    store.delete('2');
    store.delete('unknown');
    expect(store.takeDelta()).toEqual({ upserted: [aRow('1', '1', '2')], deletedUids: ['2'] });
    expect(store.takeDelta()).toBeUndefined();
  });

  it('let the old object go when a namesake comes, in the same namespace only', () => {
    const store = new RowStore();
    store.upsert(aRow('old', 'agent'));
    store.upsert(aRow('else', 'agent', '1', 'b'));
    store.upsert(aRow('new', 'agent'));
    expect([...store.rows.keys()]).toEqual(['else', 'new']);
    store.delete('old');
    store.upsert(aRow('newest', 'agent'));
    expect([...store.rows.keys()]).toEqual(['else', 'newest']);
  });

  it('are replaced by a relist, unchanged rows staying the same values', () => {
    const store = new RowStore();
    const same = aRow('same');
    store.upsert(same);
    store.upsert(aRow('changed'));
    store.upsert(aRow('gone'));
    store.replaceAll([aRow('same'), aRow('changed', 'changed', '2'), aRow('new')]);
    expect([...store.rows.keys()].toSorted()).toEqual(['changed', 'new', 'same']);
    expect(store.rows.get('same')).toBe(same);
    expect(store.rows.get('changed')?.resourceVersion).toBe('2');
    expect(store.takeDelta()).toBeUndefined();
  });

  it('keep only what a finished list held', () => {
    const store = new RowStore();
    store.upsert(aRow('1'));
    store.upsert(aRow('2'));
    store.takeDelta();
    store.retain(new Set(['2']));
    expect(store.takeDelta()).toEqual({ upserted: [], deletedUids: ['1'] });
  });
});
