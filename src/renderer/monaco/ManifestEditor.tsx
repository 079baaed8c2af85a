import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { Ref } from 'react';
import type { ToldChange } from '../../shared/form/text-difference.ts';
import type { EditorThemeName } from './editor-themes.ts';
import { loadManifestEditor } from './load-manifest-editor.ts';
import type { ManifestEditorView } from './manifest-editor-view.ts';
import classes from './ManifestEditor.module.css';
import type { TextProblem } from './text-problem.ts';

export interface ManifestEditorHandle {
  /** Goes to a place of the text, 1-based, and takes the focus. */
  readonly reveal: (line: number, column?: number) => void;
}

export interface ManifestEditorProps {
  readonly value: string;
  /** `told` when it was one change of the value that was told or set before. */
  readonly onChange: (value: string, told?: ToldChange) => void;
  readonly problems: readonly TextProblem[];
  readonly ariaLabel: string;
  readonly readOnly?: boolean;
  readonly ref?: Ref<ManifestEditorHandle>;
}

/** A YAML text in Monaco: highlighting, folding, search, problems in the margin. Monaco is loaded with the first one. */
export function ManifestEditor({ value, onChange, problems, ariaLabel, readOnly = false, ref }: ManifestEditorProps) {
  const element = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<ManifestEditorView>();
  const [failure, setFailure] = useState<unknown>();
  const scheme = useComputedColorScheme('light');
  const theme: EditorThemeName = scheme === 'dark' ? 'everynode-dark' : 'everynode-light';
  const latest = useRef({ value, onChange, ariaLabel, readOnly, theme });
  useEffect(() => {
    latest.current = { value, onChange, ariaLabel, readOnly, theme };
  });

  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    let stopped = false;
    let created: ManifestEditorView | undefined;
    loadManifestEditor(target, () => ({
      ...latest.current,
      onChange: (text, told) => latest.current.onChange(text, told),
    }))
      .then((loaded) => {
        if (stopped) {
          loaded.dispose();
          return;
        }
        created = loaded;
        setView(loaded);
      })
      .catch(setFailure);
    return () => {
      stopped = true;
      created?.dispose();
    };
  }, []);

  useEffect(() => view?.setValue(value), [view, value]);
  useEffect(() => view?.setProblems(problems), [view, problems]);
  useEffect(() => view?.setReadOnly(readOnly), [view, readOnly]);
  useEffect(() => view?.setTheme(theme), [view, theme]);
  useImperativeHandle(ref, () => ({ reveal: (line, column) => view?.reveal(line, column) }), [view]);

  // The boundary around the page says what failed and offers to load it again.
  if (failure !== undefined) throw failure;
  return (
    <div className={classes.frame} data-ready={view !== undefined}>
      <div ref={element} className={classes.editor} />
      {!view && (
        <div className={classes.loading} role="status">
          Loading the editor…
        </div>
      )}
    </div>
  );
}
