// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import type { JournalChange, JournalRow } from '../../../shared/contract/journal.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { FakeCore, aContext, aContextsView } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const prod = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2', userName: 'jane' } });
const view = aContextsView([prod, aContext('dev')]);

function aChange(act: string, more: Partial<JournalChange> = {}): JournalChange {
  return {
    type: 'change',
    id: `f:${act}`,
    at: Date.parse('2026-01-01T10:20:30.456Z'),
    act,
    kind: 'DaemonSet',
    ref: { contextName: 'prod', namespace: 'logging', name: 'agent' },
    outcome: 'done',
    kubectl: `kubectl --context prod -n logging ${act} daemonset/agent`,
    ...more,
  };
}

let core: FakeCore;
let app: RenderedApp;

async function open(rows: readonly JournalRow[], hash = '#/journal', before?: string): Promise<void> {
  core.journalPage = () => ({ rows, isGone: false, file: '/data/journal.jsonl', ...(before && { before }) });
  await show(hash);
}

async function show(hash = '#/journal'): Promise<void> {
  app = await renderApp(core, new FakeClock(), { view, hash });
  await act(() => import('./index.ts').then(() => undefined));
  await app.settle();
  core.journalWritten.push({ state: live, value: 0 });
  await app.settle();
}

const table = () => within(screen.getByRole('grid', { name: 'Journal' }));
const acts = () =>
  table()
    .getAllByRole('row')
    .filter((row) => row.dataset['row'] !== undefined)
    .map((row) => within(row).getAllByRole('gridcell')[2]?.textContent);

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
});
afterEach(cleanup);

describe('the page of the journal', () => {
  it('shows what was changed, the newest first, with links where the context is open', async () => {
    const node = { kind: 'Node', ref: { contextName: 'dev', namespace: '', name: 'node-1' } };
    await open([aChange('resume'), aChange('pause'), aChange('cordon', node)]);
    expect(acts()).toEqual(['resume', 'pause', 'cordon']);
    expect(screen.getByText('3 entries')).toBeDefined();
    const [link] = table().getAllByRole('link', { name: 'DaemonSet logging/agent' });
    expect(link?.getAttribute('href')).toBe('#/c/prod/daemonsets/logging/agent');
    expect(table().queryByRole('link', { name: 'Node node-1' })).toBeNull();
    const time = table()
      .getByRole('row', { name: /resume/ })
      .querySelector('time');
    expect(time?.title).toContain('2026-01-01T10:20:30.456Z');
    expect(screen.getByText(/This is the beginning of the journal/)).toBeDefined();
  });

  it('opens an entry: its kubectl command, which fields changed, and the object before and after', async () => {
    core.journalDetail = {
      uid: 'u-1',
      fields: [{ path: 'spec.minReadySeconds', after: '5' }],
      before: 'spec: {}\n',
      after: 'spec:\n  minReadySeconds: 5\n',
    };
    await open([aChange('edit')]);
    const row = table().getByRole('row', { name: /edit/ });
    row.focus();
    fireEvent.keyDown(row, { key: 'Enter' });
    await app.settle();
    const entry = within(screen.getByRole('region', { name: 'edit DaemonSet logging/agent' }));
    expect(screen.getByRole('region', { name: 'edit DaemonSet logging/agent' }).textContent).toContain(
      'kubectl --context prod -n logging edit daemonset/agent',
    );
    expect(entry.getByRole('button', { name: 'Copy the kubectl command' })).toBeDefined();
    expect(entry.getByRole('row', { name: 'spec.minReadySeconds not set 5' })).toBeDefined();
    expect(entry.getByText('After', { selector: 'summary' }).closest('details')?.textContent).toContain(
      'minReadySeconds: 5',
    );
    expect(core.calledWith('journal.detail')).toEqual([{ id: 'f:edit' }]);
    fireEvent.keyDown(row, { key: 'Enter' });
    await app.settle();
    expect(screen.queryByRole('region', { name: 'edit DaemonSet logging/agent' })).toBeNull();
  });

  it('says what was refused and why, and which line cannot be read', async () => {
    const why = 'You may not patch daemonsets.';
    await open([
      aChange('restart', { outcome: 'refused', error: why }),
      { type: 'unreadable', id: 'f:9', why: 'This line is not whole: it was cut while it was written.' },
    ]);
    expect(table().getByRole('row', { name: new RegExp(`refused.*${why}`) })).toBeDefined();
    expect(table().getByRole('row', { name: /unreadable.*This line is not whole/ })).toBeDefined();
  });

  it('says of an entry without a difference that values are not kept', async () => {
    core.journalDetail = { fields: [], before: 'a: 1\n', after: 'a: 1\n' };
    await open([aChange('edit')]);
    fireEvent.click(table().getByRole('row', { name: /edit/ }));
    await app.settle();
    expect(screen.getByText('No field differs but values that the journal does not keep.')).toBeDefined();
  });

  it('loads older entries, and says how far the filter looks until all are there', async () => {
    await open([aChange('resume')], '#/journal', 'f:resume');
    expect(screen.getByText('the newest 1 entry')).toBeDefined();
    fireEvent.change(screen.getByRole('textbox', { name: 'Filter the journal' }), { target: { value: 'pause' } });
    await app.settle();
    expect(screen.getByText('No entry that is loaded matches')).toBeDefined();
    expect(screen.getByText(/The filter looks only at the entries that are loaded/)).toBeDefined();
    const older = { isGone: false, file: '/data/journal.jsonl' };
    core.journalPage = ({ before }) =>
      before === 'f:resume'
        ? { rows: [aChange('restart')], before: 'f:restart', ...older }
        : { rows: [aChange('pause')], ...older };
    fireEvent.click(screen.getByRole('button', { name: 'Search older' }));
    await app.settle();
    // The first page had nothing that the filter lets through.
    expect(core.calledWith('journal.page').slice(-2)).toEqual([
      { before: 'f:resume', limit: 200 },
      { before: 'f:restart', limit: 200 },
    ]);
    expect(acts()).toEqual(['pause']);
    expect(screen.queryByRole('button', { name: /older/ })).toBeNull();
    expect(screen.queryByText(/The filter looks only/)).toBeNull();
    fireEvent.change(screen.getByRole('textbox', { name: 'Filter the journal' }), { target: { value: '' } });
    await app.settle();
    expect(acts()).toEqual(['resume', 'restart', 'pause']);
  });

  it('loads one page at a time while nothing is looked for, and stops a search when told to', async () => {
    await open([aChange('resume')], '#/journal', 'f:resume');
    const page = (act: string) => ({ rows: [aChange(act)], before: `f:${act}`, isGone: false, file: '/data/j' });
    core.journalPage = () => page('pause');
    fireEvent.click(screen.getByRole('button', { name: 'Load older' }));
    await app.settle();
    expect(acts()).toEqual(['resume', 'pause']);
    fireEvent.change(screen.getByRole('textbox', { name: 'Filter the journal' }), { target: { value: 'nowhere' } });
    await app.settle();
    const gate = Promise.withResolvers<void>();
    core.gate = gate.promise;
    core.journalPage = () => page('restart');
    const before = core.calledWith('journal.page').length;
    fireEvent.click(screen.getByRole('button', { name: 'Search older' }));
    await app.settle();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    gate.resolve();
    await app.settle();
    expect(core.calledWith('journal.page')).toHaveLength(before + 1);
    expect(screen.getByRole('button', { name: 'Search older' })).toBeDefined();
  });

  it('shows an entry as soon as it is written, and keeps the open one open', async () => {
    await open([aChange('pause')]);
    fireEvent.click(table().getByRole('row', { name: /pause/ }));
    await app.settle();
    core.journalPage = () => ({ rows: [aChange('resume'), aChange('pause')], isGone: false, file: '/data/j' });
    core.journalWritten.push({ state: live, value: 1 });
    await app.settle();
    expect(acts()).toEqual(['resume', 'pause']);
    expect(screen.getByRole('region', { name: 'pause DaemonSet logging/agent' })).toBeDefined();
  });

  it('shows one context alone', async () => {
    const other = { ref: { contextName: 'dev', namespace: 'logging', name: 'agent' } };
    await open([aChange('pause'), aChange('resume', other)], '#/journal?context=dev');
    expect(acts()).toEqual(['resume']);
    expect(screen.getByText('1 of 2 entries')).toBeDefined();
    fireEvent.click(screen.getByRole('combobox', { name: 'Context' }));
    await app.settle();
    fireEvent.click(screen.getByRole('option', { name: 'All contexts', hidden: true }));
    await app.settle();
    expect(acts()).toEqual(['pause', 'resume']);
  });

  it('says that nothing was changed yet, and where it would stand', async () => {
    await open([]);
    expect(screen.getByText('Nothing was changed yet')).toBeDefined();
    expect(screen.getByText('/data/journal.jsonl')).toBeDefined();
  });

  it('says why it cannot be read, and tries again', async () => {
    const message = 'The journal /data/journal.jsonl cannot be read: you may not read it (permission denied).';
    core.failure = new AppError({ reason: 'InternalError', message });
    await show();
    expect(screen.getByRole('alert').textContent).toContain(message);
    expect(screen.getByRole('heading', { name: 'The journal cannot be read' })).toBeDefined();
    core.failure = undefined;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await app.settle();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByText('Nothing was changed yet')).toBeDefined();
  });

  it('is linked from the sidebar of a context in any state, and from the page of all contexts', async () => {
    await open([], '#/c/dev/daemonsets');
    const link = (href: string) =>
      waitFor(() => expect(screen.getByRole('link', { name: 'Journal' }).getAttribute('href')).toBe(href));
    await link('#/journal?context=dev');
    await app.go('#/c/prod/daemonsets');
    await link('#/journal?context=prod');
    await app.go('#/');
    await link('#/journal');
  });
});
