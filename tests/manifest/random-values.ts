import type { JsonValue } from '../../src/shared/manifest/json-value.ts';
import type { Dice } from './dice.ts';

/** Strings that look like something else, or that a style of YAML has trouble with. */
export const TRICKY = [
  '',
  ' ',
  'on',
  'off',
  'yes',
  'n',
  'Y',
  'null',
  '~',
  'true',
  '22:22',
  '1:30:00',
  '0o17',
  '0644',
  '0x1F',
  '1e3',
  '1_000',
  '.5',
  '.inf',
  '.nan',
  '-',
  '--',
  '---',
  '--- a',
  '...',
  '=',
  '<<',
  '2024-01-01',
  'a: b',
  'a:',
  ':a',
  'a #b',
  '#a',
  'a#b',
  '- a',
  '-a',
  '? a',
  '?a',
  '[a]',
  '{a',
  'a]',
  'a, b',
  '&a',
  '*a',
  '!a',
  '|',
  '>',
  '%a',
  '@a',
  '`a',
  '"',
  "'",
  "it's",
  'say "x"',
  '\\',
  '\\n',
  'a\nb',
  'a\nb\n',
  'a\n\nb\n\n',
  '\na',
  ' a\nb',
  'a\n  b\nc\n',
  'a \nb',
  'a\n \nb',
  '\n',
  '\n\n',
  'a\tb',
  '\ta',
  'a\n\tb',
  'a\r\nb',
  '\u0085',
  'a\u2028b',
  '\ufeffa',
  'grüß',
  '日本',
  '😀',
  '100m',
  '20%',
  'http://x:80/',
  'x:y',
  'nginx:1.27',
  '--flag=a',
  '# no\n# comment\n',
  'key: |\n  x\n',
  '1.10',
  '10',
  '-5',
  'a'.repeat(200),
  'word '.repeat(40).trim(),
  '\u0007',
  'é'.normalize('NFD'),
  '__proto__ ',
  'constructor',
] as const;

const NUMBERS: readonly JsonValue[] = [
  0,
  1,
  -1,
  420,
  80,
  65_535,
  1.5,
  -0.25,
  1e21,
  1e-7,
  2 ** 53,
  9_007_199_254_740_993n,
  18_446_744_073_709_551_615n,
  -(2n ** 63n),
];
const KEYS = [
  'a',
  'b',
  'c',
  'name',
  'image',
  'x-y',
  'app.kubernetes.io/name',
  'on',
  'y',
  '10',
  '0x1F',
  'null',
  'with space',
  'a: b',
  '',
  '<<',
  'é',
  '- a',
  '"q"',
  'toString',
] as const;

export function randomText(dice: Dice): string {
  if (dice.oneIn(3)) return dice.anyText();
  return dice.pickOf(TRICKY) ?? '';
}

export function randomKey(dice: Dice): string {
  const key = dice.oneIn(8) ? dice.anyText() : (dice.pickOf(KEYS) ?? 'a');
  return key === '__proto__' || !key.isWellFormed() ? 'a' : key;
}

export function randomScalar(dice: Dice): JsonValue {
  const kind = dice.below(8);
  if (kind === 0) return dice.pick<JsonValue>(null, true, false);
  if (kind <= 2) return dice.pickOf(NUMBERS) ?? 0;
  if (kind === 3) return dice.pick('a', 'b', 'plain words', 'x');
  return wellFormed(randomText(dice));
}

/** At most `depth` collections deep. */
export function randomValue(dice: Dice, depth = 2): JsonValue {
  const kind = depth === 0 ? 0 : dice.below(5);
  if (kind <= 2) return randomScalar(dice);
  const size = dice.below(4);
  if (kind === 3) return Array.from({ length: size }, () => randomValue(dice, depth - 1));
  return Object.fromEntries(Array.from({ length: size }, () => [randomKey(dice), randomValue(dice, depth - 1)]));
}

function wellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}
