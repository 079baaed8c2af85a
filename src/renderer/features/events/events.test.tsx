// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { anEvent } from '../../../../tests/fakes/rows.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const context = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2', userName: 'jane' } });
const agent = aDaemonSetRow('agent', { namespace: 'logging' });
const created = anEvent({
  uid: 'created',
  type: 'Normal',
  reason: 'SuccessfulCreate',
  message: 'Created pod: agent-x7k2p',
  about: { kind: 'DaemonSet', name: 'agent', namespace: 'logging', uid: agent.uid },
});
const pressure = anEvent({
  uid: 'pressure',
  reason: 'EvictionThresholdMet',
  about: { kind: 'Node', name: 'node-1' },
});

let core: FakeCore;
let app: RenderedApp;

async function open(hash: string): Promise<void> {
  app = await renderApp(core, new FakeClock(), { view: aContextsView([context]), hash });
  await act(() =>
    Promise.all([import('./index.ts'), import('../detail/index.ts'), import('../detail/EventsTab.tsx')]).then(
      () => undefined,
    ),
  );
  await app.settle();
}

async function openTab(): Promise<void> {
  await open('#/c/prod/daemonsets/logging/agent/events');
  core.daemonSet.push({ state: live, value: { row: agent, gone: false } });
  await app.settle();
  await app.settle();
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
});
afterEach(cleanup);

describe('the events of a DaemonSet', () => {
  it('come in groups, with those of its nodes, and open to single ones', async () => {
    await openTab();
    const twice = [
      anEvent({ count: 3 }),
      anEvent({ uid: 'second', about: { ...anEvent().about, name: 'agent-b5j4n', uid: 'b' } }),
    ];
    core.events.push({ type: 'full', state: live, rows: [created, ...twice] });
    core.nodeWarnings.push({ type: 'full', state: live, rows: [pressure] });
    await app.settle();
    const table = within(screen.getByRole('grid', { name: 'Events' }));
    expect(table.getByRole('row', { name: /Warning.*EvictionThresholdMet.*Node node-1/ })).toBeDefined();
    fireEvent.click(table.getByRole('row', { name: /Unhealthy.*2 Pods.*Readiness probe failed.*4/ }));
    await app.settle();
    const single = within(screen.getByRole('list', { name: 'Unhealthy: 2 events' }));
    expect(single.getByRole('link', { name: 'Pod logging/agent-b5j4n' }).getAttribute('href')).toBe(
      '#/c/prod/daemonsets/logging/agent?pod=agent-b5j4n',
    );
  });

  it('are chosen by type and by words', async () => {
    await openTab();
    core.events.push({ type: 'full', state: live, rows: [created, anEvent()] });
    await app.settle();
    fireEvent.click(screen.getByRole('radio', { name: 'Normal' }));
    await app.settle();
    expect(screen.queryByRole('row', { name: /Unhealthy/ })).toBeNull();
    expect(screen.getByRole('row', { name: /SuccessfulCreate/ })).toBeDefined();
    fireEvent.change(screen.getByRole('textbox', { name: 'Filter events' }), { target: { value: 'nothing like it' } });
    await app.settle();
    expect(screen.getByText('No event matches the filter.')).toBeDefined();
  });

  it('are shown where those of the nodes may not be read, which is said', async () => {
    await openTab();
    const error = { reason: 'Forbidden', message: 'You may not list events in namespace default.' } as const;
    core.events.push({ type: 'full', state: live, rows: [created] });
    core.nodeWarnings.push({ type: 'full', state: { phase: 'failed', error }, rows: [] });
    await app.settle();
    expect(screen.getByRole('row', { name: /SuccessfulCreate/ })).toBeDefined();
    expect(screen.getByText('You may not list events in namespace default.')).toBeDefined();
  });

  it('of which there are none is said', async () => {
    await openTab();
    core.events.push({ type: 'full', state: live, rows: [] });
    await app.settle();
    expect(screen.getByText('No events of agent')).toBeDefined();
  });
});

describe('the page of events', () => {
  it('has the warnings of the namespaces, counted in the sidebar, each leading to what it is about', async () => {
    await open('#/c/prod/events');
    core.daemonSets.push({ type: 'full', state: live, rows: [agent] });
    const foreign = anEvent({
      uid: 'f',
      reason: 'Failed',
      about: { kind: 'Pod', name: 'web-7d9f-abcde', namespace: 'shop' },
    });
    core.warnings.push({ type: 'full', state: live, rows: [anEvent(), foreign] });
    await app.settle();
    expect(screen.getByRole('link', { name: 'Events 2' }).getAttribute('aria-current')).toBe('page');
    expect(screen.getByRole('link', { name: 'Pod agent-x7k2p' }).getAttribute('href')).toBe(
      '#/c/prod/daemonsets/logging/agent?pod=agent-x7k2p',
    );
    expect(screen.getByRole('link', { name: 'Pod web-7d9f-abcde' }).getAttribute('href')).toBe(
      '#/c/prod/pods/shop/web-7d9f-abcde',
    );
    expect(screen.getByText('warnings of all namespaces')).toBeDefined();
    // All of them are warnings.
    expect(screen.queryByRole('columnheader', { name: /Type/ })).toBeNull();
  });

  it('says why it cannot be read', async () => {
    await open('#/c/prod/events');
    const error = { reason: 'Forbidden', message: 'You may not list events.' } as const;
    core.warnings.push({ type: 'full', state: { phase: 'failed', error }, rows: [] });
    await app.settle();
    expect(screen.getByRole('alert').textContent).toContain('You may not list events.');
  });
});
