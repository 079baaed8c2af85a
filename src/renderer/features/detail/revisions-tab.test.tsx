// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { aNodeRow, aPodRow, aRevisionRow } from '../../../../tests/fakes/rows.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ControllerRevisionRow, DaemonSetRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const context = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2', userName: 'jane' } });
const HASH = '#/c/prod/daemonsets/logging/agent/revisions';
const template = (image: string) => ({ spec: { containers: [{ name: 'main', image }] } });
const row = (more: Partial<DaemonSetRow> = {}) => aDaemonSetRow('agent', { namespace: 'logging', desired: 5, ...more });

const SECOND = aRevisionRow({ revision: 2, hash: 'two', changeCause: 'a newer image', images: ['agent:2'] });
const THIRD = aRevisionRow({ revision: 3, hash: 'three', images: ['agent:3'] });
const FIFTH = aRevisionRow({ revision: 5, hash: 'five', images: ['agent:5'] });
const PODS: readonly PodRow[] = [
  aPodRow({ nodeName: 'n1', revisionHash: 'five' }),
  aPodRow({ nodeName: 'n2', revisionHash: 'five' }),
  aPodRow({ nodeName: 'n3', revisionHash: 'three' }),
  aPodRow({ nodeName: 'n4', revisionHash: 'long gone' }),
];

let core: FakeCore;
let app: RenderedApp;

async function open(revisions: readonly ControllerRevisionRow[] = [FIFTH, THIRD, SECOND], more = row()): Promise<void> {
  app = await renderApp(core, new FakeClock(), { view: aContextsView([context]), hash: HASH });
  // Page and tab are loaded when they are first needed.
  await act(() => import('./index.ts').then(() => import('./RevisionsTab.tsx')).then(() => undefined));
  await app.settle();
  core.daemonSet.push({ state: live, value: { row: more, gone: false } });
  await app.settle();
  core.revisions.push({ state: live, value: revisions });
  core.pods.push({ type: 'full', state: live, rows: PODS });
  await app.settle();
}

async function press(name: string, within_ = screen): Promise<void> {
  fireEvent.click(within_.getByRole('button', { name }));
  await act(() => import('../operations/RollbackDialog.tsx').then(() => undefined));
  await act(() => import('../operations/CompareDialog.tsx').then(() => undefined));
  await act(() => import('../operations/HistoryLimitDialog.tsx').then(() => undefined));
  await app.settle(500);
}

const confirm = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Roll back' });
const lastRollback = () => core.calledWith('daemonSet.rollback').at(-1);

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
  core.jsonText = JSON.stringify({ kind: 'DaemonSet', spec: { template: template('agent:5') } });
  core.templates = {
    [SECOND.name]: template('agent:2'),
    [THIRD.name]: template('agent:3'),
    [FIFTH.name]: template('agent:5'),
  };
});
afterEach(cleanup);

describe('the revision records', () => {
  it('list number, cause, images and nodes, and mark the current one', async () => {
    await open();
    expect(screen.getByRole('row', { name: /#5.*current.*agent:5.*2/ })).toBeDefined();
    expect(screen.getByRole('row', { name: /#2.*a newer image.*agent:2.*0.*Roll back/ })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Roll back to revision 5' })).toBeNull();
    expect(screen.getByText('3 kept · the limit is 10 old ones beside the current (the default)')).toBeDefined();
    expect(screen.getByText('1 node runs a pod of a revision that is no longer kept.')).toBeDefined();
  });

  it('say that there is nothing to go back to yet', async () => {
    await open([FIFTH]);
    expect(screen.getByText(/^Only the current revision is kept/)).toBeDefined();
  });

  it('say that the newest may be missing while the controller has not looked', async () => {
    await open([FIFTH], row({ generation: 9, observedGeneration: 8 }));
    expect(screen.getByText(/has not yet seen the latest change/)).toBeDefined();
  });

  it('lose a row that is deleted while they are open, and the page works on without the right to read them', async () => {
    await open();
    core.revisions.push({ state: live, value: [FIFTH, THIRD] });
    await app.settle();
    expect(screen.queryByRole('row', { name: /#2/ })).toBeNull();
    cleanup();
    core = new FakeCore();
    app = await renderApp(core, new FakeClock(), { view: aContextsView([context]), hash: HASH });
    core.daemonSet.push({ state: live, value: { row: row(), gone: false } });
    await app.settle();
    core.revisions.fail(new AppError({ reason: 'Forbidden', message: 'may not list controllerrevisions.apps' }));
    await app.settle();
    expect(screen.getByText('may not list controllerrevisions.apps')).toBeDefined();
    expect(screen.getByRole('heading', { name: 'agent', level: 1 })).toBeDefined();
  });

  it('compare any two, the older one first', async () => {
    await open();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Compare' }).disabled).toBe(true);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Compare revision 3' }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Compare revision 2' }));
    await app.settle();
    await press('Compare');
    const dialog = within(screen.getByRole('dialog', { name: 'agent: revision 2 and revision 3' }));
    expect(dialog.getByText('spec.containers[0].image')).toBeDefined();
    expect(dialog.getByRole('group', { name: 'Revision 2 and Revision 3' })).toBeDefined();
  });

  it('cannot be rolled back to without the right, and say which one is missing', async () => {
    core.access = ({ verb }) => ({ allowed: verb !== 'patch', reason: 'may not patch daemonsets.apps' });
    await open();
    const button = screen.getByRole('button', { name: 'Roll back to revision 3' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(within(button).getByText('may not patch daemonsets.apps')).toBeDefined();
  });
});

describe('a rollback', () => {
  it('shows what changes and what restarts, then sends what was shown', async () => {
    core.rollbackOutcome = { ...core.rollbackOutcome, revision: 3 };
    await open();
    await press('Roll back to revision 3');
    expect(screen.getByText('spec.containers[0].image')).toBeDefined();
    expect(screen.getByText(/^Restarts 5 pods, 1 at a time\./)).toBeDefined();
    expect(screen.getByRole('dialog').textContent).toContain('rollout undo daemonset/agent --to-revision=3');
    expect(lastRollback()).toMatchObject({ dryRun: true, revision: { name: THIRD.name, uid: THIRD.uid } });
    await press('Roll back');
    expect(lastRollback()).toMatchObject({ dryRun: false, uid: 'uid-agent', beforeText: core.jsonText });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText('agent is being rolled back to revision 3')).toBeDefined();
  });

  it('names the nodes that would gain or lose a pod by the template of then', async () => {
    const spec = { ...template('agent:3').spec, nodeSelector: { disk: 'ssd' } };
    core.templates = { ...core.templates, [THIRD.name]: { spec } };
    await open();
    await press('Roll back to revision 3');
    const rows = [aNodeRow('n1', { labels: { disk: 'ssd' } }), aNodeRow('n2')];
    core.nodes.push({ type: 'full', state: live, rows });
    await app.settle(500);
    expect(screen.getByText('1 node would lose its pod: n2.')).toBeDefined();
  });

  it('is sent once when its button is pressed twice', async () => {
    await open();
    await press('Roll back to revision 3');
    const button = confirm();
    fireEvent.click(button);
    fireEvent.click(button);
    await app.settle(500);
    expect(core.calledWith('daemonSet.rollback')).toMatchObject([{ dryRun: true }, { dryRun: false }]);
  });

  it('to the present template is said to be nothing, and cannot be sent', async () => {
    core.rollbackOutcome = { ...core.rollbackOutcome, changed: [], restarts: false };
    await open();
    await press('Roll back to revision 2');
    expect(screen.getByText(/has the pod template of revision 2 already: there is nothing to roll back/)).toBeDefined();
    expect(confirm().disabled).toBe(true);
  });

  it('from the menu proposes the previous revision, and another can be chosen', async () => {
    await open();
    fireEvent.click(screen.getByRole('button', { name: 'More ▾' }));
    await app.settle();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Revision rollback…' }));
    await act(() => import('../operations/RollbackDialog.tsx').then(() => undefined));
    await app.settle(500);
    expect(lastRollback()).toMatchObject({ revision: { uid: THIRD.uid } });
    const choice = screen.getByRole<HTMLInputElement>('combobox', { name: 'To revision' });
    expect(choice.value).toBe('#3 · agent:3');
    fireEvent.click(choice);
    await app.settle();
    fireEvent.click(screen.getByRole('option', { name: '#2 · a newer image · agent:2', hidden: true }));
    await app.settle(500);
    expect(lastRollback()).toMatchObject({ revision: { uid: SECOND.uid } });
  });

  it('whose revision is deleted meanwhile says so and cannot be sent', async () => {
    await open();
    await press('Roll back to revision 2');
    core.revisions.push({ state: live, value: [FIFTH, THIRD] });
    await app.settle();
    expect(screen.getByText(/is the current one by now, or is no longer kept/)).toBeDefined();
    expect(confirm().disabled).toBe(true);
  });

  it('that meets a change by somebody else keeps the dialog and compares anew', async () => {
    await open();
    await press('Roll back to revision 3');
    core.failure = new AppError({ reason: 'Conflict', message: 'The pod template was changed meanwhile.' });
    await press('Roll back');
    expect(screen.getByText('The pod template was changed meanwhile.')).toBeDefined();
    core.failure = undefined;
    core.jsonText = JSON.stringify({ kind: 'DaemonSet', spec: { template: template('agent:6') } });
    await press('Compare anew');
    await press('Roll back');
    expect(lastRollback()).toMatchObject({ dryRun: false, beforeText: core.jsonText });
  });

  it('that the server would refuse says why before anything is sent', async () => {
    await open();
    core.failure = new AppError({ reason: 'NotFound', message: 'The revision agent-two is no longer kept.' });
    await press('Roll back to revision 2');
    expect(screen.getByText('The revision agent-two is no longer kept.')).toBeDefined();
    expect(confirm().disabled).toBe(true);
  });
});

describe('the history limit', () => {
  it('is edited by itself, and what the controller will delete is said before', async () => {
    core.jsonText = '{"kind":"DaemonSet","spec":{"revisionHistoryLimit":10}}';
    await open();
    await press('Change limit…');
    const field = screen.getByRole('textbox', { name: 'Old revisions that are kept' });
    fireEvent.change(field, { target: { value: '-1' } });
    expect(screen.getByText('A whole number from 0.')).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    fireEvent.change(field, { target: { value: '1' } });
    expect(screen.getByText(/deletes the oldest one at once/)).toBeDefined();
    await press('Save');
    expect(core.calledWith('daemonSet.save')).toMatchObject([
      { beforeText: core.jsonText, afterText: '{"kind":"DaemonSet","spec":{"revisionHistoryLimit":1}}', dryRun: false },
    ]);
  });
});
