// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { aPodRow, aRevisionRow } from '../../../../tests/fakes/rows.ts';
import type { PodView } from '../../../shared/contract/pod.ts';
import { FakeCore, aContext, aContextsView } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const context = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2', userName: 'jane' } });

let core: FakeCore;
let app: RenderedApp;

async function open(view: PodView): Promise<void> {
  app = await renderApp(core, new FakeClock(), {
    view: aContextsView([context]),
    hash: '#/c/prod/pods/logging/agent-x',
  });
  // The page is loaded when it is first needed.
  await act(() => import('./index.ts').then(() => undefined));
  await app.settle();
  core.pod.push({ state: live, value: view });
  await app.settle();
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
});
afterEach(cleanup);

describe('the page of a pod', () => {
  it('shows its state, conditions with reason, scheduling, volumes and containers', async () => {
    await open(aPodView());
    expect(screen.getByRole('heading', { name: 'agent-x' })).toBeDefined();
    expect(screen.getByText('CrashLoopBackOff 0/1')).toBeDefined();
    const conditions = within(screen.getByRole('region', { name: 'Conditions' }));
    expect(conditions.getByRole('row', { name: /Ready False .* ContainersNotReady: main is not ready/ })).toBeDefined();
    const scheduling = within(screen.getByRole('region', { name: 'Scheduling' }));
    expect(scheduling.getByText('Burstable')).toBeDefined();
    expect(scheduling.getByText('must run on a node with metadata.name=node-001')).toBeDefined();
    const volumes = within(screen.getByRole('region', { name: 'Volumes' }));
    expect(volumes.getByText('host path /var/log')).toBeDefined();
    expect(volumes.getByText('main at /var/log')).toBeDefined();
    const container = within(screen.getByRole('region', { name: 'Container main' }));
    expect(container.getByText('Terminated: Error, exit code 1')).toBeDefined();
    expect(container.getByText('sha256:abc')).toBeDefined();
    expect(container.getByRole('button', { name: 'Copy the image ID of main' })).toBeDefined();
    expect(container.getByText('TOKEN from Secret api, key token')).toBeDefined();
  });

  it('leads to its DaemonSet, its node and its logs, and names its revision', async () => {
    await open(aPodView());
    const link = (name: string) => screen.getByRole('link', { name }).getAttribute('href');
    expect(link('agent')).toBe('#/c/prod/daemonsets/logging/agent');
    expect(link('node-001')).toBe('#/c/prod/nodes/node-001');
    expect(link('Logs')).toBe('#/c/prod/daemonsets/logging/agent/logs?pod=agent-x');
    core.revisions.push({
      state: live,
      value: [aRevisionRow({ revision: 7, hash: 'old' }), aRevisionRow({ revision: 8, hash: 'new' })],
    });
    await app.settle();
    expect(screen.getByText('#7 · old')).toBeDefined();
  });

  it('has a log of its own, by which pods of other owners are read', async () => {
    const view = aPodView();
    if (!view.details) throw new Error('a pod without details');
    await open({ ...view, details: { ...view.details, owner: { kind: 'ReplicaSet', name: 'web', uid: 'u' } } });
    const href = screen.getByRole('link', { name: 'Logs' }).getAttribute('href') ?? '';
    expect(href).toBe('#/c/prod/pods/logging/agent-x/log');
    await act(() => import('./PodLogTab.tsx').then(() => undefined));
    await app.go(`${href}?container=main&run=previous`);
    expect(await screen.findByRole('region', { name: 'Log viewer' })).toBeDefined();
    await app.settle();
    const target = { namespace: 'logging', name: 'agent-x', container: 'main', previous: true };
    expect(core.calledWith('log.read').at(-1)).toMatchObject(target);
  });

  it('is deleted or evicted from its head, by its uid', async () => {
    await open(aPodView());
    fireEvent.click(screen.getByRole('button', { name: 'Actions for agent-x' }));
    await app.settle();
    expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual(['Evict…', 'Delete…']);
    fireEvent.click(screen.getByRole('menuitem', { name: 'Delete…' }));
    await act(() => import('../operations/PodDialog.tsx').then(() => undefined));
    const dialog = within(await screen.findByRole('dialog', { name: 'Delete agent-x' }));
    fireEvent.click(dialog.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(core.calls.map(({ method }) => method)).toContain('pod.delete'));
    expect(core.calls.find(({ method }) => method === 'pod.delete')?.input).toMatchObject({
      namespace: 'logging',
      name: 'agent-x',
      uid: aPodView().row?.uid,
    });
  });

  it('keeps its last state when it is gone, and says so', async () => {
    await open(aPodView());
    core.pod.push({ state: live, value: { ...aPodView(), gone: true } });
    await app.settle();
    expect(screen.getByText('This pod was deleted. What is shown is its last state.')).toBeDefined();
    expect(screen.getByText('gone, was CrashLoopBackOff 0/1')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Actions for agent-x' })).toBeNull();
    expect(screen.getByRole('region', { name: 'Container main' })).toBeDefined();
  });

  it('is not taken for another pod of its name, which is shown when asked for', async () => {
    await open({ ...aPodView(), gone: true, replacedByUid: 'other' });
    expect(screen.getByText(/another pod has its name now/)).toBeDefined();
    const before = core.pod.opened;
    fireEvent.click(screen.getByRole('button', { name: 'Show the new one' }));
    await app.settle();
    expect(core.pod.opened).toBe(before + 1);
  });

  it('has its events, its environment with its own fields, what its containers use, and its YAML', async () => {
    await open(aPodView());
    await act(() =>
      Promise.all([
        import('./PodEventsTab.tsx'),
        import('./PodMonitoringTab.tsx'),
        import('./PodEnvironmentTab.tsx'),
        import('./PodYamlTab.tsx'),
      ]).then(() => undefined),
    );
    const choose = async (name: string) => {
      fireEvent.click(screen.getByRole('tab', { name }));
      expect(await screen.findByRole('tab', { name, selected: true })).toBeDefined();
      // React shows what was loaded some time after the words that it is being loaded.
      await waitFor(() => expect(screen.queryByText('Loading…')).toBeNull());
      await app.settle();
    };
    await choose('Events');
    core.podEvents.push({ type: 'full', state: live, rows: [] });
    await app.settle();
    expect(screen.getByText('No events of agent-x')).toBeDefined();
    await choose('Monitoring');
    const pods = [{ name: 'main', cpu: 0.05, memory: 0 }];
    core.containerUsage.push({ state: live, value: { time: 15_000, pods } });
    await app.settle();
    expect(screen.getByRole('row', { name: /^main/ }).textContent).toContain('main50m50m50%–');
    await choose('Environment');
    const env = [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }];
    const jsonText = JSON.stringify({ spec: { nodeName: 'node-007', containers: [{ name: 'main', env }] } });
    core.object.push({ state: live, value: { jsonText, gone: false } });
    await app.settle();
    expect(screen.getByRole('row', { name: /^NODE node-007/ })).toBeDefined();
    await choose('YAML');
    core.object.push({ state: live, value: { gone: true } });
    await app.settle();
    expect(screen.getByText('agent-x was deleted')).toBeDefined();
  });

  it('says why the server ended it, and that a pod which never was is not there', async () => {
    const view = aPodView();
    const details = { ...NO_DETAILS, statusReason: 'Evicted', statusMessage: 'The node was low on memory.' };
    await open({ ...view, details });
    expect(screen.getByText('Evicted: The node was low on memory.')).toBeDefined();
    cleanup();
    core = new FakeCore();
    await open({ containers: [], conditions: [], gone: true });
    expect(screen.getByText('There is no pod “agent-x” in namespace logging')).toBeDefined();
  });
});

const NO_DETAILS = { volumes: [], nodeSelector: {}, tolerations: [], affinity: [], hostNetwork: false };

function aPodView(): PodView {
  return {
    gone: false,
    row: aPodRow({
      name: 'agent-x',
      reason: 'CrashLoopBackOff',
      ready: false,
      readyContainers: 0,
      revisionHash: 'old',
    }),
    conditions: [
      {
        type: 'Ready',
        status: 'False',
        reason: 'ContainersNotReady',
        message: 'main is not ready',
        since: '2026-01-01T00:00:00Z',
      },
    ],
    details: {
      ...NO_DETAILS,
      owner: { kind: 'DaemonSet', name: 'agent', uid: 'uid-agent' },
      volumes: [{ name: 'varlog', source: 'host path /var/log', mountedBy: ['main at /var/log'] }],
      affinity: ['must run on a node with metadata.name=node-001'],
      qosClass: 'Burstable',
    },
    containers: [
      {
        name: 'main',
        kind: 'worker',
        image: 'registry.example/agent:1',
        imageID: 'sha256:abc',
        ready: false,
        restarts: 6,
        state: { kind: 'waiting', reason: 'CrashLoopBackOff', message: 'back-off 5m0s' },
        lastState: { kind: 'terminated', reason: 'Error', exitCode: 1 },
        ports: [],
        probes: [],
        requests: { cpu: '100m' },
        limits: {},
        mounts: ['/var/log from varlog (read-only)'],
        env: ['TOKEN from Secret api, key token'],
      },
    ],
  };
}
