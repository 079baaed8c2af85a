// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { aNodeRow, aPodRow, aRevisionRow } from '../../../../tests/fakes/rows.ts';
import type { DaemonSetRow, NodeRow, PodRow } from '../../../shared/kubernetes/rows.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const context = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2', userName: 'jane' } });
const HASH = '#/c/prod/daemonsets/logging/agent';
const inZone = (zone: string) => ({ labels: { 'topology.kubernetes.io/zone': zone } });
const taint = (key: string) => ({ taints: [{ key, effect: 'NoSchedule' }] });
const NODES = [
  aNodeRow('n-1', inZone('a')),
  aNodeRow('n-10', inZone('a')),
  aNodeRow('n-2', inZone('b')),
  aNodeRow('n-3', { ...inZone('b'), ...taint('gpu') }),
];
const PODS = [
  aPodRow({ name: 'agent-w', nodeName: 'n-1', revisionHash: 'new' }),
  aPodRow({ name: 'agent-x', nodeName: 'n-10', revisionHash: 'old' }),
  aPodRow({ name: 'agent-y', nodeName: 'n-2', ready: false, reason: 'CrashLoopBackOff', revisionHash: 'new' }),
];

let core: FakeCore;
let app: RenderedApp;

async function open(nodes: readonly NodeRow[] = NODES, pods: readonly PodRow[] = PODS): Promise<void> {
  app = await renderApp(core, new FakeClock(), { view: aContextsView([context]), hash: HASH });
  await act(() => import('./index.ts').then(() => undefined));
  await app.settle();
  await showRow({});
  core.nodes.push({ type: 'full', state: live, rows: nodes });
  core.revisions.push({
    state: live,
    value: [aRevisionRow({ revision: 2, hash: 'new' }), aRevisionRow({ revision: 1, hash: 'old' })],
  });
  core.pods.push({ type: 'full', state: live, rows: pods });
  await app.settle();
}

async function showRow(more: Partial<DaemonSetRow>): Promise<void> {
  const row = aDaemonSetRow('agent', { namespace: 'logging', ...more });
  core.daemonSet.push({ state: live, value: { row, placement: {}, gone: false } });
  await app.settle();
}

const map = () => screen.getByRole('listbox', { name: 'Node map' });
const cell = () => within(map()).getByRole('option');
const press = async (key: string) => {
  fireEvent.keyDown(map(), { key });
  await app.settle();
};
const NEWER = '2026-01-01T01:00:00Z';
const podNames = () =>
  screen.getAllByRole('row', { name: /^agent-/ }).map((row) => /^agent-\w/.exec(row.textContent ?? '')?.[0]);

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
});
afterEach(cleanup);

describe('the node map', () => {
  it('says by keys of each node its name, state, reason, pod and revision, zone by zone', async () => {
    await open();
    expect(screen.getByText('a · 2 nodes')).toBeDefined();
    expect(screen.getByText('b · 2 nodes')).toBeDefined();
    map().focus();
    const heard: (string | null)[] = [cell().getAttribute('aria-label')];
    for (let index = 1; index < NODES.length; index += 1) {
      await press('ArrowRight');
      heard.push(cell().getAttribute('aria-label'));
    }
    expect(heard).toEqual([
      'n-1, Runs, pod agent-w, revision #2',
      'n-10, Runs · old revision, pod agent-x, revision #1',
      'n-2, Runs · failing, crash loop, pod agent-y, revision #2',
      'n-3, Excluded, untolerated taint gpu:NoSchedule',
    ]);
    expect(cell().getAttribute('aria-setsize')).toBe('4');
    expect(cell().getAttribute('aria-posinset')).toBe('4');
    expect(map().getAttribute('aria-activedescendant')).toBe(cell().id);
    expect(screen.getByRole('tooltip').textContent).toBe('n-3Excludeduntolerated taint gpu:NoSchedule');
  });

  it('says of each pod of a node its revision, and how far the one is that takes over', async () => {
    const starting = { ready: false, phase: 'Pending', reason: 'ContainerCreating' } as const;
    await open();
    const rows = [
      aPodRow({ name: 'agent-w', nodeName: 'n-1', revisionHash: 'old', resourceVersion: '2' }),
      aPodRow({ name: 'agent-z', nodeName: 'n-1', revisionHash: 'new', creationTimestamp: NEWER, ...starting }),
    ];
    core.pods.push({ type: 'full', state: live, rows });
    await app.settle();
    map().focus();
    expect(cell().getAttribute('aria-label')).toBe(
      'n-1, Runs · old revision, pod agent-w, revision #1, pod agent-z, revision #2, containers start',
    );
  });

  it('filters the pods to a node by Enter, not to one whose name begins alike, and lets go by Escape', async () => {
    await open();
    expect(podNames()).toEqual(['agent-w', 'agent-x', 'agent-y']);
    await press('Enter');
    expect(location.hash).toBe(`${HASH}?node=n-1`);
    expect(podNames()).toEqual(['agent-w']);
    expect(cell().getAttribute('aria-selected')).toBe('true');
    await press('Escape');
    expect(location.hash).toBe(HASH);
    expect(podNames()).toHaveLength(3);
    await press('End');
    await press('Enter');
    expect(screen.getByText('No pod on n-3')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'On n-3: show the pods of all nodes' }));
    await app.settle();
    expect(podNames()).toHaveLength(3);
  });

  it('filters by a click on a cell, and by another one shows all again', async () => {
    await open();
    // happy-dom puts each element at 10, 10; the second cell begins 26 px after the first, 18 px under its heading.
    const click = { clientX: 10 + 26 + 5, clientY: 10 + 18 + 5 };
    fireEvent.click(map(), click);
    await app.settle();
    expect(location.hash).toBe(`${HASH}?node=n-10`);
    expect(podNames()).toEqual(['agent-x']);
    fireEvent.click(map(), click);
    await app.settle();
    expect(location.hash).toBe(HASH);
  });

  it('counts each kind in a legend that leads to the next node of it', async () => {
    await open();
    const legend = within(screen.getByRole('list', { name: 'Legend of the node map' }));
    expect(legend.getAllByRole('button').map((button) => button.textContent)).toEqual([
      '1 ready',
      '1 ready, old revision',
      '1 failing',
      '1 excluded',
    ]);
    fireEvent.click(legend.getByRole('button', { name: '1 failing' }));
    await app.settle();
    expect(document.activeElement).toBe(map());
    expect(cell().getAttribute('aria-label')).toContain('n-2, Runs · failing');
  });

  it('stays on its node while nodes come and go', async () => {
    await open();
    await press('End');
    core.nodes.push({ type: 'batch', state: live, upserted: [aNodeRow('n-0', inZone('a'))], deletedUids: ['uid-n-1'] });
    await app.settle();
    expect(cell().getAttribute('aria-label')).toContain('n-3');
    core.nodes.push({ type: 'batch', state: live, upserted: [], deletedUids: ['uid-n-3'] });
    await app.settle();
    expect(cell().getAttribute('aria-label')).toContain('n-0, Should run, does not');
  });

  it('says why nodes are excluded, and leads to them', async () => {
    await open([...NODES, aNodeRow('n-4', taint('gpu')), aNodeRow('n-5', taint('infra'))]);
    const card = within(screen.getByRole('region', { name: 'Why 3 nodes are excluded' }));
    expect(card.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      '2 × taint gpu:NoSchedule is not tolerated',
      '1 × taint infra:NoSchedule is not tolerated',
    ]);
    const href = card.getByRole('link', { name: /gpu/ }).getAttribute('href') ?? '';
    expect(href.startsWith(`${HASH}/nodes?`)).toBe(true);
    expect(new URLSearchParams(href.split('?')[1]).get('show')).toBe('excluded:taint gpu:NoSchedule is not tolerated');
  });

  it('says that the status does not count yet what a new taint makes misscheduled', async () => {
    await open(NODES, [...PODS, aPodRow({ name: 'agent-z', nodeName: 'n-3' })]);
    expect(screen.getByText(/^1 node runs a pod and should not, but misscheduled says 0/)).toBeDefined();
    await showRow({ misscheduled: 1 });
    expect(screen.queryByText(/but misscheduled says/)).toBeNull();
  });

  it('says that nodes may not be listed, and shows the pods all the same', async () => {
    await open([]);
    const error = { reason: 'Forbidden', message: 'may not list nodes' } as const;
    core.nodes.push({ type: 'full', state: { phase: 'failed', error }, rows: [] });
    await app.settle();
    expect(screen.getByText('may not list nodes')).toBeDefined();
    expect(podNames()).toHaveLength(3);
  });
});
