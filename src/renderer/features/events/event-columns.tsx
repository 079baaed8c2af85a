import type { EventGroup } from '../../../shared/kubernetes/event-groups.ts';
import { Age } from '../../components/Age.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import type { TableColumn } from '../../components/table-model.ts';
import type { LinkOf } from './EventObjects.tsx';
import classes from './EventList.module.css';

/** `withTypes`: of events of more than one type. */
export function eventColumns(linkOf: LinkOf, withTypes: boolean): readonly TableColumn<EventGroup>[] {
  return allColumns(linkOf).filter(({ id }) => withTypes || id !== 'type');
}

function allColumns(linkOf: LinkOf): readonly TableColumn<EventGroup>[] {
  return [
    {
      id: 'last',
      header: 'Last seen',
      minWidthPx: 92,
      sortValue: (group) => -group.lastSeen,
      cell: (group) => <Seen at={group.lastSeen} />,
    },
    {
      id: 'type',
      header: 'Type',
      minWidthPx: 98,
      sortValue: (group) => group.type,
      cell: ({ type }) => <StatusBadge tone={type === 'Warning' ? 'warn' : 'quiet'}>{type || 'Unknown'}</StatusBadge>,
    },
    {
      id: 'reason',
      header: 'Reason',
      minWidthPx: 146,
      grow: 0.7,
      sortValue: (group) => group.reason,
      cell: ({ reason }) => <span className={classes.reason}>{reason}</span>,
    },
    {
      id: 'object',
      header: 'Object',
      minWidthPx: 120,
      grow: 1,
      sortValue: objectWords,
      cell: (group, { tabIndex }) => <Subject group={group} linkOf={linkOf} tabIndex={tabIndex} />,
    },
    {
      id: 'message',
      header: 'Message',
      minWidthPx: 150,
      grow: 3,
      cell: ({ message }) => <span className={classes.message}>{message}</span>,
    },
    {
      id: 'count',
      header: 'Count',
      minWidthPx: 56,
      align: 'end',
      sortValue: (group) => group.count,
      cell: ({ count }) => count,
    },
    {
      id: 'first',
      header: 'First seen',
      minWidthPx: 92,
      givesWay: 1,
      align: 'end',
      sortValue: (group) => -group.firstSeen,
      cell: (group) => <Seen at={group.firstSeen} />,
    },
  ];
}

/** 0 stands for an event without a time. */
function Seen({ at }: { readonly at: number }) {
  return at === 0 ? '–' : <Age timestamp={new Date(at).toISOString()} />;
}

/** "Pod agent-x7k2p", "12 Pods". */
function objectWords({ kind, objects, events }: EventGroup): string {
  const [newest] = events;
  return objects > 1 ? `${objects} ${kind}s` : `${kind} ${newest?.about.name ?? ''}`;
}

interface SubjectProps {
  readonly group: EventGroup;
  readonly linkOf: LinkOf;
  readonly tabIndex: 0 | -1;
}

function Subject({ group, linkOf, tabIndex }: SubjectProps) {
  const [newest] = group.events;
  const href = group.objects === 1 && newest ? linkOf(newest.about) : undefined;
  const words = objectWords(group);
  return (
    <span className={classes.object} title={words}>
      {href === undefined ? (
        words
      ) : (
        <a className={classes.link} href={href} tabIndex={tabIndex}>
          {words}
        </a>
      )}
    </span>
  );
}
