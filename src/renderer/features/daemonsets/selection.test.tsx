// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const ONE = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'one', uid: 'uid-one' } };
const names = ['agent', 'cni', 'gpu', 'probe'];
let core: FakeCore;
let app: RenderedApp;
let clock: FakeClock;

beforeEach(async () => {
  localStorage.clear();
  core = new FakeCore();
  clock = new FakeClock();
  const view = aContextsView([aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2' } })]);
  app = await renderApp(core, clock, { view, hash: '#/c/prod/daemonsets' });
  core.daemonSets.push({ type: 'full', state: live, rows: names.map((name) => aDaemonSetRow(name)) });
  await app.settle();
});
afterEach(async () => {
  await act(async () => clock.advance(10_000));
  cleanup();
});

const box = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name });
const bar = () => screen.queryByRole('toolbar', { name: 'Selected DaemonSets' });
const chosen = () => names.filter((name) => box(`Select ${name}`).checked);

async function press(name: string, key: string, more: object = {}): Promise<void> {
  const row = box(`Select ${name}`).closest('[role="row"]');
  if (!(row instanceof HTMLElement)) throw new Error(`no row of ${name}`);
  await act(async () => row.focus());
  fireEvent.keyDown(row, { key, ...more });
  await app.settle();
}

describe('rows that are chosen', () => {
  it('are chosen one by one and all together, and opened by none of it', async () => {
    expect(bar()).toBeNull();
    fireEvent.click(box('Select cni'));
    expect(bar()?.textContent).toContain('1 selected');
    expect(box('Select all 4').indeterminate).toBe(true);
    fireEvent.click(box('Select all 4'));
    expect(chosen()).toEqual(names);
    fireEvent.click(screen.getByRole('button', { name: 'Clear selection' }));
    expect(bar()).toBeNull();
    expect(location.hash).toBe('#/c/prod/daemonsets');
  });

  it('are chosen by keys: Space, a range with Shift, all with Ctrl+A', async () => {
    await press('agent', ' ');
    await press('gpu', ' ', { shiftKey: true });
    expect(chosen()).toEqual(['agent', 'cni', 'gpu']);
    await press('cni', ' ');
    expect(chosen()).toEqual(['agent', 'gpu']);
    await press('agent', 'a', { ctrlKey: true });
    expect(chosen()).toEqual(names);
  });

  it('stay chosen through an update and a filter, and are chosen no more when they are gone', async () => {
    fireEvent.click(box('Select cni'));
    fireEvent.click(box('Select gpu'));
    core.daemonSets.push({
      type: 'batch',
      state: live,
      upserted: [aDaemonSetRow('cni', { resourceVersion: '2', ready: 1 })],
      deletedUids: ['uid-gpu'],
    });
    await app.settle();
    expect(bar()?.textContent).toContain('1 selected');
    await app.go('#/c/prod/daemonsets?q=agent');
    // The filter is applied behind what is typed.
    await waitFor(() => expect(bar()?.textContent).toContain('1 selected, 1 not shown by the filter'));
  });

  it('have their images set together, unless a right is missing', async () => {
    core.jsonText = JSON.stringify({ spec: { template: { spec: { containers: [{ name: 'main', image: 'a:1' }] } } } });
    fireEvent.click(box('Select cni'));
    fireEvent.click(box('Select gpu'));
    await app.settle();
    fireEvent.click(screen.getByRole('button', { name: 'Set image…' }));
    expect(await screen.findByRole('dialog', { name: 'Set image of 2 DaemonSets' })).toBeDefined();
  });

  it('count among their images those that have nothing to change', async () => {
    const object = (image: string) =>
      JSON.stringify({ ...ONE, spec: { template: { spec: { containers: [{ name: 'main', image }] } } } });
    core.jsonText = object('a:1');
    fireEvent.click(box('Select cni'));
    fireEvent.click(box('Select gpu'));
    await app.settle();
    fireEvent.click(screen.getByRole('button', { name: 'Set image…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Set image of 2 DaemonSets' });
    fireEvent.change(await within(dialog).findByRole('combobox', { name: 'Tag of main' }), { target: { value: '2' } });
    core.jsonOf = ({ name }) => object(name === 'cni' ? 'a:2' : 'a:1');
    for (const name of ['Preview', 'Set image']) {
      fireEvent.click(within(dialog).getByRole('button', { name }));
      await app.settle();
    }
    expect(screen.getByText('Set image: 1 of 2 done; 1 has nothing to change')).toBeDefined();
  });

  it('are redeployed each by its uid, and each says what it came to', async () => {
    fireEvent.click(box('Select cni'));
    fireEvent.click(box('Select gpu'));
    await app.settle();
    fireEvent.click(screen.getByRole('button', { name: 'Redeploy…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Redeploy 2 DaemonSets' });
    expect(dialog.textContent).toContain('rollout restart daemonset/gpu');
    core.failure = new AppError({ reason: 'Conflict', message: 'It was deleted and made again.' });
    fireEvent.click(screen.getByRole('button', { name: 'Redeploy' }));
    await app.settle();
    expect(dialog.textContent).toContain('It was deleted and made again.');
    expect(dialog.textContent).toContain('0 of 2 done, 2 failed');
    core.failure = undefined;
    fireEvent.click(screen.getByRole('button', { name: 'Redeploy' }));
    await app.settle();
    expect(screen.queryByRole('dialog')).toBeNull();
    const uids = core.calledWith('daemonSet.restart').map((input) => (input as { uid: string }).uid);
    expect(uids).toEqual(['uid-cni', 'uid-gpu', 'uid-cni', 'uid-gpu']);
  });

  it('say which right is missing', async () => {
    const reason = 'may not patch daemonsets.apps in namespace kube-system';
    core.access = ({ verb }) => (verb === 'patch' ? { allowed: false, reason } : { allowed: true });
    fireEvent.click(box('Select cni'));
    await app.settle();
    expect(screen.getByRole('button', { name: /^Set image/ }).textContent).toContain(reason);
  });
});
