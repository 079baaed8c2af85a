// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { aNodeRow, anEvent, aPodRow, aRevisionRow } from '../../../../tests/fakes/rows.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const context = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2', userName: 'jane' } });
const HASH = '#/c/prod/daemonsets/logging/agent/nodes';
const ZONE = 'topology.kubernetes.io/zone';
const inZone = (zone: string) => ({ labels: { [ZONE]: zone, disk: zone === 'a' ? 'ssd' : 'hdd' } });
const gpu = { taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }] };
const NODES = [
  aNodeRow('n-2', inZone('a')),
  aNodeRow('n-10', inZone('b')),
  aNodeRow('n-1', inZone('b')),
  aNodeRow('n-3', { ...inZone('a'), ...gpu }),
];

let core: FakeCore;
let app: RenderedApp;

async function open(nodes = NODES): Promise<void> {
  app = await renderApp(core, new FakeClock(), { view: aContextsView([context]), hash: HASH });
  await act(() => Promise.all([import('./index.ts'), import('./NodesTab.tsx')]).then(() => undefined));
  await app.settle();
  const row = aDaemonSetRow('agent', { namespace: 'logging' });
  core.daemonSet.push({ state: live, value: { row, placement: {}, gone: false } });
  await app.settle();
  core.nodes.push({ type: 'full', state: live, rows: nodes });
  core.revisions.push({
    state: live,
    value: [aRevisionRow({ revision: 2, hash: 'new' }), aRevisionRow({ revision: 1, hash: 'old' })],
  });
  await app.settle();
}

async function showPods(): Promise<void> {
  const pending = {
    type: 'PodScheduled',
    status: 'False',
    message: '0/4 nodes are available: 1 Insufficient memory.',
  } as const;
  const rows = [
    aPodRow({ name: 'agent-x', nodeName: 'n-2', revisionHash: 'old' }),
    aPodRow({ name: 'agent-y', nodeName: 'n-10', ready: false, phase: 'Pending', conditions: [pending] }),
  ];
  core.pods.push({ type: 'full', state: live, rows });
  await app.settle();
}

const NEWER = '2026-01-01T01:00:00Z';

const rowTexts = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
});
afterEach(cleanup);

describe('the Nodes tab', () => {
  it('waits for the pods, then says of every node its state and the exact reason, zone by zone', async () => {
    await open();
    expect(screen.getByText('Reading nodes and pods…')).toBeDefined();
    await showPods();
    core.events.push({
      type: 'full',
      state: live,
      rows: [anEvent({ reason: 'FailedCreate', message: 'Error creating: pods "a-" is forbidden: exceeded quota: q' })],
    });
    await app.settle();
    expect(rowTexts()).toEqual([
      'a · 2 nodes',
      'n-2Runs · old–agent-x#1',
      'n-3Excludeduntolerated taint dedicated=gpu:NoSchedule––',
      'b · 2 nodes',
      'n-1Should run, does nota ResourceQuota refuses its pod: exceeded quota: q––',
      'n-10Pending0/4 nodes are available: 1 Insufficient memory.agent-y–',
    ]);
  });

  it('shows the nodes of one kind, of one reason, or with certain words', async () => {
    await open();
    await showPods();
    fireEvent.click(screen.getByRole('combobox', { name: 'Show nodes' }));
    await app.settle();
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
      'All nodes (4)',
      'Runs (1)',
      'Pending (1)',
      'Should run, does not (1)',
      'Runs, should not (0)',
      'Excluded (1)',
      'Excluded: taint dedicated=gpu:NoSchedule is not tolerated (1)',
    ]);
    fireEvent.click(screen.getByRole('option', { name: /^Excluded: taint/ }));
    await app.settle();
    expect(new URLSearchParams(location.hash.split('?')[1]).get('show')).toBe(
      'excluded:taint dedicated=gpu:NoSchedule is not tolerated',
    );
    expect(rowTexts()).toHaveLength(2);
    await app.go(`${HASH}?show=runs`);
    // The hash tells of its change in real time.
    await screen.findByRole('row', { name: /^n-2/ });
    expect(rowTexts()).toEqual(['a · 1 node', 'n-2Runs · old–agent-x#1']);
    await app.go(HASH);
    await screen.findByRole('row', { name: /^n-10/ });
    fireEvent.change(screen.getByRole('textbox', { name: 'Filter nodes' }), { target: { value: 'disk=hdd memory' } });
    await app.settle();
    expect(rowTexts()).toHaveLength(2);
    expect(screen.getByText('1 of 4')).toBeDefined();
  });

  it('groups by any label of the nodes, or not at all, and remembers it', async () => {
    await open();
    await showPods();
    const choose = async (name: string) => {
      fireEvent.click(screen.getByRole('combobox', { name: 'Group nodes by' }));
      await app.settle();
      fireEvent.click(screen.getByRole('option', { name }));
      await app.settle();
    };
    await choose('disk');
    expect(rowTexts().filter((text) => / · \d+ nodes$/.test(text ?? ''))).toEqual(['hdd · 2 nodes', 'ssd · 2 nodes']);
    await choose('not grouped');
    expect(rowTexts().map((text) => text?.match(/^n-\d+?(?=[A-Z])/)?.[0])).toEqual(['n-1', 'n-2', 'n-3', 'n-10']);
    expect(localStorage.getItem('everynode.preferences')).toContain('"nodeLabel":""');
    await choose('by zone');
  });

  it('shows the old pod and the new one of a node where maxSurge has both', async () => {
    await open();
    const starting = { ready: false, phase: 'Pending', reason: 'ContainerCreating' } as const;
    const rows = [
      aPodRow({ name: 'agent-x', nodeName: 'n-2', revisionHash: 'old' }),
      aPodRow({ name: 'agent-z', nodeName: 'n-2', revisionHash: 'new', creationTimestamp: NEWER, ...starting }),
    ];
    core.pods.push({ type: 'full', state: live, rows });
    await app.settle();
    expect(rowTexts()).toContain('n-2Runs · old–agent-xagent-z#1, #2');
  });

  it('names pods of a node that is gone', async () => {
    await open();
    core.pods.push({ type: 'full', state: live, rows: [aPodRow({ name: 'agent-z', nodeName: 'n-99' })] });
    await app.settle();
    expect(screen.getByText('1 pod is on no node of this list: agent-z on n-99.')).toBeDefined();
  });

  it('says so when nodes may not be listed', async () => {
    await open([]);
    const error = { reason: 'Forbidden', message: 'may not list nodes' } as const;
    core.nodes.push({ type: 'full', state: { phase: 'failed', error }, rows: [] });
    await app.settle();
    expect(screen.getByRole('alert').textContent).toContain('may not list nodes');
  });
});
