import type { EventGroup } from '../../../shared/kubernetes/event-groups.ts';
import type { EventRow } from '../../../shared/kubernetes/rows.ts';
import { Age } from '../../components/Age.tsx';
import classes from './EventList.module.css';

export type LinkOf = (about: EventRow['about']) => string | undefined;

const SHOWN = 50;

/** Each event of a group, newest first: what it is about, how often, by whom, and in its own words. */
export function EventObjects({ group, linkOf }: { readonly group: EventGroup; readonly linkOf: LinkOf }) {
  const more = group.events.length - SHOWN;
  return (
    <ul className={classes.objects} aria-label={`${group.reason}: ${group.events.length} events`}>
      {group.events.slice(0, SHOWN).map((event) => {
        const { about } = event;
        const href = linkOf(about);
        const words = `${about.kind} ${about.namespace === undefined ? '' : `${about.namespace}/`}${about.name}`;
        return (
          <li key={event.uid}>
            {href === undefined ? <span>{words}</span> : <a href={href}>{words}</a>}
            <span className={classes.muted}>
              {event.count > 1 && `${event.count} times · `}
              {event.lastSeen > 0 && <Age timestamp={new Date(event.lastSeen).toISOString()} />}
              {event.source !== undefined && ` · ${event.source}`}
            </span>
            <span className={classes.own}>{event.message}</span>
          </li>
        );
      })}
      {more > 0 && <li className={classes.muted}>{more} more; the filter finds them.</li>}
    </ul>
  );
}
