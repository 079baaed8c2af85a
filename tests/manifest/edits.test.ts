import { describe, expect, it } from 'vitest';
import { awkwardFiles } from './awkward-files.ts';
import { editAtRandom, overChoices } from './edit-sequences.ts';

describe('random edits of awkward files', () => {
  it.each(awkwardFiles())('leave everything else of $name as it was', { timeout: 60_000 }, ({ text }) => {
    const tally = { done: 0, refused: 0 };
    overChoices(6, (dice) => editAtRandom(dice, text, 4, tally));
    expect(tally.done).toBeGreaterThan(0);
  });
});
