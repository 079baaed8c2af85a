import type { ReactNode, RefObject } from 'react';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import type { ManifestEditorHandle } from '../../monaco/ManifestEditor.tsx';
import type { TextProblem } from '../../monaco/text-problem.ts';
import { FollowingYaml, type FormRead } from '../form/index.ts';
import classes from './CreatePage.module.css';
import { FormPane } from './FormPane.tsx';
import { ReviewNodes } from './ReviewNodes.tsx';
import type { DraftForm } from './use-draft-form.ts';
import type { Wizard } from './use-wizard.ts';

export interface CreatePanesProps {
  readonly contextName: string;
  readonly draftForm: DraftForm;
  readonly formRead: FormRead;
  readonly wizard: Wizard;
  readonly problems: readonly FormProblem[];
  readonly margin: readonly TextProblem[];
  readonly editor: RefObject<ManifestEditorHandle | null>;
  readonly readOnly: boolean;
  readonly isOver: boolean;
  readonly findings: ReactNode;
}

/** The form, the YAML, or both; a review always has the final YAML beside it. */
export function CreatePanes(props: CreatePanesProps) {
  const { contextName, draftForm, formRead, wizard, problems, margin, editor, readOnly, isOver, findings } = props;
  const { store, actions, namespace } = draftForm;
  const { view, step } = wizard;
  const showsYaml = view !== 'form' || step === 'review';
  return (
    <div className={classes.panes} data-view={showsYaml && view !== 'yaml' ? 'both' : view}>
      {view !== 'yaml' && (
        <FormPane
          formRead={formRead}
          actions={actions}
          problems={problems}
          contextName={contextName}
          namespace={namespace}
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
        <FollowingYaml
          store={store}
          ref={editor}
          margin={margin}
          readOnly={readOnly}
          isOver={isOver}
          onChange={(next, told) => actions.setText(next, 'yaml', told)}
          onLeave={actions.settle}
        />
      )}
    </div>
  );
}
