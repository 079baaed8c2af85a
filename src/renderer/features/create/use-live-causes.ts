import { useEffect, useState } from 'react';
import type { Clock } from '../../../shared/clock.ts';
import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import { useServices } from '../../live/services.ts';
import type { FormStore } from '../form/index.ts';
import { isBlank } from './draft.ts';
import type { ManifestChecker } from './manifest-checker.ts';

const AFTER_MS = 350;
const NONE: readonly ErrorCause[] = [];

/** What hinders a text from being sent, found while the user types: a moment after the last key, off the page's thread. */
export function useLiveCauses(checker: ManifestChecker, store: FormStore['store']): readonly ErrorCause[] {
  const { clock } = useServices();
  const [causes, setCauses] = useState(NONE);
  useEffect(() => {
    let stop = checkLater(checker, clock, store.getState().text, setCauses);
    const unsubscribe = store.subscribe(({ text }, before) => {
      if (text === before.text) return;
      stop();
      stop = checkLater(checker, clock, text, setCauses);
    });
    return () => {
      unsubscribe();
      stop();
    };
  }, [checker, clock, store]);
  return causes;
}

/** @returns what gives it up */
function checkLater(
  checker: ManifestChecker,
  clock: Clock,
  text: string,
  onFound: (causes: readonly ErrorCause[]) => void,
): () => void {
  if (isBlank(text)) {
    onFound(NONE);
    return () => undefined;
  }
  const controller = new AbortController();
  const { signal } = controller;
  const timer = clock.setTimeout(() => {
    checker
      .check(text, signal)
      .then((found) => {
        if (!signal.aborted) onFound(found);
      })
      .catch(() => {
        // The same check runs before sending, and its failure is shown there.
        if (!signal.aborted) onFound(NONE);
      });
  }, AFTER_MS);
  return () => {
    controller.abort();
    clock.clearTimeout(timer);
  };
}
