import { useMemo } from 'react';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { useAccess } from '../../live/use-access.ts';
import { useSettled } from '../form/index.ts';

const NONE: readonly FormProblem[] = [];

/** That the user may not create in this namespace, at the project's field: with the verb and the resource that are missing. */
export function useProjectProblems(contextName: string, namespace: string): readonly FormProblem[] {
  const settled = useSettled(namespace);
  const check = { verb: 'create', group: 'apps', resource: 'daemonsets', namespace: settled };
  const [answer] = useAccess(contextName, settled === '' ? [] : [check]) ?? [];
  const reason = settled !== namespace || answer?.allowed !== false ? undefined : answer.reason;
  return useMemo(
    () =>
      reason === undefined
        ? NONE
        : [{ path: 'metadata.namespace', message: `You ${reason}.`, severity: 'error', source: 'server' }],
    [reason],
  );
}
