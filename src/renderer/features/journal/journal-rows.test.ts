import { describe, expect, it } from 'vitest';
import type { JournalChange, JournalPage, JournalRow } from '../../../shared/contract/journal.ts';
import { contextNamesOf, filterRows, withNewest, withOlder } from './journal-rows.ts';
import { countWords, objectLink, objectWords, whenWords } from './journal-words.ts';

const change = (id: string, more: Partial<JournalChange> = {}): JournalChange => ({
  type: 'change',
  id,
  at: 0,
  act: 'restart',
  kind: 'DaemonSet',
  ref: { contextName: 'prod', namespace: 'logging', name: 'agent' },
  outcome: 'done',
  kubectl: 'kubectl rollout restart daemonset/agent',
  ...more,
});
const page = (ids: string, before?: string, isGone = false): JournalPage => ({
  rows: ids.split('').map((id) => change(id)),
  isGone,
  file: '/data/journal.jsonl',
  ...(before === undefined ? {} : { before }),
});
const idsOf = ({ rows }: JournalPage) => rows.map(({ id }) => id).join('');

describe('pages of the journal put together', () => {
  it('keep what was loaded behind the newest page, and where older entries begin', () => {
    const loaded = page('cba', 'a');
    const now = withNewest(loaded, page('edc', 'c'));
    expect([idsOf(now), now.before]).toEqual(['edcba', 'a']);
  });

  it('begin anew where a page holds not all that was written meanwhile', () => {
    const now = withNewest(page('cba', 'a'), page('hgf', 'f'));
    expect([idsOf(now), now.before]).toEqual(['hgf', 'f']);
  });

  it('are the newest page where that is all', () => {
    expect(idsOf(withNewest(page('cba', 'a'), page('dcba')))).toBe('dcba');
    expect(idsOf(withNewest(undefined, page('a')))).toBe('a');
  });

  it('grow by older ones, nothing twice', () => {
    const once = withOlder(page('edc', 'c'), 'c', page('ba', 'a'));
    expect([idsOf(once), once.before]).toEqual(['edcba', 'a']);
    const end = withOlder(once, 'a', page('a', undefined, true));
    expect([idsOf(end), end.before, end.isGone]).toEqual(['edcba', undefined, true]);
  });

  it('do not take an answer to what was loaded earlier', () => {
    const anew = page('hgf', 'f');
    expect(withOlder(anew, 'c', page('ba'))).toBe(anew);
  });
});

describe('the filter', () => {
  const rows: readonly JournalRow[] = [
    change('a'),
    change('b', {
      act: 'cordon',
      kind: 'Node',
      ref: { contextName: 'dev', namespace: '', name: 'node-1' },
      kubectl: '',
    }),
    change('c', { outcome: 'refused', error: 'You may not patch' }),
    { type: 'unreadable', id: 'd', why: 'This line is not whole.' },
  ];
  const found = (words: string, contextName?: string) =>
    filterRows(rows, { words, contextName })
      .map(({ id }) => id)
      .join('');

  it('finds every word, in whatever an entry says', () => {
    expect(found('')).toBe('abcd');
    expect(found('AGENT rollout')).toBe('ac');
    expect(found('refused patch')).toBe('c');
    expect(found('not whole')).toBe('d');
    expect(found('nothing')).toBe('');
  });

  it('shows one context, and what cannot be read, since it may be of it', () => {
    expect(found('', 'dev')).toBe('bd');
    expect(contextNamesOf(rows)).toEqual(['dev', 'prod']);
  });
});

describe('words of the journal', () => {
  it('say the time of today, the day of this year, the year of another', () => {
    const now = new Date(2026, 11, 1, 15, 0, 0).getTime();
    expect(whenWords(new Date(2026, 11, 1, 9, 5, 7).getTime(), now)).toBe('09:05:07');
    expect(whenWords(new Date(2026, 2, 30, 9, 5, 7).getTime(), now)).toBe('30 Mar 09:05:07');
    expect(whenWords(new Date(2025, 11, 1, 9, 5, 7).getTime(), now)).toBe('1 Dec 2025 09:05:07');
  });

  it.each([
    ['DaemonSet', 'logging', '#/c/prod/daemonsets/logging/agent', 'DaemonSet logging/agent'],
    ['Pod', 'logging', '#/c/prod/pods/logging/agent', 'Pod logging/agent'],
    ['Node', '', '#/c/prod/nodes/agent', 'Node agent'],
    ['', 'logging', undefined, 'logging/agent'],
    ['Job', 'logging', undefined, 'Job logging/agent'],
  ])('name a %s in "%s" and lead to its page', (kind, namespace, href, words) => {
    const about = change('a', { kind, ref: { contextName: 'prod', namespace, name: 'agent' } });
    expect([objectLink(about), objectWords(about)]).toEqual([href, words]);
  });

  it('lead nowhere from a creation that got no name', () => {
    expect(objectLink(change('a', { ref: { contextName: 'prod', namespace: 'x', name: '' } }))).toBeUndefined();
  });

  it('count what is loaded and shown', () => {
    expect(countWords({ loaded: 0, shown: 0, hasOlder: false })).toBe('');
    expect(countWords({ loaded: 1, shown: 1, hasOlder: false })).toBe('1 entry');
    expect(countWords({ loaded: 5000, shown: 5000, hasOlder: true })).toBe('the newest 5,000 entries');
    expect(countWords({ loaded: 200, shown: 3, hasOlder: true })).toBe('3 of the newest 200 entries');
  });
});
