import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { pathFinder } from '../../../shared/manifest/line-of-path.ts';
import type { TextPosition } from '../../../shared/manifest/manifest-finding.ts';
import type { TextProblem } from '../../monaco/text-problem.ts';

/** Finds the places of paths in a text, away from the page's thread. */
export interface PathPlacer {
  place(text: string, paths: readonly string[], signal?: AbortSignal): Promise<readonly (TextPosition | undefined)[]>;
}

/** Gives each finding of the server its line: what it brought, else where its field stands in the text. */
export function placeCauses(text: string, causes: readonly ErrorCause[]): readonly ErrorCause[] {
  if (causes.every(isPlaced)) return causes;
  const find = pathFinder(text);
  return causes.map((cause) => (isPlaced(cause) ? cause : { ...cause, ...find(cause.path) }));
}

/** The same, read away from the page's thread. */
export async function placeCausesBy(
  placer: PathPlacer,
  text: string,
  causes: readonly ErrorCause[],
): Promise<readonly ErrorCause[]> {
  if (causes.every(isPlaced)) return causes;
  const places = await placer.place(
    text,
    causes.map(({ path }) => path),
  );
  return causes.map((cause, index) => (isPlaced(cause) ? cause : { ...cause, ...places[index] }));
}

function isPlaced({ line, path }: ErrorCause): boolean {
  return line !== undefined || path === '';
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
  return marginAt(
    problems,
    problems.map(({ path }) => find(path)),
  );
}

/** Problems at the places of their fields, one for each; what has none is left out. */
export function marginAt(
  problems: readonly FormProblem[],
  places: readonly (TextPosition | undefined)[],
): readonly TextProblem[] {
  return problems.flatMap(({ path, message, severity }, index) => {
    const position = places[index];
    return position ? [{ ...position, severity, message: `${path}: ${message}` }] : [];
  });
}
