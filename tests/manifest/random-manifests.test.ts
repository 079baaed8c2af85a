import { describe, expect, it } from 'vitest';
import { judgeRemovals, judgeSequences } from './manifest-properties.ts';

describe('random edits of random manifests', () => {
  it('change what they say and nothing else', () => {
    expect(judgeSequences(100)).toMatchObject({ faults: [] });
  });

  it('take with a removed entry the comments that belong to it, and no other', () => {
    expect(judgeRemovals(200)).toMatchObject({ faults: [] });
  });
});
