import { type JsonObject, objectsAt, optional, textAt } from './json-fields.ts';
import type { ConditionRow } from './rows.ts';

/** Conditions of a status in its own order, every one of them. */
export function toConditionRows(status: JsonObject): readonly ConditionRow[] {
  return objectsAt(status, 'conditions').map((condition) => ({
    type: textAt(condition, 'type') ?? '',
    status: textAt(condition, 'status') ?? 'Unknown',
    ...optional('reason', textAt(condition, 'reason')),
    ...optional('message', textAt(condition, 'message')),
  }));
}

/** The first condition of a type; a type that stands twice counts once, as in the API machinery. */
export function findCondition(status: JsonObject, type: string): JsonObject | undefined {
  return objectsAt(status, 'conditions').find((condition) => textAt(condition, 'type') === type);
}

export function isConditionTrue(status: JsonObject, type: string): boolean {
  const condition = findCondition(status, type);
  return condition !== undefined && textAt(condition, 'status') === 'True';
}

const MET_WHEN_TRUE: ReadonlySet<string> = new Set([
  'PodScheduled',
  'PodReadyToStartContainers',
  'Initialized',
  'ContainersReady',
  'Ready',
]);

/** Whether a pod's condition is news: a standard one that is not met, or any other (a readiness gate, DisruptionTarget, a resize). */
export function isNotablePodCondition(condition: ConditionRow): boolean {
  return !MET_WHEN_TRUE.has(condition.type) || condition.status !== 'True';
}
