import { useEffect, useState } from 'react';
import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import { useServices } from '../../live/services.ts';
import { isBlank } from './draft.ts';
import type { ManifestChecker } from './manifest-checker.ts';

const AFTER_MS = 350;
const NONE: readonly ErrorCause[] = [];

/** What hinders a text from being sent, found while the user types: a moment after the last key, off the page's thread. */
export function useLiveCauses(checker: ManifestChecker, text: string): readonly ErrorCause[] {
  const { clock } = useServices();
  const [causes, setCauses] = useState(NONE);
  useEffect(() => {
    if (isBlank(text)) {
      setCauses(NONE);
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const timer = clock.setTimeout(() => {
      checker
        .check(text, signal)
        .then((found) => {
          if (!signal.aborted) setCauses(found);
        })
        .catch(() => {
          // The same check runs before sending, and its failure is shown there.
          if (!signal.aborted) setCauses(NONE);
        });
    }, AFTER_MS);
    return () => {
      controller.abort();
      clock.clearTimeout(timer);
    };
  }, [checker, clock, text]);
  return causes;
}
