import { useMemo } from 'react';
import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import { NAMESPACE } from '../../../shared/form/fields/base-fields.ts';
import { presentValue } from '../../../shared/form/field.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { joinProblems } from '../../../shared/form/join-problems.ts';
import { type FormState, useClusterProblems } from '../form/index.ts';
import { useSchemaProblems } from './use-schema-problems.ts';

export interface CreateProblemsInput {
  readonly contextName: string;
  readonly formState: FormState;
  /** Used where the manifest names none. */
  readonly namespace: string;
  /** What the server found in this text. */
  readonly serverCauses: readonly ErrorCause[];
}

/** Everything that is said of the manifest: by our rules, by what the cluster has, by its schema and by the server. */
export function useCreateProblems(input: CreateProblemsInput): readonly FormProblem[] {
  const { contextName, formState, serverCauses } = input;
  const { form, problems } = formState;
  const schemaProblems = useSchemaProblems(contextName, form?.manifest);
  const namespace = (form && presentValue(form, NAMESPACE)) ?? input.namespace;
  const clusterProblems = useClusterProblems({ contextName, namespace, manifest: form?.manifest });
  return useMemo(
    () => joinProblems([...problems, ...clusterProblems], schemaProblems, serverCauses),
    [problems, clusterProblems, schemaProblems, serverCauses],
  );
}
