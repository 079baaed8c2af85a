import type { Ref } from 'react';
import { ManifestEditor, type ManifestEditorHandle, type ManifestEditorProps } from '../../monaco/ManifestEditor.tsx';
import type { TextProblem } from '../../monaco/text-problem.ts';
import classes from './YamlPane.module.css';

export interface YamlPaneProps {
  readonly text: string;
  readonly margin: readonly TextProblem[];
  readonly readOnly: boolean;
  /** A file is held over it. */
  readonly isOver?: boolean | undefined;
  readonly onChange: ManifestEditorProps['onChange'];
  /** The focus goes elsewhere, to the form perhaps. */
  readonly onLeave: () => void;
  readonly ref?: Ref<ManifestEditorHandle>;
}

/** The text itself, with what is wrong in its margin. */
export function YamlPane({ text, margin, readOnly, isOver = false, onChange, onLeave, ref }: YamlPaneProps) {
  return (
    <div className={classes.editor} onBlur={onLeave}>
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
