import { describe, expect, it } from 'vitest';
import { isChangingCall } from './changing-calls.ts';
import { contract } from './contract.ts';

describe('calls that change a cluster', () => {
  it('are those that write, and no dry run of them', () => {
    expect(isChangingCall(['daemonSet', 'delete'], {})).toBe(true);
    expect(isChangingCall(['daemonSet', 'restart'], {})).toBe(true);
    expect(isChangingCall(['daemonSet', 'create'], { dryRun: false })).toBe(true);
    expect(isChangingCall(['daemonSet', 'create'], { dryRun: true })).toBe(false);
    expect(isChangingCall(['daemonSet', 'watchList'], {})).toBe(false);
    expect(isChangingCall(['context', 'open'], undefined)).toBe(false);
  });

  it('exist in the contract', () => {
    expect(Object.keys(contract.daemonSet)).toEqual(expect.arrayContaining(['create', 'restart', 'delete']));
  });
});
