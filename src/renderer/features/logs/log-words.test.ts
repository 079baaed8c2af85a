import { describe, expect, it } from 'vitest';
import { endedWords, seamWords, sizeWords } from './log-words.ts';
import { tailLinesOf } from './tail-choices.ts';

describe('words about a log', () => {
  it('say why it ended', () => {
    expect(endedWords('complete')).toBe('end of the log');
    expect(endedWords('podGone')).toBe('the pod is gone');
  });

  it('say at a seam that nothing is lost, and what cut it', () => {
    const words = seamWords({ at: 0, error: { reason: 'Unreachable', message: 'connection reset' } });
    expect(words).toContain('no line lost: connection reset');
  });

  it('give sizes in powers of ten', () => {
    expect([999, 12_300, 12_345_678].map(sizeWords)).toEqual(['999 B', '12 kB', '12.3 MB']);
  });

  it('read all lines when no tail is chosen', () => {
    expect([tailLinesOf('100'), tailLinesOf('all')]).toEqual([100, undefined]);
  });
});
