import { describe, expect, it } from 'vitest';
import { nextSort, sortItems, type TableColumn } from './table-model.ts';

interface Pod {
  readonly name: string;
  readonly restarts: number;
}

const cell = () => null;
const columns: readonly TableColumn<Pod>[] = [
  { id: 'name', header: 'Name', minWidthPx: 1, sortValue: ({ name }) => name, cell },
  { id: 'restarts', header: 'Restarts', minWidthPx: 1, sortValue: ({ restarts }) => restarts, cell },
  { id: 'menu', header: '', minWidthPx: 1, cell },
];
const pods: readonly Pod[] = [
  { name: 'node-10', restarts: 2 },
  { name: 'node-2', restarts: 10 },
  { name: 'node-1', restarts: 2 },
];
const rowId = ({ name }: Pod) => name;
const sorted = (column: string, descending: boolean) =>
  sortItems({ items: pods, columns, rowId, sort: { column, descending } }).map(({ name }) => name);

describe('the order of a table', () => {
  it('is that of the items while nothing is sorted, or by a column that does not sort', () => {
    expect(sortItems({ items: pods, columns, rowId, sort: undefined })).toBe(pods);
    expect(sortItems({ items: pods, columns, rowId, sort: { column: 'menu', descending: true } })).toBe(pods);
    expect(sortItems({ items: pods, columns, rowId, sort: { column: 'gone', descending: false } })).toBe(pods);
  });

  it('is by number in numbers and as people order words', () => {
    expect(sorted('name', false)).toEqual(['node-1', 'node-2', 'node-10']);
    expect(sorted('name', true)).toEqual(['node-10', 'node-2', 'node-1']);
  });

  it('orders equal items by their ids, whatever order a list brings them in, and leaves the items themselves alone', () => {
    expect(sorted('restarts', false)).toEqual(['node-1', 'node-10', 'node-2']);
    expect(sorted('restarts', true)).toEqual(['node-2', 'node-1', 'node-10']);
    const sort = { column: 'restarts', descending: false };
    expect(sortItems({ items: pods.toReversed(), columns, rowId, sort })).toEqual(
      sortItems({ items: pods, columns, rowId, sort }),
    );
    expect(pods[0]?.name).toBe('node-10');
  });

  it('goes from ascending to descending and back to none', () => {
    const up = nextSort(undefined, 'name');
    const down = nextSort(up, 'name');
    expect([up, down, nextSort(down, 'name')]).toEqual([
      { column: 'name', descending: false },
      { column: 'name', descending: true },
      undefined,
    ]);
    expect(nextSort(down, 'restarts')).toEqual({ column: 'restarts', descending: false });
  });
});
