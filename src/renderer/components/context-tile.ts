import type { ConnectionState, KubeContextRow } from '../../shared/contract/context.ts';
import { assertNever } from '../../shared/errors/assert-never.ts';

/** Colours that a context can be given; white text on each passes WCAG AA. */
export const CONTEXT_COLORS = [
  '#c92a2a',
  '#a65100',
  '#3b5bdb',
  '#237a36',
  '#6741d9',
  '#0b7285',
  '#a61e6d',
  '#4d5562',
] as const;

function hashOf(text: string): number {
  let hash = 0;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 65_536;
  return hash;
}

/** The context's own colour, else one that its name always gets. */
export function contextColor(context: Pick<KubeContextRow, 'contextName' | 'color'>): string {
  return context.color ?? CONTEXT_COLORS[hashOf(context.contextName) % CONTEXT_COLORS.length] ?? CONTEXT_COLORS[0];
}

function channel(hex: string, at: number): number {
  const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Relative luminance of #rrggbb (WCAG 2.2). */
export function luminance(hex: string): number {
  return 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
}

/** Black or white, whichever reads better on this colour. */
export function textColorOn(hex: string): '#ffffff' | '#111418' {
  const light = luminance(hex);
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.0565 ? '#ffffff' : '#111418';
}

function letters(name: string): readonly string[] {
  return [...name.replaceAll(/[^\p{Letter}\p{Number}]/gu, '')];
}

function candidates(name: string): readonly string[] {
  const all = letters(name);
  const parts = name.split(/[^\p{Letter}\p{Number}]+/u).filter((part) => part !== '');
  const first = all[0] ?? '?';
  const second = [all[1], [...(parts[1] ?? '')][0], [...(parts.at(-1) ?? '')].at(-1), ...all.slice(2)];
  return second.map((letter) => (first + (letter ?? '')).toUpperCase());
}

/** Two letters for each name, different where the names allow it: "prod-eu", "prod-us" → "PR", "PU". */
export function contextInitials(names: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return names.map((name) => {
    const options = candidates(name);
    const chosen = options.find((option) => !used.has(option)) ?? options[0] ?? '?';
    used.add(chosen);
    return chosen;
  });
}

export type Dot = 'live' | 'wait' | 'bad' | 'off';

/** The state dot of a context. */
export function connectionDot(context: Pick<KubeContextRow, 'connection' | 'problem'>): Dot {
  if (context.problem !== undefined) return 'bad';
  switch (context.connection.phase) {
    case 'closed':
      return 'off';
    case 'connecting':
    case 'stale':
      return 'wait';
    case 'live':
      return 'live';
    case 'refused':
      return 'bad';
    default:
      return assertNever(context.connection);
  }
}

export function clockTime(ms: number): string {
  return new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
}

export function connectionWords(connection: ConnectionState): string {
  switch (connection.phase) {
    case 'closed':
      return 'not connected';
    case 'connecting':
      return 'connecting';
    case 'live':
      return 'live';
    case 'stale':
      return `stale since ${clockTime(connection.since)}`;
    case 'refused':
      return 'refused';
    default:
      return assertNever(connection);
  }
}
