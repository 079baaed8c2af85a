import { editManifest } from '../../src/shared/manifest/edit-manifest.ts';
import type { Dice } from './dice.ts';
import { commentsOf, open, valueOf } from './edit-judge.ts';
import { editAtRandom, overChoices } from './edit-sequences.ts';
import { comparable, modelOf } from './plain-model.ts';
import { placesOf } from './random-edits.ts';
import { randomManifest } from './random-manifest.ts';

/** Sequences of edits of generated texts; throws at the first that goes wrong. */
export function judgeSequences(runs: number): { readonly faults: readonly string[]; readonly done: number } {
  const tally = { done: 0, refused: 0 };
  overChoices(runs, (dice) => {
    const { text, value } = randomManifest(dice);
    const read = comparable(modelOf(valueOf(open(text), 0)));
    if (read !== comparable(modelOf(value)))
      throw new Error(`reads ${read} and not ${comparable(modelOf(value))}:\n${text}`);
    editAtRandom(dice, text, 4, tally);
  });
  return { faults: tally.refused > 0 ? [`${tally.refused} edits were refused`] : [], done: tally.done };
}

/** One removal from each of so many generated texts: exactly the comments of what is removed are gone. */
export function judgeRemovals(runs: number): { readonly faults: readonly string[] } {
  overChoices(runs, removeAtRandom);
  return { faults: [] };
}

function removeAtRandom(dice: Dice): void {
  const { text, value, comments } = randomManifest(dice);
  const places = [...placesOf(modelOf(value))].filter(({ path }) => path.length > 0);
  const path = dice.pickOf(places)?.path;
  if (!path) return;
  const edited = editManifest(open(text), 0, [{ op: 'remove', path }]);
  if (!edited.ok) throw new Error(`${edited.problem.message}\n${path.join('.')} of\n${text}`);
  const isGone = (owner: readonly unknown[]): boolean => path.every((step, index) => owner[index] === step);
  const expected = comments.filter(({ owner }) => !isGone(owner)).map(({ source }) => source);
  const header = text.includes('# a header') ? ['# a header'] : [];
  const left = commentsOf(edited.text).map(({ source }) => source.trimEnd());
  const same = JSON.stringify(left.toSorted()) === JSON.stringify([...header, ...expected].toSorted());
  if (same) return;
  const lost = expected.filter((each) => !left.includes(each));
  const kept = left.filter((each) => !expected.includes(each) && each !== '# a header');
  throw new Error(
    `without ${path.join('.')}: lost ${lost.join(', ')}; kept ${kept.join(', ')}\n${text}\n=>\n${edited.text}`,
  );
}
