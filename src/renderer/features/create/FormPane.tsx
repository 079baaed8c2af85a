import { type ReactNode, useMemo } from 'react';
import { NAMESPACE } from '../../../shared/form/fields/base-fields.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { presentValue } from '../../../shared/form/field.ts';
import type { FormPlace, FormStep } from '../../../shared/form/steps.ts';
import {
  type FormRead,
  type FormStore,
  FormSteps,
  type FormView,
  FormViewProvider,
  UnreadableForm,
} from '../form/index.ts';
import classes from './CreatePage.module.css';

export interface FormPaneProps {
  readonly formRead: FormRead;
  readonly actions: FormStore['actions'];
  readonly problems: readonly FormProblem[];
  readonly contextName: string;
  /** Used where the manifest names none. */
  readonly namespace: string;
  readonly step: FormStep;
  readonly place: FormPlace | undefined;
  readonly isStrict: boolean;
  readonly editYaml: (line?: number) => void;
  readonly review: ReactNode;
}

/** The form of the text, or why it cannot be shown as one. */
export function FormPane(props: FormPaneProps) {
  const { formRead, actions, problems, contextName, namespace, step, place, isStrict, editYaml, review } = props;
  const { form, refusal, isReading } = formRead;
  const own = form && presentValue(form, NAMESPACE);
  const view = useMemo<FormView | undefined>(
    () => form && { form, actions, problems, isStrict, contextName, namespace: own ?? namespace, editYaml },
    [form, actions, problems, isStrict, contextName, own, namespace, editYaml],
  );
  if (isReading) {
    return (
      <div className={classes.form}>
        <p className={classes.foot} role="status">
          This text is being read: its form comes in a moment.
        </p>
      </div>
    );
  }
  if (!view) {
    return (
      <div className={classes.form}>
        <UnreadableForm refusal={refusal} editYaml={editYaml} />
      </div>
    );
  }
  return (
    <FormViewProvider value={view}>
      <div className={classes.form}>{step === 'review' ? review : <FormSteps step={step} place={place} />}</div>
    </FormViewProvider>
  );
}
