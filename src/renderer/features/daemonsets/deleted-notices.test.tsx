// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import type { DaemonSetView } from '../../../shared/contract/daemonset.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { readManifest } from '../../../shared/manifest/read-manifest.ts';
import { type DeletedDaemonSet, rememberDeleted } from '../../stores/deleted.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const KEPT_MS = 30 * 60_000;
const template = { spec: { containers: [{ name: 'main', image: 'registry.test/agent:1' }] } };
const stored = (name: string, metadata: object = {}) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'kube-system', uid: `uid-${name}`, resourceVersion: '7', ...metadata },
    spec: { selector: { matchLabels: { app: name } }, template },
    status: { numberReady: 3 },
  });

let core: FakeCore;
let app: RenderedApp;
let clock: FakeClock;

beforeEach(async () => {
  localStorage.clear();
  core = new FakeCore();
  clock = new FakeClock();
});
afterEach(async () => {
  // Before the clock goes on: no page has to tell the age of each second.
  cleanup();
  // What was deleted is forgotten, as it is after half an hour.
  await clock.advance(KEPT_MS);
});

async function open(rows: readonly DaemonSetRow[] = [], guardLevel: 'free' | 'read-only' = 'free'): Promise<void> {
  const context = aContext('prod', { guardLevel, connection: { ...live, serverVersion: 'v1.37.2' } });
  app = await renderApp(core, clock, { view: aContextsView([context]), hash: '#/c/prod/daemonsets' });
  core.daemonSets.push({ type: 'full', state: live, rows });
  await app.settle();
}

async function deleted(name: string, more: Partial<DeletedDaemonSet> = {}): Promise<void> {
  const about = { contextName: 'prod', namespace: 'kube-system', name, uid: `uid-${name}`, deletedAt: clock.now() };
  await act(async () => {
    rememberDeleted({ ...about, propagationPolicy: 'Background', jsonText: stored(name), ...more }, clock);
  });
  await app.settle();
}

const lines = () => {
  const section = screen.queryByRole('region', { name: 'Deleted lately' });
  return section === null
    ? []
    : within(section)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent);
};

/** Opens the dialog, with the name held as the view says. */
async function createAgain(name: string, view: DaemonSetView = { gone: true }) {
  fireEvent.click(screen.getByRole('button', { name: `Create again kube-system/${name}` }));
  await act(() => import('../operations/CreateAgainDialog.tsx').then(() => undefined));
  await app.settle();
  await holds(view);
  const dialog = within(screen.getByRole('dialog', { name: `Create ${name} again` }));
  return { dialog, button: dialog.getByRole('button', { name: 'Create again' }) };
}

async function holds(value: DaemonSetView): Promise<void> {
  core.daemonSet.push({ state: live, value });
  await app.settle();
}

describe('the notice of what was deleted', () => {
  it('comes with a delete, says when, and is kept half an hour', async () => {
    await open([aDaemonSetRow('agent')]);
    core.jsonText = stored('agent');
    fireEvent.click(screen.getByRole('button', { name: 'Actions for agent' }));
    await app.settle();
    fireEvent.click(screen.getByRole('menuitem', { name: /Delete/ }));
    await act(() => import('../operations/DeleteDialog.tsx').then(() => undefined));
    await app.settle();
    fireEvent.click(screen.getByRole('radio', { name: /Foreground/ }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Type agent to confirm' }), { target: { value: 'agent' } });
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
    await app.settle();
    expect(lines()[0]).toContain('agent in kube-system is being deleted.');
    core.daemonSets.push({ type: 'batch', state: live, upserted: [], deletedUids: ['uid-agent'] });
    await app.settle(60_000);
    expect(lines()[0]).toContain('agent in kube-system was deleted 60s ago.');
    await app.settle(KEPT_MS);
    expect(lines()).toEqual([]);
  });

  it('stacks three, shows more when asked, keeps ten of a context, and goes when it is dismissed', async () => {
    await open();
    for (let nth = 1; nth <= 12; nth += 1) await deleted(`agent-${nth}`);
    await deleted('elsewhere', { contextName: 'other' });
    expect(lines().map((line) => line?.split(' ')[0])).toEqual(['agent-12', 'agent-11', 'agent-10']);
    fireEvent.click(screen.getByRole('button', { name: 'Show 7 more' }));
    expect(lines()).toHaveLength(10);
    const dismiss = (name: string) => screen.getByRole('button', { name: `Dismiss that ${name} was deleted` });
    fireEvent.click(dismiss('agent-12'));
    await app.settle();
    expect(lines()).toHaveLength(9);
    expect(document.activeElement).toBe(dismiss('agent-11'));
  });

  it('names the missing right, and does nothing in a read-only context', async () => {
    core.access = ({ verb }) =>
      verb === 'create' ? { allowed: false, reason: 'may not create daemonsets.apps' } : { allowed: true };
    await open();
    await deleted('agent');
    const button = screen.getByRole('button', { name: 'Create again kube-system/agent' });
    expect(button.textContent).toContain('may not create daemonsets.apps');
    fireEvent.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
    cleanup();
    await open([], 'read-only');
    expect(screen.getByRole('button', { name: 'Create again kube-system/agent' }).textContent).toContain('read-only');
  });
});

describe('create again', () => {
  it('shows what is made and what does not come back, asks by a dry run, then creates and offers it no more', async () => {
    await open();
    await deleted('agent', { jsonText: stored('agent', { ownerReferences: [{ kind: 'Stack', name: 'logs' }] }) });
    const { dialog, button } = await createAgain('agent');
    for (const words of [
      /registry.test\/agent:1/,
      /Its uid/,
      /begins anew/,
      /emptyDir/,
      /Stack logs/,
      /dry run passed/,
    ])
      expect(dialog.getByText(words)).toBeDefined();
    expect(screen.getByRole('dialog').textContent).toContain(
      'kubectl --context prod -n kube-system create -f agent.yaml',
    );
    expect(core.calledWith('daemonSet.create')).toMatchObject([{ dryRun: true }]);
    expect(core.calledWith('daemonSet.checkPods')).toHaveLength(1);
    fireEvent.click(button);
    await app.settle();
    const sent = core.calledWith('daemonSet.create')[1] as { readonly manifestText: string };
    expect(sent).toMatchObject({ contextName: 'prod', namespace: 'kube-system', dryRun: false });
    const { metadata: _, status: __, ...rest } = JSON.parse(stored('agent')) as Record<string, unknown>;
    expect(readManifest(sent.manifestText)).toEqual({
      ok: true,
      manifest: { ...rest, metadata: { name: 'agent', namespace: 'kube-system' } },
    });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText('kube-system/agent was created again')).toBeDefined();
    expect(lines()).toEqual([]);
  });

  it('says under Orphan that pods and revisions are adopted', async () => {
    await open();
    await deleted('agent', { propagationPolicy: 'Orphan' });
    const { dialog } = await createAgain('agent');
    expect(dialog.getByText(/adopts those that its selector matches/)).toBeDefined();
    expect(dialog.queryByText(/begins anew/)).toBeNull();
  });

  it('waits while the old one is still being deleted, and goes on by itself when it is gone', async () => {
    await open();
    await deleted('agent', { propagationPolicy: 'Foreground' });
    const row = aDaemonSetRow('agent', { deletionTimestamp: '2026-01-01T00:00:00Z' });
    const { dialog, button } = await createAgain('agent', { row, gone: false });
    expect(dialog.getByText(/is still being deleted/)).toBeDefined();
    expect(button.hasAttribute('disabled')).toBe(true);
    expect(core.calledWith('daemonSet.create')).toEqual([]);
    await holds({ row, gone: true });
    expect(dialog.getByText(/dry run passed/)).toBeDefined();
    expect(button.hasAttribute('disabled')).toBe(false);
  });

  it.each([
    ['from the start', { row: aDaemonSetRow('agent', { uid: 'another' }), gone: false }],
    ['meanwhile', { row: aDaemonSetRow('agent'), gone: true, replacedByUid: 'another' }],
  ])('overwrites nothing when the name is taken %s', async (_when, view) => {
    await open();
    await deleted('agent');
    const { dialog, button } = await createAgain('agent', view);
    expect(dialog.getByText(/There is another DaemonSet kube-system\/agent/)).toBeDefined();
    expect(dialog.getByRole('link', { name: 'Open agent' })).toBeDefined();
    expect(button.hasAttribute('disabled')).toBe(true);
    expect(core.calledWith('daemonSet.create')).toEqual([]);
  });

  it('shows what the server warns of, and of the pods, and may create in spite of it', async () => {
    core.createOutcome = { ...core.createOutcome, warnings: ['be careful'] };
    const refusal = { by: 'PodSecurity' as const, path: 'spec.hostPID', message: 'not here', line: 9 };
    core.podCheck = { checked: true, refusals: [refusal], warnings: [] };
    await open();
    await deleted('agent');
    const { dialog, button } = await createAgain('agent');
    expect(dialog.getByText('be careful')).toBeDefined();
    expect(dialog.getByText('Its pods would be refused (PodSecurity) at spec.hostPID: not here')).toBeDefined();
    expect(button.hasAttribute('disabled')).toBe(false);
  });

  it('shows why the server would not take it, and asks once more', async () => {
    core.failure = new AppError({
      reason: 'Invalid',
      message: 'DaemonSet.apps "agent" is invalid',
      causes: [{ path: 'spec.old', message: 'is no longer served', line: 3 }],
    });
    await open();
    await deleted('agent');
    const { dialog, button } = await createAgain('agent');
    expect(dialog.getByRole('alert').textContent).toContain('spec.old is no longer served');
    expect(dialog.queryByText('line 3')).toBeNull();
    expect(button.hasAttribute('disabled')).toBe(true);
    core.failure = undefined;
    fireEvent.click(dialog.getByRole('button', { name: 'Try again' }));
    await app.settle();
    expect(button.hasAttribute('disabled')).toBe(false);
  });

  it('stays offered when the creation fails', async () => {
    await open();
    await deleted('agent');
    const { dialog, button } = await createAgain('agent');
    core.failure = new AppError({ reason: 'AlreadyExists', message: 'daemonsets.apps "agent" already exists' });
    fireEvent.click(button);
    await app.settle();
    expect(dialog.getByRole('alert').textContent).toContain('agent was not created again');
    expect(lines()).toHaveLength(1);
  });
});
