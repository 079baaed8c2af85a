// @vitest-environment happy-dom
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { aPodRow } from '../../../../tests/fakes/rows.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const context = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2' } });
const PAGE = '#/c/prod/daemonsets/logging/agent';
const MI = 1024 ** 2;

let core: FakeCore;
let app: RenderedApp;

async function open(hash: string): Promise<void> {
  app = await renderApp(core, new FakeClock(), { view: aContextsView([context]), hash });
  await act(() => Promise.all([import('./index.ts'), import('./MonitoringTab.tsx')]).then(() => undefined));
  await app.settle();
  core.daemonSet.push({ state: live, value: { row: aDaemonSetRow('agent', { namespace: 'logging' }), gone: false } });
  await app.settle();
  await app.settle();
}

async function sample(time: number, cpu: number): Promise<void> {
  const pods = [
    { name: 'agent-a', cpu, memory: 50 * MI },
    { name: 'agent-b', cpu: 0.01, memory: 20 * MI },
  ];
  core.podUsage.push({ state: live, value: { time, pods } });
  await app.settle();
}

beforeEach(() => {
  sessionStorage.clear();
  core = new FakeCore();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('shows now, peak and their share of the pod template, kept over the tabs of the page', async () => {
  await open(PAGE);
  await sample(15_000, 0.1);
  await sample(30_000, 0.05);
  await app.go(`${PAGE}/monitoring`);
  expect(await screen.findByRole('tab', { name: 'Monitoring', selected: true })).toBeDefined();
  await app.settle();
  const resources = { requests: { cpu: '100m', memory: '100Mi' }, limits: { cpu: '1' } };
  const jsonText = JSON.stringify({ spec: { template: { spec: { containers: [{ name: 'main', resources }] } } } });
  core.object.push({ state: live, value: { jsonText, gone: false } });
  await app.settle();
  expect(screen.getByText(/^2 samples since/)).toBeDefined();
  expect(screen.getByRole('row', { name: /^agent-a/ }).textContent).toBe('agent-a50m100m50%5%50Mi50Mi50%–');
  const link = screen.getByRole('link', { name: 'agent-a' });
  expect(link.getAttribute('href')).toBe('#/c/prod/pods/logging/agent-a');
  const label = 'CPU of 2 pods: highest 50m, median 10m, request 100m, limit 1000m';
  expect(screen.getByRole('img', { name: label })).toBeDefined();
  expect(core.podUsage.opened).toBe(1);
});

it.each([
  [{ reason: 'NotFound', message: 'not found' }, /no metrics API .* Install metrics-server/],
  [{ reason: 'Forbidden', message: 'You may not list pods.metrics.k8s.io in namespace logging.' }, /^You may not list/],
  [{ reason: 'ServiceUnavailable', message: 'no endpoints' }, /does not answer \(no endpoints\)/],
] as const)('says in one line why there are no figures: %j', async (error, words) => {
  await open(`${PAGE}/monitoring`);
  core.podUsage.push({ state: { phase: 'failed', error } });
  await app.settle();
  expect(screen.getByText(words)).toBeDefined();
  expect(screen.queryByRole('alert')).toBeNull();
});

it('puts CPU and memory beside the pods, where there are any', async () => {
  // A page as wide as any.
  const matches = { matches: false, addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal('matchMedia', () => matches);
  await open(PAGE);
  core.pods.push({ type: 'full', state: live, rows: [aPodRow({ uid: 'a', name: 'agent-a' })] });
  await app.settle();
  expect(screen.queryByRole('columnheader', { name: /CPU/ })).toBeNull();
  await sample(15_000, 0.034);
  expect(screen.getByRole('columnheader', { name: /CPU/ })).toBeDefined();
  expect(screen.getByRole('row', { name: /agent-a/ }).textContent).toContain('34m50Mi');
});
