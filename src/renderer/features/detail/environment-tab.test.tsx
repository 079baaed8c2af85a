// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { aPodRow } from '../../../../tests/fakes/rows.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const context = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2' } });
const HASH = '#/c/prod/daemonsets/logging/agent/environment';

let core: FakeCore;
let app: RenderedApp;

async function open(containers: readonly object[]): Promise<void> {
  app = await renderApp(core, new FakeClock(), { view: aContextsView([context]), hash: HASH });
  // The tab is loaded when it is first needed.
  await act(() => Promise.all([import('./index.ts'), import('./EnvironmentTab.tsx')]).then(() => undefined));
  await app.settle();
  core.daemonSet.push({ state: live, value: { row: aDaemonSetRow('agent', { namespace: 'logging' }), gone: false } });
  await app.settle();
  await app.settle();
  const jsonText = JSON.stringify({ spec: { template: { spec: { containers } } } });
  core.object.push({ state: live, value: { jsonText, gone: false } });
  await app.settle();
}

const variable = (name: string) => screen.getByRole('row', { name: new RegExp(`^${name} `) });

beforeEach(() => {
  sessionStorage.clear();
  core = new FakeCore();
});
afterEach(cleanup);

const fromSecret = (name: string, secret: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: secret, key: 'token' } },
});

it('shows values with their sources, and which of a doubled name wins', async () => {
  core.configMaps = { settings: { state: 'read', values: { LEVEL: 'info' }, binaryKeys: [] } };
  const env = [
    { name: 'LEVEL', value: 'debug' },
    { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
  ];
  await open([{ name: 'main', envFrom: [{ configMapRef: { name: 'settings' } }], env }]);
  const [bulk, own] = screen.getAllByRole('row', { name: /^LEVEL / });
  expect(bulk?.textContent).toContain('Not used: a later declaration of the name wins (value).');
  expect(bulk?.textContent).toContain('ConfigMap settings, key LEVEL (envFrom)');
  expect(own?.textContent).toContain('debug');
  expect(variable('NODE').textContent).toContain('set for each pod');
  fireEvent.change(screen.getByRole('textbox', { name: 'Filter variables' }), { target: { value: 'node' } });
  await app.settle();
  expect(screen.queryAllByRole('row', { name: /^LEVEL / })).toEqual([]);
});

it('asks for the value of a Secret only when told to, and forgets it on leaving', async () => {
  core.secretKeys = { api: { state: 'read', keys: ['token'] } };
  core.secretValue = { state: 'read', text: 'hush-hush' };
  const env = [fromSecret('TOKEN', 'api'), { name: 'URL', value: 'https://u:$(TOKEN)@host' }];
  await open([{ name: 'main', env }]);
  expect(core.calledWith('config.secretValue')).toEqual([]);
  expect(within(variable('URL')).getByText('@host')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Reveal the value of TOKEN' }));
  await app.settle();
  expect(core.calledWith('config.secretValue')).toEqual([
    { contextName: 'prod', namespace: 'logging', name: 'api', key: 'token' },
  ]);
  expect(variable('TOKEN').textContent).toContain('hush-hush');
  expect(variable('URL').textContent).toContain('https://u:hush-hush@host');
  fireEvent.click(screen.getByRole('button', { name: 'Hide the value of TOKEN' }));
  await app.settle();
  expect(document.body.textContent).not.toContain('hush-hush');
  fireEvent.click(screen.getByRole('button', { name: 'Reveal the value of TOKEN' }));
  await app.settle();
  await app.go('#/c/prod/daemonsets/logging/agent/events');
  await app.settle();
  expect(await screen.findByRole('tab', { name: 'Events', selected: true })).toBeDefined();
  await app.go(HASH);
  expect(await screen.findByRole('tab', { name: 'Environment', selected: true })).toBeDefined();
  await app.settle();
  expect(document.body.textContent).not.toContain('hush-hush');
});

it('resolves the fields of a pod that is chosen, and says when that pod is gone', async () => {
  const env = [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }];
  await open([{ name: 'main', env }]);
  core.pods.push({ type: 'full', state: live, rows: [aPodRow({ uid: 'p', name: 'agent-x' })] });
  await app.settle();
  fireEvent.click(screen.getByRole('combobox', { name: 'Fields of pod' }));
  fireEvent.click(await screen.findByRole('option', { name: 'agent-x' }));
  await app.settle();
  const jsonText = JSON.stringify({ spec: { nodeName: 'node-007', containers: [{ name: 'main', env }] } });
  core.object.push({ state: live, value: { jsonText, gone: false } });
  await app.settle();
  expect(variable('NODE').textContent).toContain('node-007');
  core.object.push({ state: live, value: { jsonText, gone: true } });
  await app.settle();
  expect(screen.getByText('agent-x was deleted. What is shown is its last state.')).toBeDefined();
});

it('takes for a limit that is not set what the pod’s node can give, and says so', async () => {
  const env = [{ name: 'CPUS', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } }];
  await open([{ name: 'main', env }]);
  expect(variable('CPUS').textContent).toContain('set for each pod');
  expect(core.node.opened).toBe(0);
  core.pods.push({ type: 'full', state: live, rows: [aPodRow({ uid: 'p', name: 'agent-x' })] });
  await app.settle();
  fireEvent.click(screen.getByRole('combobox', { name: 'Fields of pod' }));
  fireEvent.click(await screen.findByRole('option', { name: 'agent-x' }));
  await app.settle();
  const jsonText = JSON.stringify({ spec: { nodeName: 'node-007', containers: [{ name: 'main', env }] } });
  core.object.push({ state: live, value: { jsonText, gone: false } });
  await app.settle();
  expect(variable('CPUS').textContent).toContain('reading…');
  const error = { reason: 'Forbidden', message: 'You may not get nodes.' } as const;
  core.node.push({ state: { phase: 'failed', error } });
  await app.settle();
  expect(variable('CPUS').textContent).toContain('Node node-007 cannot be read: You may not get nodes.');
  const details = { conditions: [], addresses: [], capacity: { cpu: '8' }, allocatable: { cpu: '6500m' }, info: {} };
  core.node.push({ state: live, value: { gone: false, details } });
  await app.settle();
  expect(variable('CPUS').textContent).toContain('7');
  expect(variable('CPUS').textContent).toContain('this is what node-007 can give (allocatable)');
});

it('says of one Secret that it may not be read, and shows the rest', async () => {
  core.secretKeys = {
    api: { state: 'unreadable', why: 'You may not get secrets in namespace logging.' },
    open: { state: 'read', keys: ['token'] },
  };
  const secretKeyRef = { name: 'perhaps', key: 'token', optional: true };
  const env = [
    fromSecret('SHUT', 'api'),
    fromSecret('TOKEN', 'open'),
    fromSecret('NONE', 'gone'),
    { name: 'PERHAPS', valueFrom: { secretKeyRef } },
  ];
  await open([{ name: 'main', env }, { name: 'bare' }]);
  const notes = screen.getAllByText(/^Secret .*(cannot be read|does not exist)/).map((note) => note.textContent);
  expect(notes).toEqual([
    'Secret api cannot be read: You may not get secrets in namespace logging.',
    'Secret gone does not exist in namespace logging.',
  ]);
  expect(screen.getByRole('button', { name: 'Reveal the value of TOKEN' })).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Reveal the value of SHUT' })).toBeNull();
  expect(variable('NONE').textContent).toContain('it is not optional: a new container does not start');
  expect(variable('PERHAPS').textContent).toContain('It is optional: nothing is set.');
  expect(screen.getByText('It declares no variable.')).toBeDefined();
});
