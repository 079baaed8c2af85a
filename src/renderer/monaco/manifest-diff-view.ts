import 'monaco-editor/features/diffEditor/register.js';
import { editor } from './monaco-setup.ts';
import { EDITOR_LOOK } from './editor-look.ts';
import type { EditorThemeName } from './editor-themes.ts';

export interface ManifestDiffOptions {
  readonly original: string;
  readonly modified: string;
  readonly originalLabel: string;
  readonly modifiedLabel: string;
  readonly theme: EditorThemeName;
}

/** Two YAML texts side by side in Monaco, or one under the other where there is little room. Read only. */
export class ManifestDiffView {
  readonly #original: editor.ITextModel;
  readonly #modified: editor.ITextModel;
  readonly #editor: editor.IStandaloneDiffEditor;

  constructor(element: HTMLElement, options: ManifestDiffOptions) {
    this.#original = editor.createModel(options.original, 'yaml');
    this.#modified = editor.createModel(options.modified, 'yaml');
    this.#editor = editor.createDiffEditor(element, {
      ...EDITOR_LOOK,
      theme: options.theme,
      readOnly: true,
      originalEditable: false,
      renderOverviewRuler: false,
      renderGutterMenu: false,
      renderMarginRevertIcon: false,
      renderSideBySideInlineBreakpoint: 760,
      hideUnchangedRegions: { enabled: true, contextLineCount: 3, minimumLineCount: 4 },
      lineNumbersMinChars: 3,
    });
    this.#editor.setModel({ original: this.#original, modified: this.#modified });
    this.#editor.getOriginalEditor().updateOptions({ ariaLabel: options.originalLabel });
    this.#editor.getModifiedEditor().updateOptions({ ariaLabel: options.modifiedLabel });
  }

  setTexts(original: string, modified: string): void {
    if (this.#original.getValue() !== original) this.#original.setValue(original);
    if (this.#modified.getValue() !== modified) this.#modified.setValue(modified);
  }

  setTheme(theme: EditorThemeName): void {
    editor.setTheme(theme);
  }

  dispose(): void {
    this.#editor.dispose();
    this.#original.dispose();
    this.#modified.dispose();
  }
}
