import { describe, expect, it } from 'vitest';
import { judgeRemovals, judgeSequences } from './manifest-properties.ts';

describe('random edits of random manifests', () => {
  it('change what they say and nothing else', { timeout: 60_000 }, () => {
    expect(judgeSequences(100)).toMatchObject({ faults: [] });
  });

  it('take with a removed entry the comments that belong to it, and no other', { timeout: 60_000 }, () => {
    expect(judgeRemovals(200)).toMatchObject({ faults: [] });
  });
});
