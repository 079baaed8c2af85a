import type { SaveOutcome } from '../../../shared/contract/daemonset.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { at, text } from '../../../shared/kubernetes/json-fields.ts';
import { type StrategyType, withStrategyType } from '../../../shared/manifest/strategy-type.ts';
import type { Client } from '../../live/client.ts';

export interface SwitchTarget {
  readonly contextName: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** Reads the DaemonSet anew and stores it with the other type, and nothing else. `changed` is empty when it has that type already. */
export async function switchStrategy(
  client: Client,
  { contextName, namespace, name, uid }: SwitchTarget,
  strategyType: StrategyType,
): Promise<SaveOutcome> {
  const { jsonText: beforeText } = await client.daemonSet.read({ contextName, namespace, name });
  const afterText = withStrategyType(beforeText, strategyType);
  if (afterText === undefined) {
    const message = `What the server sent of ${name} has no spec; nothing was changed.`;
    throw new AppError({ reason: 'Invalid', message });
  }
  return client.daemonSet.save({ contextName, namespace, name, uid, beforeText, afterText, dryRun: false });
}

/** Whether this very object has the type now. */
export async function isSwitched(
  client: Client,
  { contextName, namespace, name, uid }: SwitchTarget,
  strategyType: StrategyType,
): Promise<boolean> {
  const { jsonText } = await client.daemonSet.read({ contextName, namespace, name });
  const now: unknown = JSON.parse(jsonText);
  return text(at(now, 'metadata', 'uid')) === uid && text(at(now, 'spec', 'updateStrategy', 'type')) === strategyType;
}
