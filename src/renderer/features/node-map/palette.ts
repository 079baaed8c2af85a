import type { Palette } from './draw-map.ts';
import type { Ink } from './node-looks.ts';

const TOKENS: Readonly<Record<Ink, string>> = {
  ready: '--ev-bar-ready',
  old: '--ev-bar-old',
  bad: '--ev-bar-missing',
  wait: '--ev-cell-wait',
  off: '--ev-dot-off',
  surface: '--ev-surface',
};

/** The colours of the scheme that an element is shown in. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (ink: Ink) => style.getPropertyValue(TOKENS[ink]).trim();
  return {
    ready: colour('ready'),
    old: colour('old'),
    bad: colour('bad'),
    wait: colour('wait'),
    off: colour('off'),
    surface: colour('surface'),
  };
}
