import fc from 'fast-check';
import { applyTextEdits } from '../../src/shared/manifest/text-edit.ts';
import { editManifest } from '../../src/shared/manifest/edit-manifest.ts';
import type { ManifestEdit, ManifestProblemReason } from '../../src/shared/manifest/manifest-edit.ts';
import { Dice } from './dice.ts';
import { comparable, modelOf } from './plain-model.ts';
import { isKeptByComments, judgeEdit, open, valueOf } from './edit-judge.ts';
import { randomEdit } from './random-edits.ts';

/** Reasons that a text may have for refusing an edit of the model; never that it did not read as it must. */
const MAY_REFUSE: ReadonlySet<ManifestProblemReason> = new Set(['Foreign', 'Ambiguous', 'WrongKind', 'NotWritable']);

export interface Tally {
  done: number;
  refused: number;
}

/** A random sequence of edits of one of the text's documents; throws with the text and the edit when one goes wrong. */
export function editAtRandom(dice: Dice, text: string, length: number, tally: Tally): void {
  const first = open(text);
  const index = dice.below(first.documents.length);
  const done: ManifestEdit[] = [];
  let manifest = first;
  for (let count = 0; count < length; count += 1) {
    const edit = randomEdit(dice, modelOf(valueOf(manifest, index)));
    const judged = judgeEdit(manifest, index, edit);
    if (judged.refused === undefined) {
      if (judged.faults.length > 0) throw new EditFault(manifest.source.text, index, edit, judged.faults.join('; '));
      manifest = judged.manifest;
      done.push(edit);
      tally.done += 1;
    } else {
      const { reason, message } = judged.refused;
      if (!MAY_REFUSE.has(reason)) throw new EditFault(manifest.source.text, index, edit, `${reason}: ${message}`);
      if (reason === 'Foreign' && isKeptByComments(manifest, index, edit)) continue;
      tally.refused += 1;
    }
  }
  checkWhole(text, index, done, manifest.source.text);
}

/** All at once they come to the same text, and one list of edits leads there and back. */
function checkWhole(text: string, index: number, edits: readonly ManifestEdit[], expected: string): void {
  const manifest = open(text);
  const edited = editManifest(manifest, index, edits);
  if (!edited.ok) throw new Error(`refused together: ${edited.problem.message}\n${text}`);
  const there = applyTextEdits(text, edited.textEdits);
  if (edited.text !== expected || there !== expected) throw new Error(`another text together:\n${text}`);
  if (applyTextEdits(expected, edited.inverse) !== text) throw new Error(`no way back to:\n${text}`);
  for (const [other, { content }] of manifest.documents.entries()) {
    if (other === index || !content.readable) continue;
    const now = comparable(modelOf(valueOf(edited.manifest, other)));
    if (now !== comparable(modelOf(content.value))) throw new Error(`document ${other} changed:\n${text}`);
  }
}

class EditFault extends Error {
  override readonly name = 'EditFault';

  constructor(text: string, index: number, edit: ManifestEdit, fault: string) {
    const worded = JSON.stringify(edit, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
    super(`${fault}\nafter ${worded} of document ${index} in ${JSON.stringify(text)}\n${text}`);
  }
}

/** Runs a property over a seed's choices, so that a failure names its seed. */
export function overChoices(runs: number, check: (dice: Dice) => void, seed?: number): void {
  fc.assert(
    fc.property(fc.gen(), (value) => check(new Dice(value))),
    { numRuns: runs, endOnFailure: true, ...(seed === undefined ? {} : { seed }) },
  );
}
