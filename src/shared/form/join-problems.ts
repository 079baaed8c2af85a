import type { ErrorCause } from '../errors/app-error.ts';
import type { FormProblem } from './form-problem.ts';

/** Each field is said once: our rule's sentence goes before the schema's, and that before the server's. */
export function joinProblems(
  rules: readonly FormProblem[],
  schema: readonly FormProblem[],
  causes: readonly ErrorCause[],
): readonly FormProblem[] {
  const said = new Set<string>();
  const joined = [...rules];
  const server = causes.map((cause): FormProblem => ({ ...cause, severity: 'error', source: 'server' }));
  for (const source of [schema, server]) {
    for (const { path, severity } of joined) if (severity === 'error') said.add(path);
    joined.push(...source.filter(({ path }) => !said.has(path)));
  }
  return joined;
}
