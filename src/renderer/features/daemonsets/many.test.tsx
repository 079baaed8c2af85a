// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const OBJECT = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent', uid: 'uid-agent' },
  spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } } },
};
let core: FakeCore;
let app: RenderedApp;
let clock: FakeClock;

beforeEach(async () => {
  localStorage.clear();
  core = new FakeCore();
  core.jsonText = JSON.stringify(OBJECT);
  clock = new FakeClock();
  const view = aContextsView([aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2' } })]);
  app = await renderApp(core, clock, { view, hash: '#/c/prod/daemonsets' });
  const rows = [
    aDaemonSetRow('agent', { desired: 24, current: 22, misscheduled: 2 }),
    aDaemonSetRow('cni', { strategy: { type: 'OnDelete' } }),
    aDaemonSetRow('gpu', { desired: 0 }),
    aDaemonSetRow('probe'),
  ];
  core.daemonSets.push({ type: 'full', state: live, rows });
  await app.settle();
});
afterEach(async () => {
  cleanup();
  // Notices and what was deleted outlive a page's parts; they go by themselves.
  await act(async () => clock.advance(30 * 60_000));
});

async function press(name: string): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name }));
  await app.settle();
}

async function open(verb: string, ...names: readonly string[]): Promise<HTMLElement> {
  for (const name of names) fireEvent.click(screen.getByRole('checkbox', { name: `Select ${name}` }));
  await app.settle();
  fireEvent.click(screen.getByRole('button', { name: `${verb}…` }));
  const dialog = await screen.findByRole('dialog', { name: `${verb} ${names.length} DaemonSets` });
  await app.settle();
  return dialog;
}

const row = (dialog: HTMLElement, name: string) => within(dialog).getByRole('row', { name: new RegExp(`^${name}`) });
const button = (dialog: HTMLElement, name: string) => within(dialog).getByRole<HTMLButtonElement>('button', { name });
const uids = (method: string) => core.calledWith(method).map((input) => (input as { uid: string }).uid);
const type = (text: string) =>
  fireEvent.change(screen.getByRole('textbox', { name: /to confirm$/ }), { target: { value: text } });
const refused = new AppError({ reason: 'Forbidden', message: 'You may not.' });
const lost = new AppError({ reason: 'OutcomeUnknown', message: 'No answer came.' });

const headers = (dialog: HTMLElement) =>
  within(dialog)
    .getAllByRole('columnheader')
    .map(({ textContent }) => textContent);

describe('the rows of an act on many', () => {
  it('say how each is now, and from the begin what became of it', async () => {
    const dialog = await open('Redeploy', 'agent', 'cni');
    expect(headers(dialog)).toEqual(['DaemonSet', 'Now']);
    expect(row(dialog, 'agent').textContent).toContain('24 pods on 24 nodes, RollingUpdate');
    expect(row(dialog, 'cni').textContent).toContain('OnDelete');
    core.failure = refused;
    await press('Redeploy');
    expect(headers(dialog)).toEqual(['DaemonSet', 'Outcome']);
    expect(row(dialog, 'agent').textContent).toContain('You may not.');
  });
});

describe('delete of many', () => {
  it('says what goes, asks for the number, and deletes each by its uid as chosen', async () => {
    const dialog = await open('Delete', 'agent', 'gpu', 'probe');
    expect(dialog.textContent).toContain('their revision history and 27 pods on at least 24 nodes.');
    expect(row(dialog, 'agent').textContent).toContain('24 pods on 24 nodes');
    expect(row(dialog, 'gpu').textContent).toContain('no pods');
    fireEvent.click(within(dialog).getByRole('radio', { name: 'Orphan' }));
    expect(dialog.textContent).toContain('their revision history and 27 pods on at least 24 nodes stay.');
    expect(dialog.textContent).toContain('kubectl --context prod -n kube-system delete daemonset/gpu --cascade=orphan');
    type('delete 2');
    expect(button(dialog, 'Delete').disabled).toBe(true);
    type('delete 3');
    await press('Delete');
    expect(core.calledWith('daemonSet.delete')).toEqual(
      ['agent', 'gpu', 'probe'].map((name) => ({
        contextName: 'prod',
        namespace: 'kube-system',
        name,
        uid: `uid-${name}`,
        propagationPolicy: 'Orphan',
      })),
    );
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText('Delete: 3 of 3 done')).toBeDefined();
    const offers = within(screen.getByRole('region', { name: 'Deleted lately' }));
    expect(offers.getAllByRole('button', { name: /^Create again kube-system\// })).toHaveLength(3);
  });

  it('tries one that failed again alone, and sends nothing that is done', async () => {
    const dialog = await open('Delete', 'agent', 'probe');
    type('delete 2');
    core.failure = refused;
    await press('Delete');
    expect(within(dialog).getByRole('status').textContent).toBe('0 of 2 done, 2 failed');
    expect(row(dialog, 'agent').textContent).toContain('You may not.');
    core.failure = undefined;
    await press('Try again: probe');
    expect(row(dialog, 'probe').textContent).toContain('Deleted');
    expect(within(dialog).queryByRole('button', { name: 'Try again: probe' })).toBeNull();
    expect(within(dialog).getByRole('status').textContent).toBe('1 of 2 done, 1 failed');
    await press('Delete');
    expect(uids('daemonSet.delete')).toEqual(['uid-agent', 'uid-probe', 'uid-probe', 'uid-agent']);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('reads one back whose outcome is not known, and sends it again only when it is still there', async () => {
    const dialog = await open('Delete', 'agent', 'probe');
    type('delete 2');
    core.failure = lost;
    await press('Delete');
    expect(within(dialog).getByRole('status').textContent).toBe('0 of 2 done, 2 not known');
    expect(row(dialog, 'agent').textContent).toContain('Outcome not known');
    core.failure = undefined;
    // By now another object has its name.
    core.jsonText = JSON.stringify({ metadata: { uid: 'uid-other' } });
    await press('Look, then try again: agent');
    expect(row(dialog, 'agent').textContent).toContain('Deleted');
    expect(uids('daemonSet.delete')).toEqual(['uid-agent', 'uid-probe']);
    core.jsonText = JSON.stringify({ metadata: { uid: 'uid-probe' } });
    await press('Look, then try again: probe');
    expect(uids('daemonSet.delete')).toEqual(['uid-agent', 'uid-probe', 'uid-probe']);
  });

  it('that is closed sends nothing more, and says what came of the rest', async () => {
    const more = Array.from({ length: 4 }, (_, nth) => aDaemonSetRow(`more-${nth}`));
    core.daemonSets.push({ type: 'batch', state: live, upserted: more, deletedUids: [] });
    await app.settle();
    const dialog = await open('Delete', 'agent', 'probe', 'more-0', 'more-1', 'more-2', 'more-3');
    const gate = Promise.withResolvers<void>();
    core.gate = gate.promise;
    type('delete 6');
    await press('Delete');
    expect(within(dialog).getByRole('status').textContent).toContain('Closing stops what is not sent');
    fireEvent.click(button(dialog, 'Close'));
    await app.settle();
    expect(screen.queryByRole('dialog')).toBeNull();
    gate.resolve();
    await app.settle();
    expect(uids('daemonSet.delete')).toHaveLength(4);
    expect(screen.getByText('Delete: 4 of 6 done, 2 not sent')).toBeDefined();
  });

  it('shows what the server warned of before it is left', async () => {
    core.changeOutcome = { uid: '', warnings: ['this API is old'], kubectl: '' };
    const dialog = await open('Delete', 'agent', 'probe');
    type('delete 2');
    await press('Delete');
    expect(row(dialog, 'agent').textContent).toContain('this API is old');
    expect(button(dialog, 'Delete').disabled).toBe(true);
    expect(within(dialog).getByRole('status').textContent).toBe('2 of 2 done');
  });
});

describe('pause and resume of many', () => {
  it('pauses those that can be paused, and says of the others why not', async () => {
    const dialog = await open('Pause', 'agent', 'cni', 'probe');
    expect(dialog.textContent).toContain('A DaemonSet has no pause.');
    expect(row(dialog, 'cni').textContent).toContain('Left out: the strategy is OnDelete already');
    expect(dialog.textContent).not.toContain('daemonset/cni');
    await press('Pause');
    expect(uids('daemonSet.save')).toEqual(['uid-agent', 'uid-probe']);
    const { beforeText, afterText } = core.calledWith('daemonSet.save')[0] as Record<string, string>;
    expect(JSON.parse(beforeText ?? '')).toEqual(OBJECT);
    expect(JSON.parse(afterText ?? '')).toEqual({
      ...OBJECT,
      spec: { updateStrategy: { ...OBJECT.spec.updateStrategy, type: 'OnDelete' } },
    });
    expect(screen.getByText('Pause: 2 of 3 done; 1 cannot be paused')).toBeDefined();
  });

  it('is not offered where it could do nothing, with the reason', async () => {
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select cni' }));
    await app.settle();
    expect(screen.getByRole('button', { name: /^Pause…/ }).textContent).toContain(
      'Nothing to pause: the strategy is OnDelete already.',
    );
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select probe' }));
    await app.settle();
    expect(screen.getByRole('button', { name: 'Pause…' })).toBeDefined();
    expect(screen.getByRole('button', { name: 'Resume…' })).toBeDefined();
  });

  it('finds one that was paused after all, by a look', async () => {
    const dialog = await open('Pause', 'agent', 'probe');
    core.save = () => {
      throw lost;
    };
    await press('Pause');
    core.jsonText = JSON.stringify({ metadata: { uid: 'uid-agent' }, spec: { updateStrategy: { type: 'OnDelete' } } });
    await press('Look, then try again: agent');
    expect(row(dialog, 'agent').textContent).toContain('Paused');
    expect(uids('daemonSet.save')).toEqual(['uid-agent', 'uid-probe']);
  });
});

describe('one that is chosen', () => {
  it('has the dialogs of its row, and the rest of its menu', async () => {
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select agent' }));
    await app.settle();
    await press('Delete…');
    expect(await screen.findByRole('dialog', { name: 'Delete agent' })).toBeDefined();
    await press('Cancel');
    fireEvent.click(screen.getByRole('button', { name: 'More ▾' }));
    await app.settle();
    expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual([
      'Edit…',
      'Edit YAML…',
      'Edit config template…',
    ]);
  });
});
