// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { anEvent, aPodRow } from '../../../../tests/fakes/rows.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { NodeRow } from '../../../shared/kubernetes/rows.ts';
import { FakeCore, aContext, aContextsView } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const context = aContext('prod', {
  namespace: 'logging',
  connection: { ...live, serverVersion: 'v1.37.2', userName: 'jane' },
});
const node: NodeRow = {
  uid: 'uid-node',
  name: 'node-1',
  resourceVersion: '1',
  creationTimestamp: '2025-12-01T00:00:00Z',
  labels: { 'topology.kubernetes.io/zone': 'eu-1a' },
  taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }],
  unschedulable: false,
  ready: true,
};
const details = {
  conditions: [{ type: 'MemoryPressure', status: 'True', reason: 'KubeletHasInsufficientMemory' }],
  addresses: ['InternalIP 10.0.0.1'],
  capacity: { cpu: '8' },
  allocatable: { cpu: '7500m' },
  info: { kubeletVersion: 'v1.37.2' },
};

let core: FakeCore;
let app: RenderedApp;

async function open(hash = '#/c/prod/nodes/node-1'): Promise<void> {
  app = await renderApp(core, new FakeClock(), { view: aContextsView([context]), hash });
  // The page is loaded when it is first needed.
  await act(() => import('./index.ts').then(() => undefined));
  await app.settle();
}

async function show(row: NodeRow = node, gone = false): Promise<void> {
  core.node.push({ state: live, value: { row, details, gone } });
  await app.settle();
  core.placements.push({
    state: live,
    value: [
      { uid: 'uid-agent', name: 'agent', namespace: 'logging', placement: { tolerations: [{ operator: 'Exists' }] } },
      { uid: 'uid-web', name: 'web', namespace: 'logging', placement: {} },
    ],
  });
  core.nodePods.push({ type: 'full', state: live, rows: [aPodRow({ name: 'agent-x', nodeName: 'node-1' })] });
  await app.settle();
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
});
afterEach(cleanup);

describe('the page of a node', () => {
  it('says of every DaemonSet whether it runs here, and what keeps it away', async () => {
    await open();
    await show();
    const table = within(screen.getByRole('table', { name: 'DaemonSets on this node' }));
    expect(table.getByRole('row', { name: /^agent logging Runs agent-x/ })).toBeDefined();
    expect(
      table.getByRole('row', { name: /^web logging Excluded .*untolerated taint dedicated=gpu:NoSchedule/ }),
    ).toBeDefined();
    expect(screen.getByText('1 of 1 ready · 1 excluded')).toBeDefined();
    expect(table.getByRole('link', { name: 'agent-x' }).getAttribute('href')).toBe('#/c/prod/pods/logging/agent-x');
  });

  it('lists the pods of other owners, each a click from its page', async () => {
    await open();
    await show();
    expect(screen.queryByRole('table', { name: 'Other pods on this node' })).toBeNull();
    const rows = [
      aPodRow({ name: 'agent-x', nodeName: 'node-1' }),
      aPodRow({ name: 'web-1', ownerUid: 'uid-of-a-replicaset', nodeName: 'node-1', namespace: 'shop', restarts: 3 }),
      aPodRow({ name: 'static', ownerUid: 'uid-of-the-node', nodeName: 'node-1', namespace: 'kube-system' }),
    ];
    core.nodePods.push({ type: 'full', state: live, rows });
    await app.settle();
    const table = within(screen.getByRole('table', { name: 'Other pods on this node' }));
    expect(table.getAllByRole('rowheader').map(({ textContent }) => textContent)).toEqual(['static', 'web-1']);
    expect(table.getByRole('row', { name: /^web-1 shop Running .*3/ })).toBeDefined();
    expect(table.getByRole('link', { name: 'web-1' }).getAttribute('href')).toBe('#/c/prod/pods/shop/web-1');
  });

  it('shows conditions, addresses, resources and versions', async () => {
    await open();
    await show();
    expect(screen.getByRole('row', { name: /MemoryPressure True .*KubeletHasInsufficientMemory/ })).toBeDefined();
    expect(screen.getByRole('row', { name: 'cpu 8 7500m' })).toBeDefined();
    expect(screen.getByText('InternalIP 10.0.0.1')).toBeDefined();
    expect(screen.getByText('v1.37.2', { selector: 'dd' })).toBeDefined();
  });

  it('is cordoned after asking, and uncordoned', async () => {
    await open();
    await show();
    fireEvent.click(screen.getByRole('button', { name: 'Cordon' }));
    await app.settle(500);
    const asks = screen.getByRole('dialog', { name: 'Cordon node-1' });
    const dialog = within(asks);
    expect(asks.textContent).toContain('kubectl --context prod cordon node-1');
    expect(dialog.getByText(/DaemonSet pods ignore it/)).toBeDefined();
    fireEvent.click(dialog.getByRole('button', { name: 'Cordon' }));
    await app.settle(500);
    expect(core.calledWith('node.setUnschedulable')).toEqual([
      { contextName: 'prod', name: 'node-1', uid: 'uid-node', unschedulable: true },
    ]);
    await show({ ...node, unschedulable: true });
    expect(screen.getByText('cordoned')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Uncordon' })).toBeDefined();
  });

  it('says which right is missing to cordon, and reads the user’s namespace alone where the cluster is not theirs', async () => {
    core.access = ({ verb, namespace }) =>
      namespace === undefined ? { allowed: false, reason: `may not ${verb} it` } : { allowed: true };
    await open();
    await show();
    expect(screen.getByRole('button', { name: /Cordon/ }).getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText('may not patch it')).toBeDefined();
    expect(screen.getByText(/Read in logging only/)).toBeDefined();
  });

  it('keeps its last state when it is gone', async () => {
    await open();
    await show(node, true);
    expect(screen.getByText('This node was deleted. What is shown is its last state.')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Cordon' })).toBeNull();
  });

  it('that cannot be read still shows what runs on it, and says what is not known', async () => {
    await open();
    core.node.fail(new AppError({ reason: 'Forbidden', message: 'may not list nodes' }));
    await app.settle();
    core.placements.push({
      state: live,
      value: [{ uid: 'uid-agent', name: 'agent', namespace: 'logging', placement: {} }],
    });
    core.nodePods.push({ type: 'full', state: live, rows: [aPodRow({ name: 'agent-x', nodeName: 'node-1' })] });
    await app.settle();
    expect(screen.getByRole('alert').textContent).toContain('may not list nodes');
    expect(screen.getByRole('row', { name: /^agent logging Runs agent-x/ })).toBeDefined();
    expect(screen.getByText(/Which DaemonSets are missing is not known/)).toBeDefined();
  });
});

describe('the events of a node', () => {
  const events = () => within(screen.getByRole('region', { name: 'Events' }));

  it('stand beneath what the node is, and come live', async () => {
    await open();
    await show();
    expect(events().getByText('Reading the events…')).toBeDefined();
    core.nodeEvents.push({ type: 'full', state: live, rows: [] });
    await app.settle();
    expect(events().getByText('No events of node-1')).toBeDefined();
    const about = { kind: 'Node', namespace: '', name: 'node-1', uid: 'node-1' };
    const full = anEvent({ reason: 'NodeHasDiskPressure', message: 'The disk is full', about });
    core.nodeEvents.push({ type: 'batch', state: live, upserted: [full], deletedUids: [] });
    await app.settle();
    expect(events().getByRole('row', { name: /NodeHasDiskPressure.*The disk is full/ })).toBeDefined();
  });

  it('say which right is missing, and hide nothing else', async () => {
    await open();
    await show();
    const error = { reason: 'Forbidden', message: 'You may not list events in namespace default.' } as const;
    core.nodeEvents.push({ type: 'batch', state: { phase: 'failed', error }, upserted: [], deletedUids: [] });
    await app.settle();
    expect(screen.getByRole('heading', { name: 'The events of the node cannot be read' })).toBeDefined();
    expect(screen.getByText('You may not list events in namespace default.')).toBeDefined();
    expect(screen.getByRole('region', { name: 'Conditions' })).toBeDefined();
  });
});

describe('the list of nodes', () => {
  it('shows readiness, zone and taints, filters, and leads to a node', async () => {
    await open('#/c/prod/nodes');
    core.nodes.push({
      type: 'full',
      state: live,
      rows: [node, { ...node, uid: 'other', name: 'node-2', taints: [], unschedulable: true, ready: false }],
    });
    await app.settle();
    expect(screen.getByRole('row', { name: /node-1 Ready eu-1a dedicated=gpu:NoSchedule/ })).toBeDefined();
    expect(screen.getByRole('row', { name: /node-2 Not ready · cordoned/ })).toBeDefined();
    expect(screen.getByText('2 · 1 not ready · 1 cordoned')).toBeDefined();
    fireEvent.change(screen.getByRole('textbox', { name: 'Filter nodes' }), { target: { value: 'gpu' } });
    await app.settle();
    expect(screen.queryByRole('row', { name: /node-2/ })).toBeNull();
    expect(screen.getByText('1 of 2 · 1 not ready · 1 cordoned')).toBeDefined();
    expect(screen.getByRole('link', { name: 'node-1' }).getAttribute('href')).toBe('#/c/prod/nodes/node-1');
  });
});
