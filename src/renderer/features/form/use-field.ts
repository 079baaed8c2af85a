import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { type Field, type FieldState, readField, writeField } from '../../../shared/form/field.ts';
import { fieldPathOf, inFieldNotation } from '../../../shared/form/form-document.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import { useForm } from './form-context.ts';

export interface FieldBinding<T> {
  readonly state: FieldState<T>;
  /** Undefined when absent or foreign. */
  readonly value: T | undefined;
  readonly set: (value: T | undefined) => void;
  readonly error: string | undefined;
  readonly warning: string | undefined;
}

/** One field of the manifest, with what is wrong with it. */
export function useField<T>(field: Field<T>): FieldBinding<T> {
  const { form, actions, isStrict } = useForm();
  const { error, warning } = useProblems(field.path);
  const state = readField(form, field);
  return {
    state,
    value: state.state === 'present' ? state.value : undefined,
    set: (value) => actions.edit(writeField(form, field, value), groupOf(field.path)),
    error: isStrict || state.state !== 'absent' ? error : undefined,
    warning,
  };
}

/** The letters typed into one field are one undo. */
export function groupOf(path: ManifestPath): string {
  return JSON.stringify(path);
}

/** What is said of the field at this path, and of nothing beneath it. */
export function useProblems(path: ManifestPath): {
  readonly error: string | undefined;
  readonly warning: string | undefined;
} {
  const { form, problems } = useForm();
  const at = fieldPathOf(form.manifest, path);
  const here = problems.filter(({ path: place }) => inFieldNotation(place) === at);
  return { error: said(here, 'error'), warning: said(here, 'warning') };
}

/** What is said of anything at or beneath this path. */
export function useProblemsUnder(path: ManifestPath): readonly FormProblem[] {
  const { form, problems } = useForm();
  const at = fieldPathOf(form.manifest, path);
  return problems.filter((problem) => {
    const place = inFieldNotation(problem.path);
    return place === at || place.startsWith(`${at}.`) || place.startsWith(`${at}[`);
  });
}

function said(problems: readonly FormProblem[], severity: FormProblem['severity']): string | undefined {
  const messages = problems.filter((problem) => problem.severity === severity).map(({ message }) => message);
  return messages.length === 0 ? undefined : [...new Set(messages)].join(' ');
}
