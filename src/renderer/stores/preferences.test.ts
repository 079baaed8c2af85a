// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { parsePlaces } from './places.ts';
import { parsePreferences } from './preferences.ts';

describe('stored preferences', () => {
  it('keep what is of the known shape and drop the rest', () => {
    const stored = {
      daemonSetColumns: ['age', 'status'],
      namespaces: { prod: ['logging'], staging: 'all', bad: 3, none: [] },
      unknown: true,
    };
    expect(parsePreferences(stored)).toEqual({
      daemonSetColumns: ['age', 'status'],
      namespaces: { prod: ['logging'], staging: 'all' },
    });
  });

  it.each([undefined, null, 'x', 7, { daemonSetColumns: 'age', namespaces: [] }])('are empty for %j', (stored) => {
    expect(parsePreferences(stored)).toEqual({ namespaces: {} });
  });
});

describe('the place in each context', () => {
  it('is kept only where it belongs to that context', () => {
    const stored = { prod: '#/c/prod/create', staging: '#/c/prod/create', other: '#/', bad: 1 };
    expect(parsePlaces(stored)).toEqual({ prod: '#/c/prod/create' });
  });
});
