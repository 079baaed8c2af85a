import { describe, expect, it } from 'vitest';
import { changesBetween } from './machine-state.ts';

describe('changesBetween', () => {
  it('says what came and what went, by kind', () => {
    const before = { mounts: ['/a', '/b'], links: ['eth0'] };
    const after = { mounts: ['/b', '/c'], links: ['eth0'], cgroups: ['memory/x'] };
    expect(changesBetween(before, after)).toEqual(['+mounts: /c', '-mounts: /a', '+cgroups: memory/x']);
  });

  it('is empty for a machine that is as it was', () => {
    expect(changesBetween({ links: ['eth0', 'lo'] }, { links: ['lo', 'eth0'] })).toEqual([]);
  });
});
