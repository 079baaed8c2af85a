import { ManifestAnswers } from '../features/create/manifest-answers.ts';
import type { ManifestChecker } from '../features/create/manifest-checker.ts';

/** Reads in the same thread what the page reads in a worker. For tests. */
export function answersHere(): ManifestChecker {
  const answers = new ManifestAnswers();
  return {
    check: (text) => Promise.resolve(answers.check(text)),
    open: (text) => Promise.resolve(structuredClone(answers.open(text))),
    place: (text, paths) => Promise.resolve(answers.place(text, paths)),
    dispose: () => undefined,
  };
}
