import { useMemo } from 'react';
import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import { NAMESPACE } from '../../../shared/form/fields/base-fields.ts';
import { presentValue } from '../../../shared/form/field.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { joinProblems } from '../../../shared/form/join-problems.ts';
import { type FormRead, useClusterProblems, useSchemaProblems } from '../form/index.ts';
import { useProjectProblems } from './use-project-problems.ts';

export interface CreateProblemsInput {
  readonly contextName: string;
  readonly formRead: FormRead;
  /** In which it would be created. */
  readonly namespace: string;
  /** What the server found in this text. */
  readonly serverCauses: readonly ErrorCause[];
}

/** The namespace in which a text is created: its own, else the one chosen beside it. */
export function targetNamespace({ form }: FormRead, chosen: string): string {
  return (form && presentValue(form, NAMESPACE)) ?? chosen;
}

/** Everything that is said of the manifest: by our rules, by what the cluster has, by its schema and by the server. */
export function useCreateProblems(input: CreateProblemsInput): readonly FormProblem[] {
  const { contextName, formRead, namespace, serverCauses } = input;
  const { form, problems } = formRead;
  const schemaProblems = useSchemaProblems(contextName, form?.manifest);
  const clusterProblems = useClusterProblems({ contextName, namespace, manifest: form?.manifest });
  const projectProblems = useProjectProblems(contextName, namespace);
  return useMemo(
    () => joinProblems([...problems, ...projectProblems, ...clusterProblems], schemaProblems, serverCauses),
    [problems, projectProblems, clusterProblems, schemaProblems, serverCauses],
  );
}
