import { createContext, useContext } from 'react';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import type { OpenForm } from '../../../shared/form/open-form.ts';
import type { FormActions } from './form-store.ts';

/** What every field of the form works with. */
export interface FormView {
  readonly form: OpenForm;
  readonly actions: FormActions;
  /** Of our rules, the schema and the server, each at its field path. */
  readonly problems: readonly FormProblem[];
  /** The step was left before: what is missing in it is said too, not only what is wrong. */
  readonly isStrict: boolean;
  readonly contextName: string;
  /** Of the manifest, else the one chosen beside it. */
  readonly namespace: string;
  /** Shows the YAML, at a line. */
  readonly editYaml: (line?: number) => void;
}

const FormViewContext = createContext<FormView | undefined>(undefined);

export const FormViewProvider = FormViewContext.Provider;

export function useForm(): FormView {
  const view = useContext(FormViewContext);
  if (view === undefined) throw new Error('useForm is used outside of FormViewProvider');
  return view;
}
