import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellAt, cellPlace, layoutMap, movedCell, nextWithLook } from './map-layout.ts';

const zones = (...counts: number[]) => counts.map((count, index) => ({ label: `zone ${index} · ${count}`, count }));
const someGroups = fc.array(
  fc.record({ label: fc.string({ maxLength: 80 }), count: fc.integer({ min: 1, max: 300 }) }),
  {
    minLength: 1,
    maxLength: 12,
  },
);
const someWidth = fc.integer({ min: 120, max: 1600 });

describe('the places of the node map', () => {
  it('puts small groups beside each other with large cells', () => {
    const { groups, pitch, height } = layoutMap(zones(8, 8, 8), 760);
    expect(pitch).toBe(26);
    expect(groups.map(({ y }) => y)).toEqual([0, 0, 0]);
    expect(groups.map(({ first }) => first)).toEqual([0, 8, 16]);
    expect(height).toBeLessThan(60);
  });

  it('shows 5,000 nodes in three zones without a scroll bar of its own, in cells that can be told apart', () => {
    const { size, height, groups } = layoutMap(zones(1667, 1667, 1666), 760);
    expect(size).toBe(6);
    expect(height).toBeLessThan(420);
    expect(groups.every(({ x }) => x === 0)).toBe(true);
  });

  it('finds each cell at its own place, and never two at one', () => {
    fc.assert(
      fc.property(someGroups, someWidth, (groups, width) => {
        const layout = layoutMap(groups, width);
        const total = groups.reduce((sum, { count }) => sum + count, 0);
        for (let index = 0; index < total; index += 1) {
          const at = cellPlace(layout, index);
          if (at === undefined) throw new Error(`cell ${index} has no place`);
          const found = cellAt(layout, { x: at.x + layout.size / 2, y: at.y + layout.size / 2 });
          const isInside = at.x + layout.size <= Math.max(width, layout.pitch) && at.y + layout.size <= layout.height;
          if (found !== index || !isInside) throw new Error(`cell ${index} at ${at.x} ${at.y} is ${found}`);
        }
        expect(cellPlace(layout, total)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it('has a heading above the cells of each group and no cell under it', () => {
    const layout = layoutMap(zones(100, 100), 400);
    for (const { x, y } of layout.groups) expect(cellAt(layout, { x: x + 1, y: y + 1 })).toBeUndefined();
    expect(cellAt(layout, { x: -1, y: 30 })).toBeUndefined();
    expect(cellAt(layout, { x: 399, y: 5000 })).toBeUndefined();
  });
});

describe('keys on the node map', () => {
  const layout = layoutMap(zones(50, 50, 3), 400);
  const [one, two, three] = layout.groups;

  it('move along and across rows, over headings too', () => {
    const perRow = one?.perRow ?? 0;
    expect(perRow).toBe(21);
    expect(movedCell(layout, 0, 'ArrowRight')).toBe(1);
    expect(movedCell(layout, 0, 'ArrowLeft')).toBe(0);
    expect(movedCell(layout, 5, 'ArrowDown')).toBe(5 + perRow);
    expect(movedCell(layout, 5 + 2 * perRow, 'ArrowDown')).toBe((two?.first ?? 0) + 5);
    expect(movedCell(layout, (two?.first ?? 0) + 5, 'ArrowUp')).toBe(5 + 2 * perRow);
    // Its last row has three cells: the nearest is taken.
    expect(movedCell(layout, (two?.first ?? 0) + 49, 'ArrowDown')).toBe((three?.first ?? 0) + 2);
    expect(movedCell(layout, 102, 'ArrowDown')).toBe(102);
    expect(movedCell(layout, 3, 'End')).toBe(102);
    expect(movedCell(layout, 3, 'Home')).toBe(0);
    expect(movedCell(layout, 3, 'x')).toBeUndefined();
  });

  it('reach every cell by down and right alone', () => {
    fc.assert(
      fc.property(someGroups, someWidth, fc.nat(), (groups, width, seed) => {
        const any = layoutMap(groups, width);
        const total = groups.reduce((sum, { count }) => sum + count, 0);
        const from = seed % total;
        const below = movedCell(any, from, 'ArrowDown') ?? -1;
        const here = cellPlace(any, from);
        const there = cellPlace(any, below);
        expect(below === from || (there?.y ?? 0) > (here?.y ?? 0)).toBe(true);
      }),
    );
  });

  it('go to the next node of a kind, and round to the first', () => {
    const looks = ['ready', 'failing', 'ready', 'failing'];
    expect(nextWithLook(looks, 1, 'failing')).toBe(3);
    expect(nextWithLook(looks, 3, 'failing')).toBe(1);
    expect(nextWithLook(looks, -1, 'ready')).toBe(0);
    expect(nextWithLook(looks, 0, 'extra')).toBeUndefined();
  });
});
