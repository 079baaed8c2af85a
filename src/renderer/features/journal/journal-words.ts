import type { JournalChange, JournalOutcome } from '../../../shared/contract/journal.ts';
import type { Tone } from '../../components/StatusBadge.tsx';
import { type Route, formatRoute } from '../../stores/route.ts';

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false };

/** "14:03:22" of today, "1 Dec 14:03:22" of this year, else with the year: local time. */
export function whenWords(at: number, now: number): string {
  const then = new Date(at);
  const today = new Date(now);
  const time = then.toLocaleTimeString('en-GB', TIME);
  if (then.toDateString() === today.toDateString()) return time;
  const isThisYear = then.getFullYear() === today.getFullYear();
  return `${then.toLocaleDateString('en-GB', isThisYear ? DAY : { ...DAY, year: 'numeric' })} ${time}`;
}

/** Local time with its zone, and UTC to the millisecond. */
export function exactTime(at: number): string {
  const local = new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
  return `${local}\n${new Date(at).toISOString()}`;
}

export function outcomeTone(outcome: JournalOutcome): Tone {
  return ({ done: 'good', refused: 'warn', failed: 'bad', unknown: 'warn' } as const)[outcome];
}

/** "DaemonSet logging/agent", "Node node-1". */
export function objectWords({ kind, ref }: Pick<JournalChange, 'kind' | 'ref'>): string {
  const address = ref.namespace === '' ? ref.name : `${ref.namespace}/${ref.name}`;
  return kind === '' ? address : `${kind} ${address}`;
}

/** The object's own page. It may be gone by now: its page says so. */
export function objectLink({ kind, ref }: Pick<JournalChange, 'kind' | 'ref'>): string | undefined {
  const route = objectRoute(kind, ref);
  return route && formatRoute(route);
}

function objectRoute(kind: string, { contextName, namespace, name }: JournalChange['ref']): Route | undefined {
  if (name === '') return undefined;
  if (kind === 'Node') return { page: 'node', contextName, name };
  if (namespace === '') return undefined;
  if (kind === 'DaemonSet') return { page: 'daemonSet', contextName, namespace, name };
  return kind === 'Pod' ? { page: 'pod', contextName, namespace, name } : undefined;
}

export interface Counts {
  readonly loaded: number;
  readonly shown: number;
  /** Whether older entries are there that are not loaded. */
  readonly hasOlder: boolean;
}

/** "200 entries loaded", "3 of the 200 entries that are loaded". */
export function countWords({ loaded, shown, hasOlder }: Counts): string {
  if (loaded === 0) return '';
  const entries = loaded === 1 ? '1 entry' : `${loaded.toLocaleString('en')} entries`;
  const whole = hasOlder ? `the newest ${entries}` : entries;
  return shown === loaded ? whole : `${shown.toLocaleString('en')} of ${whole}`;
}
