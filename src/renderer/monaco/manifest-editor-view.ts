import { editor, MarkerSeverity, Range } from './monaco-setup.ts';
import type { ToldChange } from '../../shared/form/text-difference.ts';
import { EDITOR_LOOK } from './editor-look.ts';
import type { EditorThemeName } from './editor-themes.ts';
import { PropEcho } from './prop-echo.ts';
import { optionsForSize, type SizeOptions } from './size-options.ts';
import { replacementOf } from './text-replacement.ts';
import { leaveByTab } from './tab-key.ts';
import type { TextProblem } from './text-problem.ts';

export interface ManifestEditorOptions {
  readonly value: string;
  readonly ariaLabel: string;
  readonly readOnly: boolean;
  readonly theme: EditorThemeName;
  readonly onChange: (value: string, told?: ToldChange) => void;
}

const OWNER = 'everynode';

/** One Monaco editor over one YAML text. Loaded by `loadManifestEditor` only, so that Monaco comes when it is needed. */
export class ManifestEditorView {
  readonly #model: editor.ITextModel;
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #echo: PropEcho;
  #options: SizeOptions | undefined;

  constructor(element: HTMLElement, options: ManifestEditorOptions) {
    this.#echo = new PropEcho(options.value);
    this.#model = editor.createModel(options.value, 'yaml');
    this.#model.updateOptions({ tabSize: 2, insertSpaces: true });
    this.#editor = editor.create(element, {
      ...EDITOR_LOOK,
      model: this.#model,
      theme: options.theme,
      ariaLabel: options.ariaLabel,
      readOnly: options.readOnly,
      renderLineHighlight: 'line',
      lineNumbersMinChars: 4,
      detectIndentation: false,
      dragAndDrop: false,
      dropIntoEditor: { enabled: false },
    });
    leaveByTab(this.#editor);
    this.#fit(options.value.length);
    this.#model.onDidChangeContent(({ changes }) => {
      const value = this.#model.getValue();
      const before = this.#echo.current;
      this.#fit(value.length);
      this.#echo.emitted(value);
      const [change, ...more] = changes;
      if (!change || more.length > 0) return options.onChange(value);
      const { rangeOffset: offset, rangeLength: length, text: inserted } = change;
      options.onChange(value, { before, offset, length, inserted });
    });
  }

  /** Takes a text, unless it is what the editor has or has told itself: what differs as one edit, or all of it as a new text. */
  setValue(value: string): void {
    if (!this.#echo.isNews(value)) return;
    const edit = replacementOf(this.#model.getValue(), value);
    // Before the text: it is drawn once, as it is to be.
    this.#fit(value.length);
    if (!edit) return this.#model.setValue(value);
    const range = Range.fromPositions(this.#model.getPositionAt(edit.start), this.#model.getPositionAt(edit.end));
    this.#editor.pushUndoStop();
    this.#model.pushEditOperations([], [{ range, text: edit.text }], () => null);
    this.#editor.pushUndoStop();
  }

  #fit(units: number): void {
    const options = optionsForSize(units);
    if (options === this.#options) return;
    this.#options = options;
    this.#editor.updateOptions(options);
    this.#model.updateOptions({
      bracketColorizationOptions: { ...options.bracketPairColorization, independentColorPoolPerBracketType: false },
    });
  }

  setReadOnly(readOnly: boolean): void {
    this.#editor.updateOptions({ readOnly });
  }

  setTheme(theme: EditorThemeName): void {
    editor.setTheme(theme);
  }

  setProblems(problems: readonly TextProblem[]): void {
    const lastLine = this.#model.getLineCount();
    const markers = problems.map(({ line, column, message, severity }) => {
      const lineNumber = Math.min(Math.max(1, line), lastLine);
      const start = column ?? (this.#model.getLineFirstNonWhitespaceColumn(lineNumber) || 1);
      const end = this.#model.getLineLastNonWhitespaceColumn(lineNumber) || this.#model.getLineMaxColumn(lineNumber);
      return {
        startLineNumber: lineNumber,
        endLineNumber: lineNumber,
        startColumn: start,
        endColumn: Math.max(end, start + 1),
        message,
        severity: severity === 'error' ? MarkerSeverity.Error : MarkerSeverity.Warning,
      };
    });
    editor.setModelMarkers(this.#model, OWNER, markers);
  }

  /** Puts the cursor there, in the middle of the view. */
  reveal(line: number, column = 1): void {
    const position = { lineNumber: line, column };
    this.#editor.setPosition(position);
    this.#editor.revealPositionInCenter(position);
    this.#editor.focus();
  }

  focus(): void {
    this.#editor.focus();
  }

  dispose(): void {
    this.#editor.dispose();
    this.#model.dispose();
  }
}
