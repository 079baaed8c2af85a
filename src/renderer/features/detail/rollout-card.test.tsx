// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { aPodRow, anEvent, aRevisionRow } from '../../../../tests/fakes/rows.ts';
import type { DaemonSetRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const context = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2', userName: 'jane' } });
const ofSet = { namespace: 'logging', ownerUid: 'uid-fluent-bit' } as const;

let core: FakeCore;
let app: RenderedApp;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
});
afterEach(cleanup);

async function open(more: Partial<DaemonSetRow>, pods: readonly PodRow[]): Promise<void> {
  const view = aContextsView([context]);
  app = await renderApp(core, new FakeClock(), { view, hash: '#/c/prod/daemonsets/logging/fluent-bit' });
  await act(() => import('./index.ts').then(() => undefined));
  await app.settle();
  const row = aDaemonSetRow('fluent-bit', { namespace: 'logging', desired: 4, ...more });
  core.daemonSet.push({ state: live, value: { row, gone: false } });
  await app.settle();
  const revision = (number: number, hash: string) =>
    aRevisionRow({ revision: number, hash, creationTimestamp: '2025-12-31T23:00:00Z' });
  core.revisions.push({ state: live, value: [revision(12, 'new'), revision(11, 'old')] });
  core.pods.push({ type: 'full', state: live, rows: pods });
  await app.settle();
}

const crashing = aPodRow({
  ...ofSet,
  name: 'fluent-bit-7hb2c',
  nodeName: 'node-041',
  revisionHash: 'new',
  ready: false,
  reason: 'CrashLoopBackOff',
  containers: [{ name: 'main', kind: 'worker', ready: false, restarts: 6, state: 'CrashLoopBackOff', lastExitCode: 1 }],
});
const old = (nodeName: string) => aPodRow({ ...ofSet, name: `old-${nodeName}`, nodeName, revisionHash: 'old' });
const card = () => within(screen.getByRole('region', { name: 'Revision' }));

async function choose(button: HTMLElement): Promise<void> {
  fireEvent.click(button);
  await act(() => import('../operations/PauseDialog.tsx').then(() => undefined));
  await app.settle(500);
}

describe('the card of a rollout', () => {
  it('says kubectl’s words, the budget with who spends it, and why it waits', async () => {
    await open({ updated: 1, available: 3 }, [crashing, old('a'), old('b'), old('c')]);
    expect(card().getByText(/1 out of 4 new pods have been updated/)).toBeDefined();
    expect(
      within(card().getByRole('region', { name: 'Budget' })).getByText(
        /^1 of 1 node \(maxUnavailable\) spent, by node-041/,
      ),
    ).toBeDefined();
    const [wait] = within(card().getByRole('region', { name: 'Why it waits' })).getAllByRole('listitem');
    expect(wait?.textContent).toContain('node-041 container "main" exits with code 1, 6 restarts');
  });

  it('shows three of what it waits for, and all of them on a click', async () => {
    const pods = ['a', 'b', 'c', 'd', 'e'].map((node) =>
      aPodRow({ ...crashing, uid: node, name: `fluent-bit-${node}`, nodeName: node }),
    );
    await open({ updated: 5, available: 0, desired: 5 }, pods);
    const waits = () => within(card().getByRole('region', { name: 'Why it waits' })).getAllByRole('listitem').length;
    expect(waits()).toBe(3);
    fireEvent.click(card().getByRole('button', { name: 'Show 2 more' }));
    expect(waits()).toBe(5);
    fireEvent.click(card().getByRole('button', { name: 'Show fewer' }));
    expect(waits()).toBe(3);
  });

  it('reads the last lines of the crashed container when asked, as plain text', async () => {
    await open({ updated: 1, available: 3 }, [crashing]);
    expect(core.calledWith('log.read')).toEqual([]);
    fireEvent.click(card().getByRole('button', { name: 'Last log lines' }));
    await app.settle();
    expect(core.calledWith('log.read')[0]).toMatchObject({
      name: 'fluent-bit-7hb2c',
      container: 'main',
      previous: true,
      follow: false,
      tailLines: 5,
    });
    core.log.push({ type: 'lines', text: '\u001B[31mno config\u001B[0m\u001B]0;title\u0007\n', bytes: 12 });
    core.log.end();
    await app.settle();
    const { textContent } = card().getByLabelText('Last lines of main');
    expect(textContent).toMatch(/^no config/);
    expect(textContent).not.toContain('\u001B');
  });

  it('leads to the full log of the crashed container’s former run', async () => {
    await open({ updated: 1, available: 3 }, [crashing]);
    const href = card().getByRole('link', { name: 'Full log' }).getAttribute('href') ?? '';
    expect(href).toBe('#/c/prod/daemonsets/logging/fluent-bit/logs?pod=fluent-bit-7hb2c&container=main&run=previous');
    await app.go(href);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Previous' }).checked).toBe(true);
    expect(core.calledWith('log.read').at(-1)).toMatchObject({ container: 'main', previous: true });
  });

  it('says by an event why a pod waits whose status says only ContainerCreating', async () => {
    const starting = aPodRow({
      ...ofSet,
      name: 'fluent-bit-x1',
      nodeName: 'node-7',
      revisionHash: 'new',
      ready: false,
      phase: 'Pending',
      reason: 'ContainerCreating',
    });
    await open({ updated: 1, available: 3 }, [starting]);
    const wait = () => within(card().getByRole('region', { name: 'Why it waits' })).getByRole('listitem').textContent;
    expect(wait()).toBe('node-7 containers start fluent-bit-x1 ');
    const about = { kind: 'Pod', name: 'fluent-bit-x1', namespace: 'logging', uid: starting.uid };
    const message = 'MountVolume.SetUp failed for volume "config": configmap "fluent" not found';
    const rows = [anEvent({ reason: 'FailedMount', message, about }), anEvent({ uid: 'other', message: 'of another' })];
    core.events.push({ type: 'full', state: live, rows });
    await app.settle();
    expect(wait()).toBe(`node-7 volume cannot be mounted fluent-bit-x1 FailedMount: ${message}`);
  });

  it('pauses by switching the strategy’s type alone, and says so', async () => {
    const spec = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '20%', maxSurge: 0 } } };
    core.jsonText = JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'fluent-bit' },
      spec,
    });
    await open({ updated: 1, available: 3 }, [crashing]);
    await choose(card().getByRole('button', { name: 'Pause' }));
    const dialog = within(screen.getByRole('dialog', { name: 'Pause fluent-bit' }));
    expect(dialog.getByText(/A DaemonSet has no pause/)).toBeDefined();
    expect(screen.getByRole('dialog').textContent).toContain('patch daemonset/fluent-bit --type=merge');
    fireEvent.click(dialog.getByRole('button', { name: 'Pause' }));
    await app.settle();
    const [saved] = core.calledWith('daemonSet.save') as readonly { afterText: string; dryRun: boolean; uid: string }[];
    expect(saved).toMatchObject({ uid: 'uid-fluent-bit', dryRun: false });
    expect(JSON.parse(saved?.afterText ?? '{}')).toMatchObject({
      spec: { updateStrategy: { ...spec.updateStrategy, type: 'OnDelete' } },
    });
  });

  it('under OnDelete names the nodes with old pods and offers to resume', async () => {
    await open({ strategy: { type: 'OnDelete' }, updated: 2 }, [old('a'), old('b')]);
    expect(card().getByText(/^Old pods on 2 nodes: a, b\./)).toBeDefined();
    expect(card().queryByRole('region', { name: 'Budget' })).toBeNull();
    await choose(card().getByRole('button', { name: 'Resume' }));
    expect(screen.getByRole('dialog', { name: 'Resume fluent-bit' })).toBeDefined();
  });

  it('has nothing to pause once all is rolled out', async () => {
    await open({}, []);
    expect(card().queryByRole('button')).toBeNull();
  });
});
