import { describe, expect, it } from 'vitest';
import { judgeRemovals, judgeSequences } from './manifest-properties.ts';

describe('very many random edits of random manifests', () => {
  it('change what they say and nothing else', () => {
    expect(judgeSequences(8_000)).toMatchObject({ faults: [] });
  });

  it('take with a removed entry the comments that belong to it, and no other', () => {
    expect(judgeRemovals(15_000)).toMatchObject({ faults: [] });
  });
});
