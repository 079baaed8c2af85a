import { type editor, KeyCode } from './monaco-setup.ts';

/**
 * Who comes by Tab leaves by Tab: it goes on to the next control until something is typed or clicked in the editor, when it indents, and
 * again after Escape or when the focus has gone. Ctrl+M is Monaco's own switch.
 */
export function leaveByTab(view: editor.IStandaloneCodeEditor): void {
  let leaves = false;
  const set = (next: boolean): void => {
    if (next === leaves) return;
    leaves = next;
    view.updateOptions({ tabFocusMode: next });
  };
  set(true);
  view.onMouseDown(() => set(false));
  view.onDidChangeModelContent(() => {
    // The form beside it changes the text too.
    if (view.hasTextFocus()) set(false);
  });
  view.onKeyDown(({ keyCode }) => {
    if (keyCode === KeyCode.Escape) set(true);
  });
  view.onDidBlurEditorText(() => set(true));
}
