import { describe, expect, it } from 'vitest';
import { namespaceOptions, toggledNamespace } from './namespace-options.ts';

describe('the namespaces to choose from', () => {
  it('begin with the chosen ones, also one that the server does not list', () => {
    expect(namespaceOptions(['b', 'a', 'c'], ['c', 'mine'], '')).toEqual({ names: ['c', 'mine', 'a', 'b'], more: 0 });
  });

  it('are narrowed by what is typed', () => {
    expect(namespaceOptions(['kube-system', 'logging'], [], ' LOG ').names).toEqual(['logging']);
  });

  it('are cut for a cluster with thousands, and say so', () => {
    const known = Array.from({ length: 1000 }, (_, i) => `ns-${i}`);
    const { names, more } = namespaceOptions(known, [], '');
    expect(names.length + more).toBe(1000);
    expect(names.length).toBe(200);
  });
});

describe('the choice of namespaces', () => {
  it('goes from all to one, to two, and back to all when none is left', () => {
    const one = toggledNamespace('all', 'a', true);
    expect(one).toEqual(['a']);
    expect(toggledNamespace(one, 'b', true)).toEqual(['a', 'b']);
    expect(toggledNamespace(one, 'a', false)).toBe('all');
  });

  it('holds at most the fifty that one list reads', () => {
    const many = Array.from({ length: 50 }, (_, i) => `ns-${i}`);
    const next = toggledNamespace(many, 'last', true);
    expect(next).toHaveLength(50);
    expect(next).toContain('last');
  });
});
