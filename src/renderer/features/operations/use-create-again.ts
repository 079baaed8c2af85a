import { useMemo } from 'react';
import type { DaemonSetView } from '../../../shared/contract/daemonset.ts';
import type { PodCheck } from '../../../shared/contract/pod-check.ts';
import { podWarnings } from '../../../shared/form/pod-warnings.ts';
import { textToCreate } from '../../../shared/manifest/server-fields.ts';
import { useServices } from '../../live/services.ts';
import { useValue } from '../../live/use-value.ts';
import { type DeletedDaemonSet, forgetDeleted } from '../../stores/deleted.ts';
import { type Answer, useAnswer } from './use-answer.ts';
import { useChange } from './use-change.ts';

/** Who has the name now. `leaving`: the deleted one is not gone yet. */
export type NameState = 'reading' | 'leaving' | 'taken' | 'free';

export interface Checked {
  readonly warnings: readonly string[];
  /** Why the server could not be asked about the pods. */
  readonly podsUnchecked?: string;
}

/** Follows the name of what was deleted. Where it cannot be read, the server's answer to the dry run decides. */
export function useNameState({ contextName, namespace, name, uid }: DeletedDaemonSet): NameState {
  const { value, state } = useValue<DaemonSetView>(['daemonSet', contextName, namespace, name], (client, signal) =>
    client.daemonSet.watchOne({ contextName, namespace, name }, { signal }),
  );
  if (value === undefined) return state.phase === 'failed' ? 'free' : 'reading';
  const holder = value.replacedByUid ?? (value.gone ? undefined : value.row?.uid);
  if (holder === undefined) return 'free';
  return holder === uid ? 'leaving' : 'taken';
}

/** Dry-runs the manifest as it was, without what belonged to the old object, and its pods, once the name is free. */
export function useCheckedAgain(deleted: DeletedDaemonSet, nameState: NameState) {
  const { client } = useServices();
  const { contextName, namespace, name, uid, jsonText } = deleted;
  const manifestText = useMemo(() => textToCreate(jsonText), [jsonText]);
  const input = { contextName, namespace, manifestText };
  const check = async (signal: AbortSignal): Promise<Checked> => {
    const { warnings } = await client.daemonSet.create({ ...input, dryRun: true }, { signal });
    const pods = await client.daemonSet.checkPods(input, { signal });
    const said = [...warnings, ...podWarnings(withoutLines(pods))];
    return pods.checked ? { warnings: said } : { warnings: said, podsUnchecked: pods.why };
  };
  const checked: Answer<Checked> = useAnswer(
    JSON.stringify([contextName, namespace, name, uid]),
    nameState === 'free' ? check : undefined,
  );
  return { manifestText, checked };
}

/** The creation itself. What was made again is offered no more. */
export function useCreateAgain(deleted: DeletedDaemonSet, manifestText: string, onClose: () => void) {
  const { client } = useServices();
  const { contextName, namespace, name } = deleted;
  return useChange(
    { done: `${namespace}/${name} was created again`, failed: `${name} was not created again` },
    () => client.daemonSet.create({ contextName, namespace, manifestText, dryRun: false }),
    () => {
      forgetDeleted(deleted);
      onClose();
    },
  );
}

/** Lines are those of a text that is not on screen here. */
function withoutLines(pods: PodCheck): PodCheck {
  if (!pods.checked) return pods;
  return { ...pods, refusals: pods.refusals.map(({ line: _, ...refusal }) => refusal) };
}
