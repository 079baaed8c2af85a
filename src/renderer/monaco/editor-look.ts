import type { editor } from 'monaco-editor/editor/editor.api';

/** How text looks in every Monaco editor of the application. */
export const EDITOR_LOOK = {
  automaticLayout: true,
  fontFamily: "ui-monospace, SFMono-Regular, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSize: 12.5,
  lineHeight: 19,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  fixedOverflowWidgets: true,
  padding: { top: 8, bottom: 8 },
  scrollbar: { verticalScrollbarSize: 11, horizontalScrollbarSize: 11 },
  guides: { indentation: true },
  // Of written language: no letter that passes for another one.
  unicodeHighlight: { allowedCharacters: { '‘': true, '’': true, '“': true, '”': true, '–': true } },
} as const satisfies editor.IEditorOptions & editor.IGlobalEditorOptions;
