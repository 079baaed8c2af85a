import { type Ref, useMemo } from 'react';
import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { ManifestEditor, type ManifestEditorHandle } from '../../monaco/ManifestEditor.tsx';
import classes from './YamlPane.module.css';
import { marginOf, problemsOf } from './placed-causes.ts';

export interface YamlPaneProps {
  readonly text: string;
  /** What hinders the text from being read; then nothing else can be said of it. */
  readonly causes: readonly ErrorCause[];
  /** Of rules, schema and server. */
  readonly problems: readonly FormProblem[];
  readonly readOnly: boolean;
  /** A file is held over it. */
  readonly isOver?: boolean | undefined;
  readonly onChange: (text: string) => void;
  readonly ref?: Ref<ManifestEditorHandle>;
}

/** The text itself, with what is wrong in its margin. */
export function YamlPane({ text, causes, problems, readOnly, isOver = false, onChange, ref }: YamlPaneProps) {
  const margin = useMemo(
    () => (causes.length > 0 ? problemsOf(causes) : marginOf(text, problems)),
    [causes, text, problems],
  );
  return (
    <div className={classes.editor}>
      <ManifestEditor
        {...(ref === undefined ? {} : { ref })}
        ariaLabel="DaemonSet YAML"
        value={text}
        onChange={onChange}
        problems={margin}
        readOnly={readOnly}
      />
      {isOver && <div className={classes.dropHint}>Drop a YAML file to put it here</div>}
    </div>
  );
}
