import type { EventRow } from './rows.ts';

/** Events that say the same of objects of one kind. */
export interface EventGroup {
  readonly id: string;
  readonly type: string;
  readonly kind: string;
  readonly namespace: string;
  readonly reason: string;
  /** Of the newest event. */
  readonly message: string;
  /** How often it happened, over all of them. */
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Newest first. */
  readonly events: readonly EventRow[];
  /** How many objects they are about. */
  readonly objects: number;
}

const templates = new WeakMap<EventRow, string>();

/** What differs between two events of one cause: names, uids, addresses, hashes, quantities, times. */
function templateOf(event: EventRow): string {
  const known = templates.get(event);
  if (known !== undefined) return known;
  const name = withoutParticulars(event.about.name);
  const message = withoutParticulars(event.message);
  const template = name === '' ? message : message.replaceAll(name, '…');
  templates.set(event, template);
  return template;
}

function withoutParticulars(text: string): string {
  return (
    text
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '…')
      // Names that a controller made: five letters of the API's own alphabet (apimachinery pkg/util/rand).
      .replaceAll(/([a-z0-9])-[bcdfghjklmnpqrstvwxz2456789]{5}(?![a-z0-9-])/g, '$1-…')
      .replaceAll(/\d+/g, '#')
  );
}

/** Newest first, both the groups and the events in each. */
export function groupEvents(events: readonly EventRow[]): readonly EventGroup[] {
  const found = new Map<string, EventRow[]>();
  for (const event of events) {
    const { kind, namespace = '' } = event.about;
    const id = JSON.stringify([event.type, kind, namespace, event.reason, templateOf(event)]);
    const group = found.get(id);
    if (group === undefined) found.set(id, [event]);
    else group.push(event);
  }
  return [...found].flatMap(([id, members]) => groupOf(id, members)).toSorted(newestFirst);
}

function groupOf(id: string, members: readonly EventRow[]): readonly EventGroup[] {
  const events = members.length === 1 ? members : members.toSorted(newestFirst);
  const [newest] = events;
  if (newest === undefined) return [];
  const { type, reason, message, lastSeen } = newest;
  return [
    {
      id,
      type,
      reason,
      message,
      lastSeen,
      kind: newest.about.kind,
      namespace: newest.about.namespace ?? '',
      events,
      count: events.reduce((sum, event) => sum + event.count, 0),
      firstSeen: events.reduce((first, event) => Math.min(first, event.firstSeen), newest.firstSeen),
      objects: new Set(events.map(({ about }) => about.uid ?? about.name)).size,
    },
  ];
}

function newestFirst(
  left: { readonly lastSeen: number; readonly reason: string },
  right: { readonly lastSeen: number; readonly reason: string },
): number {
  return right.lastSeen - left.lastSeen || (left.reason < right.reason ? -1 : left.reason > right.reason ? 1 : 0);
}

/** Events of the type, if one is given, that hold every word in their reason, message, object or source. */
export function filterEvents(
  events: readonly EventRow[],
  { type, words }: { readonly type: string | undefined; readonly words: string },
): readonly EventRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (type === undefined && wanted.length === 0) return events;
  return events.filter((event) => {
    if (type !== undefined && event.type !== type) return false;
    const { reason, message, about, source = '' } = event;
    const text = [reason, message, about.kind, about.name, about.namespace, source].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
