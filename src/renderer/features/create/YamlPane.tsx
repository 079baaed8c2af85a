import { type Ref, useMemo } from 'react';
import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import { ManifestEditor, type ManifestEditorHandle } from '../../monaco/ManifestEditor.tsx';
import classes from './CreatePage.module.css';
import { problemsOf } from './placed-causes.ts';

export interface YamlPaneProps {
  readonly text: string;
  readonly causes: readonly ErrorCause[];
  readonly readOnly: boolean;
  readonly isOver: boolean;
  readonly onChange: (text: string) => void;
  readonly ref?: Ref<ManifestEditorHandle>;
}

/** The text itself, with what is wrong in its margin. */
export function YamlPane({ text, causes, readOnly, isOver, onChange, ref }: YamlPaneProps) {
  const problems = useMemo(() => problemsOf(causes), [causes]);
  return (
    <div className={classes.editor}>
      <ManifestEditor
        {...(ref === undefined ? {} : { ref })}
        ariaLabel="DaemonSet YAML"
        value={text}
        onChange={onChange}
        problems={problems}
        readOnly={readOnly}
      />
      {isOver && <div className={classes.dropHint}>Drop a YAML file to put it here</div>}
    </div>
  );
}
