// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { aPodRow, aRevisionRow } from '../../../../tests/fakes/rows.ts';
import type { DaemonSetView } from '../../../shared/contract/daemonset.ts';
import type { PodView } from '../../../shared/contract/pod.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const context = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2', userName: 'jane' } });
const HASH = '#/c/prod/daemonsets/logging/fluent-bit';
const rolling = aDaemonSetRow('fluent-bit', {
  namespace: 'logging',
  alias: 'Log collector',
  desired: 5,
  updated: 3,
  available: 4,
});

let core: FakeCore;
let app: RenderedApp;

async function open(view: DaemonSetView, hash = HASH): Promise<void> {
  app = await renderApp(core, new FakeClock(), { view: aContextsView([context]), hash });
  // The page is loaded when it is first needed.
  await act(() => import('./index.ts').then(() => undefined));
  await app.settle();
  core.daemonSet.push({ state: live, value: view });
  await app.settle();
}

async function showPods(rows: readonly PodRow[]): Promise<void> {
  const value = [aRevisionRow({ revision: 12, hash: 'new' }), aRevisionRow({ revision: 11, hash: 'old' })];
  core.revisions.push({ state: live, value });
  core.pods.push({ type: 'full', state: live, rows });
  await app.settle();
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
});
afterEach(cleanup);

describe('the detail page of a DaemonSet', () => {
  it('shows name, state with its cause, and the six counts', async () => {
    core.causes = [{ uid: rolling.uid, text: 'waits for node-041: crash loop', missingPodsAreYoung: true }];
    await open({ row: rolling, gone: false });
    expect(screen.getByRole('heading', { name: 'fluent-bit' })).toBeDefined();
    expect(screen.getByText('logging · Log collector')).toBeDefined();
    expect(screen.getByText('3 of 5 updated · waits for node-041: crash loop')).toBeDefined();
    const counts = within(screen.getByRole('region', { name: 'Replica status' }));
    expect(counts.getByRole('group', { name: '5 desired · follows the nodes' })).toBeDefined();
    expect(counts.getByRole('group', { name: '3 up to date' })).toBeDefined();
    expect(counts.getByRole('group', { name: '4 available' })).toBeDefined();
  });

  it('shows how far the rollout is, and after it the revision alone', async () => {
    await open({ row: rolling, gone: false });
    await showPods([]);
    expect(screen.getByText('Rollout to revision 12')).toBeDefined();
    expect(screen.getByRole('progressbar', { name: 'Rollout progress' }).getAttribute('aria-valuenow')).toBe('3');
    core.daemonSet.push({
      state: live,
      value: { row: aDaemonSetRow('fluent-bit', { namespace: 'logging' }), gone: false },
    });
    await app.settle();
    expect(screen.getByText('Revision 12')).toBeDefined();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('lists the pods live, the old revision named, and filters them', async () => {
    await open({ row: rolling, gone: false });
    await showPods([
      aPodRow({ name: 'fluent-bit-2x9kd', nodeName: 'node-017', revisionHash: 'new' }),
      aPodRow({ name: 'fluent-bit-b5j4n', nodeName: 'node-144', revisionHash: 'old' }),
    ]);
    expect(screen.getByRole('row', { name: /fluent-bit-2x9kd.*Running 1\/1.*node-017.*#12/ })).toBeDefined();
    expect(screen.getByRole('row', { name: /fluent-bit-b5j4n.*old.*#11/ })).toBeDefined();
    fireEvent.change(screen.getByRole('textbox', { name: 'Filter pods' }), { target: { value: 'node-144' } });
    await app.settle();
    expect(screen.queryByRole('row', { name: /fluent-bit-2x9kd/ })).toBeNull();
    core.pods.push({ type: 'batch', state: live, upserted: [], deletedUids: ['uid-fluent-bit-b5j4n'] });
    await app.settle();
    expect(screen.getByText('No pod matches “node-144”')).toBeDefined();
  });

  it('leads from a pod’s name to its page, and from its node to the node’s', async () => {
    await open({ row: rolling, gone: false });
    await showPods([aPodRow({ name: 'fluent-bit-2x9kd', nodeName: 'node-017' })]);
    const link = (name: string) => screen.getByRole('link', { name }).getAttribute('href');
    expect(link('fluent-bit-2x9kd')).toBe('#/c/prod/pods/logging/fluent-bit-2x9kd');
    expect(link('node-017')).toBe('#/c/prod/nodes/node-017');
  });

  it('opens a pod’s containers, and from there the log of one', async () => {
    await open({ row: rolling, gone: false });
    await showPods([aPodRow({ name: 'fluent-bit-2x9kd' })]);
    fireEvent.click(screen.getByRole('row', { name: /fluent-bit-2x9kd/ }));
    await app.settle();
    expect(location.hash).toBe(`${HASH}?pod=fluent-bit-2x9kd`);
    // The hash tells of its change in real time.
    const dialog = within(await screen.findByRole('dialog', { name: 'Containers of fluent-bit-2x9kd' }));
    core.pod.push({ state: live, value: aPodView() });
    await app.settle(500);
    const container = within(dialog.getByRole('region', { name: 'Container fluent-bit' }));
    expect(container.getByText('Waiting: CrashLoopBackOff')).toBeDefined();
    expect(container.getByText('2020/TCP (http)')).toBeDefined();
    expect(container.getByText('/var/log from varlog (read-only)')).toBeDefined();
    fireEvent.click(container.getByRole('button', { name: 'Logs of container fluent-bit' }));
    expect(location.hash).toBe(`${HASH}/logs?pod=fluent-bit-2x9kd&container=fluent-bit`);
  });

  it('keeps the rows when the pods go stale, and says since when', async () => {
    await open({ row: rolling, gone: false });
    await showPods([aPodRow({ name: 'fluent-bit-2x9kd' })]);
    const error = { reason: 'Unreachable', message: 'connection refused' } as const;
    core.pods.push({ type: 'batch', state: { phase: 'stale', since: 0, error }, upserted: [], deletedUids: [] });
    await app.settle();
    expect(screen.getByText(/^Pods stale since \d\d:\d\d:\d\d$/)).toBeDefined();
    expect(screen.getByText('connection refused')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Read pods now' }));
    await app.settle();
    expect(core.calledWith('context.reconnect')).toHaveLength(1);
    expect(screen.getByRole('row', { name: /fluent-bit-2x9kd/ })).toBeDefined();
  });

  it('names an image once that several of its containers have', async () => {
    await open({ row: { ...rolling, images: ['cilium:1', 'cilium:1', 'tool:2'] }, gone: false });
    const facts = screen.getByRole('heading', { name: 'fluent-bit' }).closest('header')?.querySelector('dl');
    expect(facts?.textContent).toContain('Imagescilium:1, tool:2');
  });

  it('offers in its menu all that the menu of a row does', async () => {
    await open({ row: rolling, gone: false });
    fireEvent.click(screen.getByRole('button', { name: 'More ▾' }));
    await app.settle();
    expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual([
      'Edit…',
      'Edit YAML…',
      'Edit config template…',
      'Set image…',
      'Revision rollback…',
      'Redeploy…',
      'Pause…',
      'Delete…',
    ]);
  });

  it('says which right is missing for an operation', async () => {
    core.access = ({ verb }) =>
      verb === 'delete' ? { allowed: false, reason: 'may not delete daemonsets.apps' } : { allowed: true };
    await open({ row: rolling, gone: false });
    fireEvent.click(screen.getByRole('button', { name: 'More ▾' }));
    await app.settle();
    const item = screen.getByRole<HTMLButtonElement>('menuitem', { name: /^Delete…/ });
    expect(item.disabled).toBe(true);
    expect(item.textContent).toContain('may not delete daemonsets.apps');
  });
});

describe('a DaemonSet that is not there', () => {
  it('is said to be deleted when it was there', async () => {
    await open({ row: rolling, gone: true });
    expect(screen.getByText('fluent-bit was deleted')).toBeDefined();
  });

  it('is said to be missing when it never was', async () => {
    await open({ gone: true });
    expect(screen.getByText('There is no DaemonSet “fluent-bit” in namespace logging')).toBeDefined();
  });

  it('is not taken for its namesake with another uid, which is shown when asked for', async () => {
    await open({ row: rolling, gone: true, replacedByUid: 'another' });
    expect(screen.getByText('fluent-bit was deleted and made anew')).toBeDefined();
    const before = core.daemonSet.opened;
    fireEvent.click(screen.getByRole('button', { name: 'Show the new one' }));
    await app.settle();
    expect(core.daemonSet.opened).toBe(before + 1);
  });

  it('shows why it cannot be read', async () => {
    app = await renderApp(core, new FakeClock(), { view: aContextsView([context]), hash: HASH });
    await act(() => import('./index.ts').then(() => undefined));
    await app.settle();
    core.daemonSet.fail(new AppError({ reason: 'Forbidden', message: 'may not get daemonsets.apps' }));
    await app.settle();
    expect(screen.getByRole('alert').textContent).toContain('may not get daemonsets.apps');
  });
});

function aPodView(): PodView {
  return {
    gone: false,
    conditions: [],
    row: aPodRow({ name: 'fluent-bit-2x9kd' }),
    containers: [
      {
        name: 'fluent-bit',
        kind: 'worker',
        image: 'fluent/fluent-bit:4.1.2',
        ready: false,
        restarts: 6,
        state: { kind: 'waiting', reason: 'CrashLoopBackOff', message: 'back-off 5m0s' },
        lastState: { kind: 'terminated', reason: 'Error', exitCode: 1 },
        ports: ['2020/TCP (http)'],
        probes: ['liveness: GET http://:2020/ every 10 s'],
        requests: { cpu: '100m' },
        limits: {},
        mounts: ['/var/log from varlog (read-only)'],
        env: ['TOKEN from Secret api, key token'],
      },
    ],
  };
}

describe('a pod of the table', () => {
  const pod = aPodRow({ name: 'fluent-bit-abc', namespace: 'logging' });

  async function choose(item: string): Promise<HTMLElement> {
    await open({ row: rolling, gone: false });
    await showPods([pod]);
    fireEvent.click(screen.getByRole('button', { name: `Actions for ${pod.name}` }));
    await app.settle();
    fireEvent.click(screen.getByRole('menuitem', { name: `${item}…` }));
    return screen.findByRole('dialog', { name: `${item} ${pod.name}` });
  }

  it.each([
    ['Delete', 'pod.delete', `kubectl --context prod -n logging delete pod/fluent-bit-abc`],
    ['Evict', 'pod.evict', 'create --raw /api/v1/namespaces/logging/pods/fluent-bit-abc/eviction -f -'],
  ])('%s is sent with its uid, and says that another pod comes', async (item, method, kubectl) => {
    const dialog = await choose(item);
    expect(dialog.textContent).toContain('The DaemonSet makes a new pod');
    expect(dialog.textContent).toContain(kubectl);
    fireEvent.click(within(dialog).getByRole('button', { name: item }));
    await app.settle();
    expect(core.calledWith(method)).toEqual([
      { contextName: 'prod', namespace: 'logging', name: pod.name, uid: pod.uid },
    ]);
  });

  it('keeps the words of the server when a budget refuses the eviction', async () => {
    const dialog = await choose('Evict');
    const message = "Cannot evict pod as it would violate the pod's disruption budget.";
    core.failure = new AppError({ reason: 'TooManyRequests', message });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Evict' }));
    await app.settle();
    expect(within(dialog).getByText(message)).toBeDefined();
  });

  it('names the right that is missing', async () => {
    core.access = ({ subresource }) =>
      subresource === 'eviction' ? { allowed: false, reason: 'may not create pods/eviction' } : { allowed: true };
    await open({ row: rolling, gone: false });
    await showPods([pod]);
    fireEvent.click(screen.getByRole('button', { name: `Actions for ${pod.name}` }));
    await app.settle();
    expect(screen.getByRole('menuitem', { name: /^Evict/ }).textContent).toContain('may not create pods/eviction');
    expect(screen.getByRole('menuitem', { name: 'Delete…' }).getAttribute('data-disabled')).toBeNull();
  });
});
