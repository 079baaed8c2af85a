// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { aRevisionRow } from '../../../../tests/fakes/rows.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ControllerRevisionRow } from '../../../shared/kubernetes/rows.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const template = (image: string) => ({ spec: { containers: [{ name: 'main', image }] } });
const THIRD = aRevisionRow({ revision: 3, hash: 'three', changeCause: 'fix the leak' });
const FOURTH = aRevisionRow({ revision: 4, hash: 'four' });

let core: FakeCore;
let app: RenderedApp;

async function open(revisions: readonly ControllerRevisionRow[]): Promise<HTMLElement> {
  const view = aContextsView([aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2' } })]);
  app = await renderApp(core, new FakeClock(), { view, hash: '#/c/prod/daemonsets' });
  const rows = [aDaemonSetRow('agent', { desired: 5 }), aDaemonSetRow('cni', { strategy: { type: 'OnDelete' } })];
  core.daemonSets.push({ type: 'full', state: live, rows });
  await app.settle();
  for (const name of ['agent', 'cni']) fireEvent.click(screen.getByRole('checkbox', { name: `Select ${name}` }));
  await app.settle();
  fireEvent.click(screen.getByRole('button', { name: 'Revision rollback…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Roll back 2 DaemonSets' });
  await app.settle();
  expect(row('agent')).toContain('Reading its revisions…');
  expect(button('Roll back').disabled).toBe(true);
  core.revisions.push({ state: live, value: revisions });
  await app.settle();
  await app.settle();
  return dialog;
}

const dialog = () => within(screen.getByRole('dialog'));
const row = (name: string) => dialog().getByRole('row', { name: new RegExp(`^${name}`) }).textContent ?? '';
const button = (name: string) => dialog().getByRole<HTMLButtonElement>('button', { name });
const rollbacks = (dryRun: boolean) =>
  core.calledWith('daemonSet.rollback').filter((input) => (input as { dryRun: boolean }).dryRun === dryRun);

beforeEach(() => {
  localStorage.clear();
  core = new FakeCore();
  core.jsonText = JSON.stringify({ kind: 'DaemonSet', spec: { template: template('agent:4') } });
  core.templates = { [THIRD.name]: template('agent:3') };
  core.rollbackOutcome = { ...core.rollbackOutcome, revision: 3 };
});
afterEach(cleanup);

it('many are rolled back to the revision before, each as its dry run has shown', async () => {
  const asked = await open([FOURTH, THIRD]);
  expect(row('agent')).toContain('#4 → #3 · fix the leak: spec.containers[0].image. Restarts 5 pods, 1 at a time.');
  expect(row('cni')).toContain('under OnDelete each is replaced when it is deleted.');
  expect(asked.textContent).toContain('rollout undo daemonset/cni --to-revision=3');
  expect([rollbacks(true).length, rollbacks(false).length]).toEqual([2, 0]);
  fireEvent.click(button('Roll back'));
  await app.settle();
  const revision = { name: THIRD.name, uid: THIRD.uid };
  expect(rollbacks(false)).toMatchObject(
    ['agent', 'cni'].map((name) => ({ name, uid: `uid-${name}`, revision, beforeText: core.jsonText })),
  );
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.getByText('Roll back: 2 of 2 done')).toBeDefined();
});

it('those without an earlier revision are left out, and nothing can be sent where all are', async () => {
  await open([FOURTH]);
  expect(row('agent')).toContain('Left out: only the current revision is kept');
  expect(button('Roll back').disabled).toBe(true);
  expect(core.calledWith('daemonSet.rollback')).toEqual([]);
});

it('one whose dry run is refused is left out with the server’s words', async () => {
  core.failureOf = (method, input) =>
    method === 'daemonSet.rollback' && (input as { name: string }).name === 'cni'
      ? new AppError({ reason: 'Forbidden', message: 'denied the request: not this one' })
      : undefined;
  await open([FOURTH, THIRD]);
  expect(row('cni')).toContain('Left out: denied the request: not this one');
  fireEvent.click(button('Roll back'));
  await app.settle();
  expect(rollbacks(false)).toMatchObject([{ name: 'agent' }]);
  expect(screen.getByText('Roll back: 1 of 2 done; 1 cannot be rolled back')).toBeDefined();
});
