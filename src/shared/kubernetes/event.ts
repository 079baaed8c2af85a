import { asObject, type JsonObject, numberAt, objectAt, textAt } from './json-fields.ts';
import type { CauseEvent } from './pod-trouble.ts';

function lastSeenOf(event: JsonObject): number {
  const text =
    textAt(objectAt(event, 'series'), 'lastObservedTime') ??
    textAt(event, 'lastTimestamp') ??
    textAt(event, 'eventTime') ??
    textAt(objectAt(event, 'metadata'), 'creationTimestamp');
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? 0 : time;
}

/** A v1 Event, old or new style: events.k8s.io writers fill eventTime and series in the place of the timestamps and count. */
export function toWarningEvent(raw: unknown): CauseEvent {
  const event = asObject(raw);
  const count = numberAt(objectAt(event, 'series'), 'count') || numberAt(event, 'count');
  return {
    reason: textAt(event, 'reason') ?? '',
    message: textAt(event, 'message') ?? textAt(event, 'note') ?? '',
    type: textAt(event, 'type') ?? '',
    involvedName:
      textAt(objectAt(event, 'involvedObject'), 'name') ?? textAt(objectAt(event, 'regarding'), 'name') ?? '',
    lastSeen: lastSeenOf(event),
    count: Math.max(1, count),
  };
}
