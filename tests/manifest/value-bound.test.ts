import { describe, expect, it } from 'vitest';
import { isJsonList, isJsonObject } from '../../src/shared/manifest/json-value.ts';
import type { JsonValue } from '../../src/shared/manifest/json-value.ts';
import { openManifest } from '../../src/shared/manifest/manifest-text.ts';
import { beyondValueLimit } from '../../src/shared/manifest/value-bound.ts';
import { awkwardFiles } from './awkward-files.ts';
import { DIALECT_TEXTS } from './dialect-texts.ts';
import type { Dice } from './dice.ts';
import { overChoices } from './edit-sequences.ts';
import { randomFoldedText } from './folded-texts.ts';
import { randomManifest } from './random-manifest.ts';

/** Values as the reader counts them: keys too. */
function valuesOf(value: JsonValue): number {
  if (isJsonList(value)) return value.reduce<number>((sum, each) => sum + valuesOf(each), 1);
  if (!isJsonObject(value)) return 1;
  return Object.values(value).reduce<number>((sum, each) => sum + 1 + valuesOf(each), 1);
}

/** Of the text's largest document; undefined where one cannot be read. */
function mostValues(text: string): number | undefined {
  const opened = openManifest(text);
  if (!opened.ok) return undefined;
  const counts = opened.manifest.documents.map(({ content }) =>
    content.readable ? valuesOf(content.value) : Infinity,
  );
  const most = Math.max(...counts);
  return Number.isFinite(most) ? most : undefined;
}

/** A text that is read with something odd put into it, in place of a stretch or of nothing. */
function spoiled(dice: Dice, text: string): string {
  const from = dice.below(text.length + 1);
  const odd = dice.pick(
    '"',
    "'",
    '\n',
    '- ',
    '[',
    ']',
    '{',
    ', ',
    ': ',
    ' #',
    '|\n',
    '\n  - a: b\n',
    '> ',
    '\\',
    '&x ',
    'a',
  );
  return text.slice(0, from) + odd + text.slice(from + dice.pick(0, 0, 1, 5));
}

describe('the bound on the values of a text', () => {
  it('never counts one that is not there', () => {
    const texts = [...DIALECT_TEXTS, ...awkwardFiles().map(({ text }) => text)];
    let held = 0;
    const check = (text: string): void => {
      const nodes = mostValues(text);
      if (nodes === undefined) return;
      held += 1;
      expect(beyondValueLimit(text, { nodes, depth: 100 }), text).toBeUndefined();
    };
    texts.forEach(check);
    overChoices(1_500, (dice) => {
      const text = dice.pick(randomManifest(dice).text, randomFoldedText(dice).text, dice.pickOf(texts) ?? '');
      check(text);
      check(spoiled(dice, spoiled(dice, text)));
    });
    expect(held).toBeGreaterThan(2_000);
  });

  it.each([
    ['lines of a list', '- a\n', 1],
    ['lines of a map', 'key: "1" # c\n', 2],
    ['lists in lists', '- - - a\n', 3],
    ['maps in a list', '- a: 1\n  b: [x, y]\n', 7],
    ['brackets', '[{a: b}, "c, d", [], e: 1]', 5],
    ['block scalars', "- |\n  - a\n  - b\n- 'it''s'\n- >-\n - a\n", 3],
    ['texts of several lines', 'a: b\n  c: d\n  - e\nf:\n- g\n  - h\n', 5],
    ['anchors and tags', '- &a !!str b: c\n- !!map\n  d: &e |\n   - f\n', 6],
    ['flags', '- --x\n- -1\n- [--y, -z, $(NODE)]\n', 6],
    ['two documents', '- a\n- b\n---\n- c\n', 2],
  ])('counts %s', (_, text, count) => {
    const reached = (nodes: number) => beyondValueLimit(text.padEnd(200, '\n'), { nodes, depth: 100 }) !== undefined;
    expect([reached(count - 1), reached(count)]).toEqual([true, false]);
  });

  it.each([
    ['lines of a list', '- a\n'.repeat(150_000) + '- b: 1\n'.repeat(40_000)],
    ['lines of a map', Array.from({ length: 199_000 }, (_, each) => `k${each}: 1\n`).join('')],
    ['lists in lists', '- - - a\n'.repeat(199_000)],
    ['numbers in brackets', `a: [${'1,'.repeat(1_400_000)}1]\n`],
    ['maps in brackets', `{a: [${'{b: "c"}, '.repeat(280_000)}]}`],
    ['many of all', '- a: 1\n  b: [x, "y", {z: 1}] # c\n  d: |\n   e\n'.repeat(40_000)],
  ])('refuses a text of %s before it is lexed', (_, text) => {
    const offset = beyondValueLimit(text, { nodes: 200_000, depth: 100 });
    expect(offset).toBeGreaterThan(0);
    expect(openManifest(text)).toMatchObject({ ok: false, finding: { offset, message: 'more than 200,000 values' } });
  });
});
