// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const context = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2' } });
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

let core: FakeCore;
let app: RenderedApp;

async function open(metadata: object): Promise<void> {
  const hash = '#/c/prod/daemonsets/logging/agent/metadata';
  app = await renderApp(core, new FakeClock(), { view: aContextsView([context]), hash });
  await act(() => Promise.all([import('./index.ts'), import('./MetadataTab.tsx')]).then(() => undefined));
  await app.settle();
  core.daemonSet.push({ state: live, value: { row: aDaemonSetRow('agent', { namespace: 'logging' }), gone: false } });
  await app.settle();
  await app.settle();
  const template = { metadata: { labels: { app: 'agent' } } };
  const jsonText = JSON.stringify({ metadata, spec: { template }, status: { observedGeneration: 1 } });
  core.object.push({ state: live, value: { jsonText, gone: false } });
  await app.settle();
}

beforeEach(() => {
  core = new FakeCore();
});
afterEach(cleanup);

it('folds long values and what kubectl apply keeps, until they are asked for', async () => {
  await open({
    uid: 'u-1',
    generation: 2,
    labels: { app: 'agent' },
    annotations: { long: `${'x'.repeat(200)}END`, [LAST_APPLIED]: '{"secret":"in-plain"}' },
  });
  expect(screen.getByRole('row', { name: /^app agent/ }).textContent).toBe('appagentCopyagentCopy');
  expect(screen.queryByText(/END/)).toBeNull();
  expect(document.querySelector('main')?.textContent).not.toContain('in-plain');
  expect(screen.getByText(/as kubectl apply sent it last/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Show all of annotation long' }));
  fireEvent.click(screen.getByRole('button', { name: `Show all of annotation ${LAST_APPLIED}` }));
  await app.settle();
  expect(screen.getByText(/END$/)).toBeDefined();
  expect(screen.getByText('{"secret":"in-plain"}')).toBeDefined();
  expect(screen.getByText('2, of which the controller has seen 1')).toBeDefined();
});

it('filters, and leads to the edit of labels and annotations', async () => {
  await open({ labels: { app: 'agent', team: 'core' } });
  fireEvent.change(screen.getByRole('textbox', { name: /^Filter labels/ }), { target: { value: 'core' } });
  await app.settle();
  expect(screen.queryByRole('row', { name: /^app/ })).toBeNull();
  expect(screen.getByRole('row', { name: /^team core/ })).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Edit labels and annotations' }));
  await act(() => import('../edit/EditDialog.tsx').then(() => undefined));
  await app.settle();
  expect(await screen.findByRole('dialog')).toBeDefined();
});
