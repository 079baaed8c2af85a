import { describe, expect, it } from 'vitest';
import { fittingColumns, nextSort, RowOrder, type SortedItems, type TableColumn } from './table-model.ts';

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
const sortItems = (options: SortedItems<Pod>) => new RowOrder<Pod>().sort(options);
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

  it('keeps groups together in the order of their names, sorted within', () => {
    const groupOf = ({ restarts }: Pod) => `zone ${restarts}`;
    const grouped = (descending: boolean | undefined) => {
      const sort = descending === undefined ? undefined : { column: 'name', descending };
      return sortItems({ items: pods, columns, rowId, sort, groupOf }).map(({ name }) => name);
    };
    expect(grouped(false)).toEqual(['node-1', 'node-10', 'node-2']);
    expect(grouped(true)).toEqual(['node-10', 'node-1', 'node-2']);
    expect(grouped(undefined)).toEqual(['node-1', 'node-10', 'node-2']);
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

  it('is the same from whatever order it begins with, also when rows come, go and change', () => {
    const order = new RowOrder<Pod>();
    const names = Array.from({ length: 40 }, (_, index) => `node-${(index * 7) % 41}`);
    for (let round = 0; round < 30; round += 1) {
      const items = names
        .filter((_, index) => (index + round) % 5 > 0)
        .map((name, index) => ({ name, restarts: (index * round) % 3 }));
      const sort = { column: round % 2 === 0 ? 'restarts' : 'name', descending: round % 3 === 0 };
      expect(order.sort({ items, columns, rowId, sort })).toEqual(sortItems({ items, columns, rowId, sort }));
    }
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

describe('the columns that there is room for', () => {
  const all = [
    { id: 'name', minWidthPx: 100 },
    { id: 'age', minWidthPx: 50, givesWay: 2 },
    { id: 'images', minWidthPx: 80, givesWay: 1 },
    { id: 'menu', minWidthPx: 20 },
  ];
  const fitting = (roomPx: number) => fittingColumns(all, roomPx).map(({ id }) => id);

  it('are all of them while they fit, and while the room is not known', () => {
    expect(fittingColumns(all, 250)).toBe(all);
    expect(fittingColumns(all, 0)).toBe(all);
  });

  it('lose the least important one first, and no more than need be', () => {
    expect(fitting(249)).toEqual(['name', 'age', 'menu']);
    expect(fitting(170)).toEqual(['name', 'age', 'menu']);
    expect(fitting(169)).toEqual(['name', 'menu']);
  });

  it('keep those that never give way', () => {
    expect(fitting(10)).toEqual(['name', 'menu']);
  });
});
