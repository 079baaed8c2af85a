// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { anEvent, aPodRow, aRevisionRow } from '../../../../tests/fakes/rows.ts';
import type { StagedPlan } from '../../../shared/kubernetes/staged-plan.ts';
import type { StagedRolloutView } from '../../../shared/contract/staged-rollout.ts';
import type { DaemonSetRow, NodeRow } from '../../../shared/kubernetes/rows.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const context = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2', userName: 'jane' } });
const target = { contextName: 'prod', namespace: 'logging', name: 'fluent-bit', uid: 'uid-fluent-bit' };
const NODES = ['node-1', 'node-2', 'node-3', 'node-4'];

let core: FakeCore;
let app: RenderedApp;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
});
afterEach(cleanup);

function aNode(name: string, zone: string): NodeRow {
  return {
    uid: `uid-${name}`,
    name,
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
    labels: { 'topology.kubernetes.io/zone': zone },
    taints: [],
    unschedulable: false,
    ready: true,
  };
}

async function open(more: Partial<DaemonSetRow> = {}): Promise<void> {
  const view = aContextsView([context]);
  app = await renderApp(core, new FakeClock(), { view, hash: '#/c/prod/daemonsets/logging/fluent-bit' });
  await act(() => import('./index.ts').then(() => undefined));
  await app.settle();
  const row = aDaemonSetRow('fluent-bit', {
    namespace: 'logging',
    desired: 4,
    updated: 0,
    strategy: { type: 'OnDelete' },
    ...more,
  });
  core.daemonSet.push({ state: live, value: { row, placement: {}, gone: false } });
  await app.settle();
  const revision = (number: number, hash: string) => aRevisionRow({ revision: number, hash });
  core.revisions.push({ state: live, value: [revision(12, 'new'), revision(11, 'old')] });
  const old = (nodeName: string) =>
    aPodRow({ namespace: 'logging', ownerUid: target.uid, name: `old-${nodeName}`, nodeName, revisionHash: 'old' });
  core.pods.push({ type: 'full', state: live, rows: NODES.map(old) });
  core.nodes.push({ type: 'full', state: live, rows: NODES.map((name, nth) => aNode(name, nth < 2 ? 'a' : 'b')) });
  await app.settle();
}

const card = () => within(screen.getByRole('region', { name: 'Staged rollout' }));

async function openDialog(): Promise<ReturnType<typeof within>> {
  fireEvent.click(
    within(screen.getByRole('region', { name: 'Revision' })).getByRole('button', { name: 'Staged rollout…' }),
  );
  await act(() => import('../operations/StagedRolloutDialog.tsx').then(() => undefined));
  await app.settle(500);
  return within(screen.getByRole('dialog', { name: 'Staged rollout of fluent-bit' }));
}

function type(dialog: ReturnType<typeof within>, name: string, value: string): void {
  fireEvent.change(dialog.getByRole('textbox', { name }), { target: { value } });
}

function aPlan(more: Partial<StagedPlan> = {}): StagedPlan {
  return {
    ...target,
    hash: 'new',
    revision: 12,
    templateGeneration: 2,
    gateSeconds: 30,
    waves: [
      [
        { name: 'node-1', state: 'ready' },
        { name: 'node-2', state: 'skipped', note: 'the node was removed' },
      ],
      [{ name: 'node-3', state: 'waiting' }],
      [{ name: 'node-4', state: 'waiting' }],
    ],
    at: 1,
    phase: 'running',
    failed: [],
    startedAt: 0,
    waveAt: 0,
    asked: [],
    restartsBefore: {},
    ...more,
  };
}

async function show(view: Partial<StagedRolloutView>): Promise<void> {
  await open();
  core.staged.push({ state: live, value: { waits: [], runsElsewhere: false, ...view } });
  await app.settle();
}

describe('the dialog of a staged rollout', () => {
  it('previews the waves with their kubectl commands, and starts exactly what it shows', async () => {
    await open();
    const dialog = await openDialog();
    expect(dialog.getByRole('status').textContent).toBe('4 nodes in 4 waves, to revision 12.');
    type(dialog, 'Nodes per wave', '50%');
    type(dialog, 'Of these, the first', '3');
    await app.settle();
    expect(dialog.getByRole('status').textContent).toBe(
      '3 nodes in 3 waves, to revision 12. 1 node keeps its old pods.',
    );
    type(dialog, 'Nodes per wave', '2');
    await app.settle();
    const waves = within(dialog.getByRole('region', { name: 'Waves' })).getAllByRole('listitem');
    expect(waves.map(({ textContent }) => textContent)).toEqual(['Wave 1 node-1, node-2', 'Wave 2 node-3']);
    expect(screen.getByRole('dialog').textContent).toContain(
      'kubectl --context prod -n logging delete pod old-node-1 old-node-2\n# once',
    );
    expect(core.calledWith('stagedRollout.start')).toEqual([]);
    fireEvent.click(dialog.getByRole('button', { name: 'Start' }));
    await app.settle();
    expect(core.calledWith('stagedRollout.start')).toEqual([
      { ...target, hash: 'new', gateSeconds: 30, waves: [['node-1', 'node-2'], ['node-3']] },
    ]);
  });

  it('chooses nodes by label, and cannot be started with a choice that is none', async () => {
    await open();
    const dialog = await openDialog();
    type(dialog, 'Nodes with labels', 'topology.kubernetes.io/zone=b');
    await app.settle();
    expect(dialog.getByRole('status').textContent).toContain('2 nodes in 2 waves');
    type(dialog, 'Nodes with labels', 'gpu');
    await app.settle();
    expect(dialog.getByRole('status').textContent).toBe('None of the 4 nodes with old pods is chosen.');
    const start = dialog.getByRole('button', { name: 'Start' });
    expect(start.hasAttribute('disabled')).toBe(true);
    type(dialog, 'Nodes with labels', '');
    type(dialog, 'Nodes per wave', '0');
    await app.settle();
    expect(dialog.getByText('At least 1.')).toBeDefined();
    expect(start.hasAttribute('disabled')).toBe(true);
  });

  it('is not offered without the right to delete pods, which is named', async () => {
    core.access = ({ resource }) =>
      resource === 'pods' ? { allowed: false, reason: 'may not delete pods in namespace logging' } : { allowed: true };
    await open();
    const button = screen.getByRole('button', { name: /^Staged rollout…/ });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.textContent).toContain('may not delete pods in namespace logging');
  });

  it('follows a redeploy under OnDelete, which says that pods must be deleted', async () => {
    await open();
    fireEvent.click(screen.getByRole('button', { name: 'Redeploy' }));
    await act(() => import('../operations/RedeployDialog.tsx').then(() => undefined));
    await app.settle(500);
    const dialog = within(screen.getByRole('dialog', { name: 'Redeploy fluent-bit' }));
    expect(dialog.getByText(/only when its old pod is deleted/)).toBeDefined();
    expect(dialog.getByRole<HTMLInputElement>('checkbox', { name: /Then plan a staged rollout/ }).checked).toBe(true);
    fireEvent.click(dialog.getByRole('button', { name: 'Redeploy' }));
    await act(() => import('../operations/StagedRolloutDialog.tsx').then(() => undefined));
    await app.settle(500);
    expect(core.calledWith('daemonSet.restart')).toHaveLength(1);
    expect(screen.getByRole('dialog', { name: 'Staged rollout of fluent-bit' })).toBeDefined();
    expect(core.calledWith('stagedRollout.start')).toEqual([]);
  });
});

describe('the card of a staged rollout', () => {
  it('says how far it is and why it waits, and holds and stops it', async () => {
    const why = 'Pods are not ready yet.';
    await show({ plan: aPlan(), why, waits: [{ nodeName: 'node-3', words: 'containers start' }] });
    expect(card().getByText('Staged rollout to revision 12, wave 2 of 3')).toBeDefined();
    expect(card().getByRole('status').textContent).toBe(why);
    expect(
      card()
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Wave 1 1 ready, 1 skipped · node-2: the node was removed',
      'Wave 2 1 under way · node-3: containers start',
      'Wave 3 to come: node-4',
    ]);
    expect(card().queryByRole('button', { name: /Continue/ })).toBeNull();
    fireEvent.click(card().getByRole('button', { name: 'Hold' }));
    await app.settle();
    fireEvent.click(card().getByRole('button', { name: 'Stop' }));
    await app.settle();
    expect(core.calledWith('stagedRollout.hold')).toEqual([target]);
    expect(core.calledWith('stagedRollout.stop')).toEqual([target]);
    expect(screen.queryByRole('button', { name: 'Staged rollout…' })).toBeNull();
  });

  it('says why no new pod is made, of the nodes of begun waves alone, running or held', async () => {
    const why = 'Pods are not ready yet.';
    await show({ plan: aPlan(), why, waits: [{ nodeName: 'node-3', words: 'no pod yet' }] });
    const pod = (nodeName: string, hash: string) =>
      aPodRow({ ownerUid: target.uid, name: `${hash}-${nodeName}`, nodeName, revisionHash: hash });
    // node-4 has lost its pod too, but its wave is still to come.
    core.pods.push({ type: 'full', state: live, rows: [pod('node-1', 'new'), pod('node-2', 'old')] });
    await app.settle();
    expect(card().queryByText(/^No pod on/)).toBeNull();
    const message = 'Error creating: pods "fluent-bit-" is forbidden: exceeded quota: small, requested: pods=1';
    core.events.push({ type: 'full', state: live, rows: [anEvent({ reason: 'FailedCreate', message })] });
    await app.settle();
    const words = 'No pod on node-3: a ResourceQuota refuses its pod: exceeded quota: small, requested: pods=1.';
    expect(card().getByText(words)).toBeDefined();
    core.staged.push({ state: live, value: { waits: [], runsElsewhere: false, plan: aPlan({ phase: 'held', why }) } });
    await app.settle();
    expect(card().getByText(words)).toBeDefined();
    core.staged.push({ state: live, value: { waits: [], runsElsewhere: false, plan: aPlan({ phase: 'stopped' }) } });
    await app.settle();
    expect(card().queryByText(/^No pod on/)).toBeNull();
  });

  it('names on the button whom it passes over, and goes on by a click alone', async () => {
    await show({ plan: aPlan({ phase: 'held', why: 'A new pod fails: node-3.', failed: ['node-3'] }) });
    expect(card().getByRole('status').textContent).toBe('A new pod fails: node-3.');
    expect(core.calls.filter(({ method }) => method.startsWith('stagedRollout'))).toEqual([]);
    fireEvent.click(card().getByRole('button', { name: 'Continue without node-3' }));
    await app.settle();
    expect(core.calledWith('stagedRollout.continue')).toEqual([target]);
  });

  it('opens the rollback from a held one', async () => {
    await show({ plan: aPlan({ phase: 'held', why: 'You held it.' }) });
    fireEvent.click(card().getByRole('button', { name: 'Roll back…' }));
    await act(() => import('../operations/RollbackDialog.tsx').then(() => undefined));
    await app.settle(500);
    expect(screen.getByRole('dialog', { name: /Roll back fluent-bit|Rollback/i })).toBeDefined();
  });

  it('offers nothing but words where another Everynode runs it, and goes on only in its own context', async () => {
    await show({ plan: aPlan(), runsElsewhere: true });
    expect(card().getByRole('status').textContent).toContain('Another Everynode');
    expect(card().queryByRole('button')).toBeNull();
    core.staged.push({
      state: live,
      value: { waits: [], runsElsewhere: false, plan: aPlan({ phase: 'held', contextName: 'other' }) },
    });
    await app.settle();
    expect(card().getByText(/It was made in context “other”/)).toBeDefined();
    expect(card().queryByRole('button', { name: /Continue/ })).toBeNull();
  });

  it('is dismissed when it is done, and says what cannot be read', async () => {
    await show({ plan: aPlan({ phase: 'done', at: 3 }) });
    fireEvent.click(card().getByRole('button', { name: 'Dismiss' }));
    await app.settle();
    expect(core.calledWith('stagedRollout.discard')).toEqual([target]);
    core.staged.push({ state: live, value: { waits: [], runsElsewhere: false, problem: 'x.json is not whole JSON.' } });
    await app.settle();
    expect(card().getByText(/x\.json is not whole JSON/)).toBeDefined();
    expect(card().getByRole('button', { name: 'Discard' })).toBeDefined();
  });
});
