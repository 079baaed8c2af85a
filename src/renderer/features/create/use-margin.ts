import { useEffect, useMemo, useState } from 'react';
import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import type { TextProblem } from '../../monaco/text-problem.ts';
import { isLargeText, marginAt, marginOf, type PathPlacer, problemsOf } from '../form/index.ts';

const NONE: readonly TextProblem[] = [];

/**
 * What the YAML has in its margin: what hinders it from being read, else what rules, schema and server say of it. A large text keeps what
 * it has, which the editor moves along with the lines, until it is read anew after a pause in typing.
 */
export function useMargin(
  checker: PathPlacer,
  text: string,
  causes: readonly ErrorCause[],
  problems: readonly FormProblem[],
  isReading: boolean,
): readonly TextProblem[] {
  const isLarge = isLargeText(text);
  const placed = usePlaced(checker, isLarge ? text : '', problems, isReading);
  return useMemo(() => {
    if (causes.length > 0) return problemsOf(causes);
    return isLarge ? placed : marginOf(text, problems);
  }, [causes, isLarge, placed, text, problems]);
}

function usePlaced(
  checker: PathPlacer,
  text: string,
  problems: readonly FormProblem[],
  isReading: boolean,
): readonly TextProblem[] {
  const [placed, setPlaced] = useState(NONE);
  useEffect(() => {
    if (isReading) return undefined;
    if (problems.length === 0 || text === '') {
      setPlaced(NONE);
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const paths = problems.map(({ path }) => path);
    checker.place(text, paths, signal).then(
      (places) => {
        if (!signal.aborted) setPlaced(marginAt(problems, places));
      },
      () => {
        // The form lists the problems all the same, and a check shows why nothing can be read.
        if (!signal.aborted) setPlaced(NONE);
      },
    );
    return () => controller.abort();
  }, [checker, text, problems, isReading]);
  return placed;
}
