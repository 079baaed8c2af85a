import { asObject, type JsonObject, numberAt, objectAt, optional, textAt } from './json-fields.ts';
import type { CauseEvent } from './pod-trouble.ts';
import type { EventRow } from './rows.ts';

function timeOf(text: string | undefined): number {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? 0 : time;
}

function lastSeenOf(event: JsonObject): number {
  return timeOf(
    textAt(objectAt(event, 'series'), 'lastObservedTime') ??
      textAt(event, 'lastTimestamp') ??
      textAt(event, 'deprecatedLastTimestamp') ??
      textAt(event, 'eventTime') ??
      textAt(objectAt(event, 'metadata'), 'creationTimestamp'),
  );
}

function firstSeenOf(event: JsonObject): number {
  return timeOf(
    textAt(event, 'firstTimestamp') ??
      textAt(event, 'deprecatedFirstTimestamp') ??
      textAt(event, 'eventTime') ??
      textAt(objectAt(event, 'metadata'), 'creationTimestamp'),
  );
}

function countOf(event: JsonObject): number {
  const count =
    numberAt(objectAt(event, 'series'), 'count') || numberAt(event, 'count') || numberAt(event, 'deprecatedCount');
  return Math.max(1, count);
}

function aboutOf(event: JsonObject): JsonObject {
  const involved = objectAt(event, 'involvedObject');
  return Object.keys(involved).length > 0 ? involved : objectAt(event, 'regarding');
}

/** A v1 Event, old or new style: events.k8s.io writers fill eventTime and series in the place of the timestamps and count. */
export function toWarningEvent(raw: unknown): CauseEvent {
  const event = asObject(raw);
  return {
    reason: textAt(event, 'reason') ?? '',
    message: textAt(event, 'message') ?? textAt(event, 'note') ?? '',
    type: textAt(event, 'type') ?? '',
    involvedName: textAt(aboutOf(event), 'name') ?? '',
    lastSeen: lastSeenOf(event),
    count: countOf(event),
  };
}

/** The row of an Event of v1 or events.k8s.io/v1; never throws. */
export function toEventRow(raw: unknown): EventRow {
  const event = asObject(raw);
  const metadata = objectAt(event, 'metadata');
  const about = aboutOf(event);
  return {
    uid: textAt(metadata, 'uid') ?? '',
    name: textAt(metadata, 'name') ?? '',
    namespace: textAt(metadata, 'namespace') ?? '',
    resourceVersion: textAt(metadata, 'resourceVersion') ?? '',
    type: textAt(event, 'type') ?? '',
    reason: textAt(event, 'reason') ?? '',
    message: textAt(event, 'message') ?? textAt(event, 'note') ?? '',
    about: {
      kind: textAt(about, 'kind') ?? '',
      name: textAt(about, 'name') ?? '',
      ...optional('namespace', textAt(about, 'namespace')),
      ...optional('uid', textAt(about, 'uid')),
    },
    firstSeen: firstSeenOf(event),
    lastSeen: lastSeenOf(event),
    count: countOf(event),
    ...optional(
      'source',
      textAt(objectAt(event, 'source'), 'component') ??
        textAt(event, 'reportingComponent') ??
        textAt(event, 'reportingController'),
    ),
  };
}
