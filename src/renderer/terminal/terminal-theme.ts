import type { ITheme } from '@xterm/xterm';

export type ColorScheme = 'light' | 'dark';

// Backgrounds and texts are those of tokens.css: xterm takes no CSS variables.
const LIGHT: ITheme = {
  background: '#ffffff',
  foreground: '#1a1d24',
  selectionBackground: '#b8c6ff',
  black: '#1a1d24',
  red: '#b62324',
  green: '#1c6e2f',
  yellow: '#8a5a00',
  blue: '#1f55b5',
  magenta: '#8430a8',
  cyan: '#0b6b7a',
  white: '#5f6775',
  brightBlack: '#5f6775',
  brightRed: '#c92a2a',
  brightGreen: '#2b8a3e',
  brightYellow: '#a06800',
  brightBlue: '#2f6fe0',
  brightMagenta: '#a03cc8',
  brightCyan: '#0d8195',
  brightWhite: '#1a1d24',
};

const DARK: ITheme = {
  background: '#1b1f26',
  foreground: '#e7e9ee',
  selectionBackground: '#3a4670',
  black: '#2e343e',
  red: '#ff8787',
  green: '#74dc86',
  yellow: '#ffc078',
  blue: '#7cb2ff',
  magenta: '#d79bf5',
  cyan: '#66d9e8',
  white: '#d5d9e0',
  brightBlack: '#979fad',
  brightRed: '#ffa8a8',
  brightGreen: '#9ae8a8',
  brightYellow: '#ffd8a8',
  brightBlue: '#a5c8ff',
  brightMagenta: '#e5bbfa',
  brightCyan: '#99e9f2',
  brightWhite: '#ffffff',
};

/** The colours of a terminal; no cursor, for logs take no input. */
export function terminalTheme(scheme: ColorScheme): ITheme {
  const theme = scheme === 'dark' ? DARK : LIGHT;
  return { ...theme, cursor: theme.background ?? '', cursorAccent: theme.background ?? '' };
}

/** Marks of found words. */
export function searchColors(scheme: ColorScheme) {
  const dark = scheme === 'dark';
  return {
    matchBackground: dark ? '#5c4813' : '#ffe8a3',
    activeMatchBackground: dark ? '#b07d12' : '#ffb938',
    matchOverviewRuler: dark ? '#b07d12' : '#e0a100',
    activeMatchColorOverviewRuler: dark ? '#ffd36b' : '#a85f00',
  };
}
