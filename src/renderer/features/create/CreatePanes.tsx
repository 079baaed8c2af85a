import type { ReactNode, RefObject } from 'react';
import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import type { ManifestEditorHandle } from '../../monaco/ManifestEditor.tsx';
import { YamlPane } from '../form/index.ts';
import classes from './CreatePage.module.css';
import { FormPane } from './FormPane.tsx';
import { ReviewNodes } from './ReviewNodes.tsx';
import type { DraftForm } from './use-draft-form.ts';
import type { Wizard } from './use-wizard.ts';

export interface CreatePanesProps {
  readonly contextName: string;
  readonly draftForm: DraftForm;
  readonly wizard: Wizard;
  readonly problems: readonly FormProblem[];
  /** What the editor shows in its margin. */
  readonly causes: readonly ErrorCause[];
  readonly editor: RefObject<ManifestEditorHandle | null>;
  readonly readOnly: boolean;
  readonly isOver: boolean;
  readonly findings: ReactNode;
}

/** The form, the YAML, or both; a review always has the final YAML beside it. */
export function CreatePanes(props: CreatePanesProps) {
  const { contextName, draftForm, wizard, problems, causes, editor, readOnly, isOver, findings } = props;
  const { formState, actions, draft } = draftForm;
  const { view, step } = wizard;
  const showsYaml = view !== 'form' || step === 'review';
  return (
    <div className={classes.panes} data-view={showsYaml && view !== 'yaml' ? 'both' : view}>
      {view !== 'yaml' && (
        <FormPane
          formState={formState}
          actions={actions}
          problems={problems}
          contextName={contextName}
          namespace={draft.namespace}
          step={step}
          place={wizard.place}
          isStrict={wizard.left.has(step)}
          editYaml={wizard.editYaml}
          review={
            <>
              <ReviewNodes />
              {findings}
            </>
          }
        />
      )}
      {showsYaml && (
        <YamlPane
          ref={editor}
          text={draft.text}
          causes={causes}
          problems={problems}
          readOnly={readOnly}
          isOver={isOver}
          onChange={(next) => actions.setText(next, 'yaml')}
        />
      )}
    </div>
  );
}
