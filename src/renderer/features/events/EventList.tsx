import { SegmentedControl, TextInput } from '@mantine/core';
import { type ReactNode, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { type EventGroup, filterEvents, groupEvents } from '../../../shared/kubernetes/event-groups.ts';
import type { DaemonSetRow, EventRow } from '../../../shared/kubernetes/rows.ts';
import { SectionHead } from '../../components/SectionHead.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import type { SortOrder } from '../../stores/route.ts';
import { eventColumns } from './event-columns.tsx';
import { eventLink } from './event-link.ts';
import classes from './EventList.module.css';
import { EventObjects } from './EventObjects.tsx';

export interface EventListProps {
  readonly contextName: string;
  /** It is a page of its own. */
  readonly isPage?: boolean;
  readonly events: readonly EventRow[];
  /** Those that pods of events may belong to. */
  readonly daemonSets: readonly Pick<DaemonSetRow, 'namespace' | 'name'>[];
  /** With the choice between all, warnings and normal ones. */
  readonly withTypes: boolean;
  /** Where reads stand, beside the title. */
  readonly state?: ReactNode;
  /** Instead of rows, where no event is. */
  readonly none: ReactNode;
}

const TYPES = [
  { value: '', label: 'All' },
  { value: 'Warning', label: 'Warnings' },
  { value: 'Normal', label: 'Normal' },
];
const NEWEST: SortOrder = { column: 'last', descending: false };
const groupId = (group: EventGroup) => group.id;

/** Events in groups, newest first; a group opens to its single events. */
export function EventList({ contextName, isPage = false, events, daemonSets, withTypes, state, none }: EventListProps) {
  const [type, setType] = useState('');
  const [words, setWords] = useState('');
  const [sort, setSort] = useState<SortOrder | undefined>(NEWEST);
  const [openId, setOpenId] = useState<string>();
  const now = useDeferredValue(events);
  const wanted = useDeferredValue(words);
  const shown = useMemo(
    () => filterEvents(now, { type: type === '' ? undefined : type, words: wanted }),
    [now, type, wanted],
  );
  const groups = useMemo(() => groupEvents(shown), [shown]);
  const linkOf = useCallback(
    (about: EventRow['about']) => eventLink(contextName, about, daemonSets),
    [contextName, daemonSets],
  );
  const columns = useMemo(() => eventColumns(linkOf, withTypes), [linkOf, withTypes]);
  const toggle = useCallback((group: EventGroup) => setOpenId((id) => (id === group.id ? undefined : group.id)), []);
  return (
    <section className={classes.section} aria-label="Events">
      <SectionHead title="Events" isPage={isPage}>
        <span className={classes.muted} role="status">
          {countWords(groups.length, shown.length)}
        </span>
        {state}
        <div className={classes.tools}>
          {withTypes && <SegmentedControl aria-label="Type" data={TYPES} value={type} onChange={setType} size="xs" />}
          <TextInput
            aria-label="Filter events"
            placeholder="Filter by reason, object, message…"
            className={classes.filter}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        </div>
      </SectionHead>
      <VirtualTable
        label="Events"
        items={groups}
        columns={columns}
        rowId={groupId}
        sort={sort}
        onSort={(next) => setSort(next ?? NEWEST)}
        onOpen={toggle}
        selectedId={openId}
        below={(group) => group.id === openId && <EventObjects group={group} linkOf={linkOf} />}
        empty={events.length > 0 ? <p className={classes.nothing}>No event matches the filter.</p> : none}
      />
    </section>
  );
}

function countWords(groups: number, events: number): string {
  if (events === 0) return '';
  const all = `${events} event${events === 1 ? '' : 's'}`;
  return groups === events ? all : `${all} in ${groups} group${groups === 1 ? '' : 's'}`;
}
