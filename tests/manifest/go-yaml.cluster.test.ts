import { beforeAll, describe, expect, it } from 'vitest';
import { editManifest } from '../../src/shared/manifest/edit-manifest.ts';
import { toJsonText } from '../../src/shared/manifest/json-value.ts';
import type { JsonValue } from '../../src/shared/manifest/json-value.ts';
import { awkwardFiles } from './awkward-files.ts';
import { open, valueOf } from './edit-judge.ts';
import { overChoices } from './edit-sequences.ts';
import { changedAnywhere, changedParagraph, randomFoldedText } from './folded-texts.ts';
import { askForAnswers, recordedAnswers } from './go-answers.ts';
import { GoYaml } from './go-yaml.ts';
import { modelOf } from './plain-model.ts';
import { randomEdit } from './random-edits.ts';
import { randomManifest } from './random-manifest.ts';
import { randomKey, randomValue, TRICKY } from './random-values.ts';
import { sameJson } from './same-json.ts';

/** The same choices in every run; other ones are for the long runs to find. */
const SEED = 20_261_124;

describe("Go's own reader of YAML", () => {
  let go: GoYaml;
  beforeAll(async () => {
    go = await GoYaml.build();
  });

  /** Each text with the JSON that Go must read from it; the ones that it reads otherwise. */
  function misread(expected: readonly (readonly [text: string, value: JsonValue])[]): readonly string[] {
    const answers = go.read(expected.map(([text]) => text));
    return expected.flatMap(([text, value], index) => {
      const answer = answers[index] ?? null;
      return sameJson(toJsonText(value), answer) ? [] : [`${JSON.stringify(text)}: ${answer} for ${toJsonText(value)}`];
    });
  }

  it('answers what the record says: run tests/manifest/record-go-answers.ts when it does not', () => {
    expect(askForAnswers(go)).toEqual(recordedAnswers());
  });

  it('reads every tricky string that is written, in blocks and in brackets, as a value and as a key', () => {
    const values = TRICKY.filter((each) => each !== '__proto__');
    const written = values.flatMap((value) => {
      const blocks = { a: value, list: [value, { k: value }], [value]: 1, last: true };
      return [writtenOver('x: 1\n', blocks), writtenOver('{x: 1}\n', blocks), writtenOver('{"x": 1}', blocks)];
    });
    expect(misread(written)).toEqual([]);
  });

  it('reads random values as they were written', () => {
    const written: (readonly [string, JsonValue])[] = [];
    overChoices(
      3_000,
      (dice) => {
        const value = { [randomKey(dice)]: randomValue(dice, 3), end: 1 };
        written.push(writtenOver(dice.pick('x: 1\n', '{x: 1}\n', '{"x": 1}', 'x:\r\n- y: 1\r\n', 'x: 1'), value));
      },
      SEED,
    );
    expect(written.length).toBeGreaterThan(2_500);
    expect(misread(written)).toEqual([]);
  });

  it('reads folded texts that changed as they were meant', () => {
    const changed: (readonly [string, JsonValue])[] = [];
    overChoices(
      1_500,
      (dice) => {
        const folded = randomFoldedText(dice);
        const paragraph = dice.pickOf(folded.paragraphs) ?? folded.paragraphs[0];
        const { value, text, path } = folded;
        const end = (paragraph?.at ?? 0) + (paragraph?.value.length ?? 0);
        const next =
          paragraph && dice.oneIn(2)
            ? value.slice(0, paragraph.at) + changedParagraph(dice, paragraph) + value.slice(end)
            : changedAnywhere(dice, folded);
        const edited = editManifest(open(text), 0, [{ op: 'set', path, value: next }]);
        if (!edited.ok) throw new Error(`${edited.problem.message}: ${JSON.stringify(next)} in ${text}`);
        changed.push([text, valueOf(open(text), 0)], [edited.text, valueOf(edited.manifest, 0)]);
      },
      SEED,
    );
    expect(changed.length).toBeGreaterThan(2_500);
    expect(misread(changed)).toEqual([]);
  });

  it('reads edited texts as we do', () => {
    const edited: (readonly [string, JsonValue])[] = [];
    const single = awkwardFiles().filter(({ text }) => open(text).documents.length === 1);
    overChoices(
      1_500,
      (dice) => {
        const text = dice.oneIn(2) ? randomManifest(dice).text : (dice.pickOf(single)?.text ?? '');
        let manifest = open(text);
        for (let count = 0; count < 3; count += 1) {
          const result = editManifest(manifest, 0, [randomEdit(dice, modelOf(valueOf(manifest, 0)))]);
          if (result.ok) ({ manifest } = result);
        }
        edited.push([manifest.source.text, valueOf(manifest, 0)]);
      },
      SEED,
    );
    expect(edited.length).toBeGreaterThan(1_400);
    expect(misread(edited)).toEqual([]);
  });
});

/** A text whose document is edited to the value. */
function writtenOver(text: string, value: JsonValue): readonly [text: string, value: JsonValue] {
  const edited = editManifest(open(text), 0, [{ op: 'set', path: [], value }]);
  if (!edited.ok) throw new Error(`${edited.problem.message}: ${toJsonText(value)}`);
  return [edited.text, value];
}
