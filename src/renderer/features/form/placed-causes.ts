import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { pathFinder } from '../../../shared/manifest/line-of-path.ts';
import type { TextProblem } from '../../monaco/text-problem.ts';

/** Gives each finding of the server its line: what it brought, else where its field stands in the text. */
export function placeCauses(text: string, causes: readonly ErrorCause[]): readonly ErrorCause[] {
  if (causes.every(({ line, path }) => line !== undefined || path === '')) return causes;
  const find = pathFinder(text);
  return causes.map((cause) => {
    if (cause.line !== undefined || cause.path === '') return cause;
    const position = find(cause.path);
    return position ? { ...cause, ...position } : cause;
  });
}

/** Findings that have a line, for the editor's margin. */
export function problemsOf(causes: readonly ErrorCause[]): readonly TextProblem[] {
  return causes.flatMap(({ line, column, path, message }) =>
    line === undefined
      ? []
      : [{ line, column, severity: 'error' as const, message: path === '' ? message : `${path}: ${message}` }],
  );
}

/** Problems of the form at the lines of their fields. */
export function marginOf(text: string, problems: readonly FormProblem[]): readonly TextProblem[] {
  if (problems.length === 0) return [];
  const find = pathFinder(text);
  return problems.flatMap(({ path, message, severity }) => {
    const position = find(path);
    return position ? [{ ...position, severity, message: `${path}: ${message}` }] : [];
  });
}
