import { describe, expect, it } from 'vitest';
import { awkwardFiles } from './awkward-files.ts';
import { editAtRandom, overChoices } from './edit-sequences.ts';

describe('very many random edits of awkward files', () => {
  it.each(awkwardFiles())('leave everything else of $name as it was', ({ text }) => {
    const tally = { done: 0, refused: 0 };
    overChoices(150, (dice) => editAtRandom(dice, text, 8, tally));
    expect(tally.done).toBeGreaterThan(0);
  });
});
