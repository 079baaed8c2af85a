import type { editor } from 'monaco-editor/editor/editor.api';

type Theme = editor.IStandaloneThemeData;

interface Palette {
  readonly base: Theme['base'];
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly lineNumber: string;
  readonly border: string;
  readonly currentLine: string;
  readonly selection: string;
  readonly key: string;
  readonly word: string;
  readonly number: string;
  readonly accent: string;
  /** Behind a line that only one of two texts has, and behind what differs in it. */
  readonly removedLine: string;
  readonly removedText: string;
  readonly addedLine: string;
  readonly addedText: string;
}

// The values of tokens.css: Monaco takes no CSS variables.
const LIGHT: Palette = {
  base: 'vs',
  surface: '#ffffff',
  text: '#1a1d24',
  muted: '#5f6775',
  lineNumber: '#667080',
  border: '#e1e4ea',
  currentLine: '#f5f6f8',
  selection: '#cfd9ff',
  key: '#3350c8',
  word: '#1c6e2f',
  number: '#8f4600',
  accent: '#3b5bdb',
  removedLine: '#fdecec',
  removedText: '#fbd0d0',
  addedLine: '#e8f6ea',
  addedText: '#c6ebcb',
};

const DARK: Palette = {
  base: 'vs-dark',
  surface: '#1b1f26',
  text: '#e7e9ee',
  muted: '#979fad',
  lineNumber: '#808897',
  border: '#2e343e',
  currentLine: '#232934',
  selection: '#3a4670',
  key: '#9fb2ff',
  word: '#74dc86',
  number: '#ffc078',
  accent: '#91a7ff',
  removedLine: '#37212a',
  removedText: '#592a36',
  addedLine: '#1d3428',
  addedText: '#275037',
};

function theme(palette: Palette): Theme {
  const token = (name: string, foreground: string, fontStyle?: string) => ({
    token: name,
    foreground: foreground.slice(1),
    ...(fontStyle !== undefined && { fontStyle }),
  });
  return {
    base: palette.base,
    inherit: true,
    rules: [
      token('', palette.text),
      token('type.yaml', palette.key),
      token('string.yaml', palette.word),
      token('number.yaml', palette.number),
      token('keyword.yaml', palette.number),
      token('comment.yaml', palette.muted, 'italic'),
      token('operators.yaml', palette.muted),
    ],
    colors: {
      'editor.background': palette.surface,
      'editor.foreground': palette.text,
      'editorGutter.background': palette.surface,
      'editorLineNumber.foreground': palette.lineNumber,
      'editorLineNumber.activeForeground': palette.text,
      'editor.lineHighlightBackground': palette.currentLine,
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': palette.selection,
      'editorIndentGuide.background1': palette.border,
      'editorWidget.background': palette.surface,
      'editorWidget.border': palette.border,
      'editorHoverWidget.background': palette.surface,
      'editorHoverWidget.border': palette.border,
      'editorCursor.foreground': palette.accent,
      'diffEditor.removedLineBackground': palette.removedLine,
      'diffEditor.removedTextBackground': palette.removedText,
      'diffEditor.insertedLineBackground': palette.addedLine,
      'diffEditor.insertedTextBackground': palette.addedText,
      'diffEditor.unchangedRegionBackground': palette.currentLine,
      'diffEditor.unchangedRegionForeground': palette.muted,
      focusBorder: palette.accent,
    },
  };
}

export const EDITOR_THEMES = {
  'everynode-light': theme(LIGHT),
  'everynode-dark': theme(DARK),
} as const satisfies Readonly<Record<string, Theme>>;

export type EditorThemeName = keyof typeof EDITOR_THEMES;
