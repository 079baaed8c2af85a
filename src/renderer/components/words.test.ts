import { describe, expect, it } from 'vitest';
import { APP_ERROR_REASONS } from '../../shared/errors/app-error.ts';
import { humanDuration } from './age.ts';
import { contextColor, contextInitials, textColorOn } from './context-tile.ts';
import { errorTitle } from './error-words.ts';
import { nodeBarParts, nodeBarWords } from './node-bar-parts.ts';
import { compareValues, gridTracks, nextSort } from './table-model.ts';
import { movedIndex } from './use-table-keys.ts';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

describe('an age', () => {
  it.each([
    [0, '0s'],
    [119 * S, '119s'],
    [2 * M, '2m'],
    [4 * M + 30 * S, '4m30s'],
    [10 * M + 5 * S, '10m'],
    [179 * M, '179m'],
    [3 * H, '3h'],
    [3 * H + 20 * M, '3h20m'],
    [8 * H + 59 * M, '8h'],
    [47 * H, '47h'],
    [2 * D, '2d'],
    [2 * D + 3 * H, '2d3h'],
    [8 * D + 3 * H, '8d'],
    [401 * D, '401d'],
    [2 * 365 * D + 10 * D, '2y10d'],
    [9 * 365 * D, '9y'],
  ])('of %d ms is printed as kubectl does: %s', (ms, words) => {
    expect(humanDuration(ms)).toBe(words);
  });
});

describe('the node bar', () => {
  it('shows ready, old and missing pods that together are the desired ones', () => {
    const counts = { desired: 235, ready: 231, updated: 191 };
    expect(nodeBarParts(counts)).toEqual([
      { kind: 'ready', count: 191 },
      { kind: 'old', count: 40 },
      { kind: 'missing', count: 4 },
    ]);
    expect(nodeBarWords(counts)).toBe('231 of 235 ready, 40 of the old revision, 4 missing');
  });

  it('is whole when rolled out and empty without nodes', () => {
    expect(nodeBarParts({ desired: 3, ready: 3, updated: 3 })).toEqual([{ kind: 'ready', count: 3 }]);
    expect(nodeBarParts({ desired: 0, ready: 0, updated: 0 })).toEqual([]);
    expect(nodeBarWords({ desired: 0, ready: 0, updated: 0 })).toBe('no nodes');
  });

  it('never shows more than the desired pods when more are ready', () => {
    expect(nodeBarParts({ desired: 2, ready: 5, updated: 5 })).toEqual([{ kind: 'ready', count: 2 }]);
  });
});

describe('the tile of a context', () => {
  it('has two letters, different ones where the names allow it', () => {
    expect(contextInitials(['prod-eu-1', 'staging', 'prod-us-1', 'prod-eu-2'])).toEqual(['PR', 'ST', 'PU', 'PE']);
    expect(contextInitials(['x', '', '日本'])).toEqual(['X', '?', '日本']);
  });

  it('keeps its colour, and has one without being given one', () => {
    expect(contextColor({ contextName: 'a', color: '#123456' })).toBe('#123456');
    expect(contextColor({ contextName: 'prod' })).toBe(contextColor({ contextName: 'prod' }));
  });

  it('has dark letters on a light colour', () => {
    expect(textColorOn('#ffe066')).toBe('#111418');
    expect(textColorOn('#c92a2a')).toBe('#ffffff');
  });
});

describe('an error', () => {
  it('has words of its own for every reason', () => {
    expect(new Set(APP_ERROR_REASONS.map(errorTitle)).size).toBe(APP_ERROR_REASONS.length);
  });
});

describe('a table', () => {
  it('sorts a column ascending, then descending, then as it was', () => {
    const first = nextSort(undefined, 'age');
    expect(first).toEqual({ column: 'age', descending: false });
    expect(nextSort(first, 'age')).toEqual({ column: 'age', descending: true });
    expect(nextSort(nextSort(first, 'age'), 'age')).toBeUndefined();
    expect(nextSort(first, 'name')).toEqual({ column: 'name', descending: false });
  });

  it('orders node-2 before node-10, and numbers by value', () => {
    expect(['node-10', 'node-2'].sort(compareValues)).toEqual(['node-2', 'node-10']);
    expect([10, 9].sort(compareValues)).toEqual([9, 10]);
  });

  it('gives every row the same tracks', () => {
    expect(gridTracks([{ minWidthPx: 90 }, { minWidthPx: 140, grow: 2 }])).toBe('90px minmax(140px, 2fr)');
  });

  it.each([
    ['ArrowDown', 4, 4],
    ['ArrowDown', 1, 2],
    ['ArrowUp', 0, 0],
    ['Home', 3, 0],
    ['End', 0, 4],
    ['PageDown', 0, 4],
    ['PageUp', 4, 0],
    ['x', 2, undefined],
  ])('moves with %s from row %d to %s', (key, from, to) => {
    expect(movedIndex(key, from, 5)).toBe(to);
  });
});
