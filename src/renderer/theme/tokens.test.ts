import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONTEXT_COLORS, luminance, textColorOn } from '../components/context-tile.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function tokensOf(scheme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const block = new RegExp(`data-mantine-color-scheme='${scheme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/--ev-([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

function contrast(left: string, right: string): number {
  const [low = 0, high = 0] = [luminance(left), luminance(right)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const TEXTS = ['text', 'text-secondary', 'text-muted', 'accent-text'];
const GROUNDS = ['page', 'surface', 'raised', 'hover'];
const TONES = ['good', 'info', 'warn', 'bad', 'quiet'];

const pairs: readonly (readonly [text: string, ground: string])[] = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ...['text', 'text-secondary', 'text-muted', 'accent-text'].map((text) => [text, 'selected'] as const),
  ...TONES.map((tone) => [`${tone}-text`, `${tone}-fill`] as const),
  ...['page', 'surface', 'raised'].map((ground) => ['bad-text', ground] as const),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger'],
  ['text-muted', 'quiet-fill'],
];

/** Shapes that carry meaning need 3:1 (WCAG 2.2, 1.4.11). */
const shapes = ['bar-ready', 'bar-old', 'bar-missing', 'cell-wait', 'dot-live', 'dot-bad', 'dot-off', 'accent'];

describe.each(['light', 'dark'] as const)('the colours of the %s scheme', (scheme) => {
  const tokens = tokensOf(scheme);
  const color = (name: string) => tokens.get(name) ?? `no --ev-${name}`;

  it.each(pairs)('%s can be read on %s (4.5:1)', (text, ground) => {
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapes)('%s can be seen on a surface (3:1)', (shape) => {
    expect(contrast(color(shape), color('surface'))).toBeGreaterThanOrEqual(3);
  });
});

describe('the colours of contexts', () => {
  it.each(CONTEXT_COLORS)('%s carries its letters (4.5:1)', (background) => {
    expect(contrast(background, textColorOn(background))).toBeGreaterThanOrEqual(4.5);
  });
});
