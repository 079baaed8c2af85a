import { expect, it } from 'vitest';
import { editManifest } from '../../src/shared/manifest/edit-manifest.ts';
import type { FoldedText } from './folded-texts.ts';
import { changedAnywhere, changedParagraph, randomFoldedText } from './folded-texts.ts';
import { open, valueOf } from './edit-judge.ts';
import { overChoices } from './edit-sequences.ts';
import { valueAt } from '../../src/shared/manifest/value-edit.ts';

it('a folded scalar with another paragraph keeps the lines of all paragraphs before and behind it', () => {
  let widest = 0;
  overChoices(400, (dice) => {
    const folded = randomFoldedText(dice);
    expect(valueIn(folded.text, folded.path)).toBe(folded.value);
    const index = dice.below(folded.paragraphs.length);
    const paragraph = folded.paragraphs[index];
    if (!paragraph || paragraph.value.startsWith(' ')) return;
    const changed = changedParagraph(dice, paragraph);
    const { value, text } = folded;
    const next = value.slice(0, paragraph.at) + changed + value.slice(paragraph.at + paragraph.value.length);
    const now = edited(folded, next);
    expect(valueIn(now, folded.path)).toBe(next);
    const tail = text.slice(paragraph.end);
    expect(now.slice(0, paragraph.start)).toBe(text.slice(0, paragraph.start));
    expect(now.endsWith(tail)).toBe(true);
    const lines = now
      .slice(paragraph.start, now.length - tail.length)
      .trimEnd()
      .split(/\r?\n/);
    widest = Math.max(widest, ...lines.map((line) => line.trimStart().length));
  });
  expect(widest).toBeGreaterThan(40);
  expect(widest).toBeLessThan(260);
});

it('a folded scalar with anything else in it reads as exactly that', () => {
  overChoices(600, (dice) => {
    const folded = randomFoldedText(dice);
    const next = changedAnywhere(dice, folded);
    expect(valueIn(edited(folded, next), folded.path)).toBe(next);
  });
});

function edited({ text, path }: FoldedText, value: string): string {
  const result = editManifest(open(text), 0, [{ op: 'set', path, value }]);
  if (!result.ok) throw new Error(`${result.problem.message}: ${JSON.stringify(value)} in\n${text}`);
  return result.text;
}

function valueIn(text: string, path: FoldedText['path']) {
  const concrete = path.flatMap((step) => (typeof step === 'object' ? [] : [step]));
  return valueAt(valueOf(open(text), 0), concrete);
}
