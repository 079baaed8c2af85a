// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import {
  type ApprovedPlugin,
  type ContextsView,
  type CredentialPlugin,
  PLUGIN_POLICIES,
} from '../../../shared/contract/context.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { FakeCore, aContext, aContextsView } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';
import { POLICIES } from './plugin-words.ts';

const plugin: CredentialPlugin = {
  command: 'aws',
  args: ['eks', 'get-token', '--cluster-name', 'prod eu'],
  envNames: [],
  file: '/home/me/.kube/config',
  fingerprint: 'a'.repeat(64),
  approval: 'approved',
};
const known: ApprovedPlugin = { fingerprint: plugin.fingerprint, plugin, contextNames: ['eks', 'eks-2'] };
const unknown: ApprovedPlugin = { fingerprint: 'b'.repeat(64), contextNames: [] };

let core: FakeCore;
let clock: FakeClock;
let app: RenderedApp;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
  clock = new FakeClock();
});
afterEach(async () => {
  await act(async () => clock.advance(10_000));
  cleanup();
});

const view = (more: Partial<ContextsView> = {}) =>
  aContextsView([aContext('eks', { plugin })], { approvedPlugins: [known, unknown], ...more });

async function open(more: Partial<ContextsView> = {}): Promise<HTMLElement> {
  app = await renderApp(core, clock, { view: view(more), hash: '#/' });
  fireEvent.click(await screen.findByRole('button', { name: 'Credential plugins' }));
  return screen.findByRole('dialog', { name: 'Credential plugins' });
}

async function show(more: Partial<ContextsView>): Promise<void> {
  core.contexts.push(view(more));
  await app.settle();
}

describe('the settings of credential plugins', () => {
  it('are opened from the page of contexts and have kubectl’s three words, each explained', async () => {
    const dialog = within(await open());
    const group = within(dialog.getByRole('radiogroup', { name: 'Which of them may be run' }));
    expect(group.getAllByRole('radio')).toHaveLength(3);
    expect(POLICIES.map(({ policy }) => policy)).toEqual(PLUGIN_POLICIES);
    expect(group.getByRole('radio', { name: /Allowlist/, checked: true })).toBeDefined();
    expect(group.getByText(/can run a program as you/)).toBeDefined();
  });

  it('send what is chosen at once, and show what the core then says', async () => {
    const dialog = within(await open());
    fireEvent.click(dialog.getByRole('radio', { name: /DenyAll/ }));
    await app.settle();
    expect(core.calledWith('context.setPluginPolicy')).toEqual([{ policy: 'DenyAll' }]);
    expect(dialog.getByRole('radio', { name: /Allowlist/, checked: true })).toBeDefined();
    await show({ pluginPolicy: 'DenyAll' });
    expect(dialog.getByRole('radio', { name: /DenyAll/, checked: true })).toBeDefined();
    expect(dialog.getByText('They count again with Allowlist.')).toBeDefined();
  });

  it('list what was approved: the whole command, its file and contexts, or that no kubeconfig names it', async () => {
    const dialog = within(await open());
    const rows = dialog.getAllByRole('listitem');
    expect(rows[0]?.textContent).toContain('aws eks get-token --cluster-name "prod eu"');
    expect(rows[0]?.textContent).toContain('/home/me/.kube/config · for eks, eks-2');
    expect(rows[1]?.textContent).toContain('no kubeconfig names now, SHA-256 bbbbbbbbbbbb…');
  });

  it('forget one by its button, and keep the focus in the dialog when its row goes', async () => {
    const dialog = within(await open());
    const button = dialog.getByRole('button', { name: 'Forget aws' });
    button.focus();
    fireEvent.click(button);
    await app.settle();
    await show({ approvedPlugins: [unknown] });
    expect(core.calledWith('context.forgetPlugin')).toEqual([{ fingerprint: plugin.fingerprint }]);
    expect(dialog.queryByRole('button', { name: 'Forget aws' })).toBeNull();
    expect(document.activeElement).toBe(dialog.getByRole('heading', { name: 'Approved programs' }));
    await show({ approvedPlugins: [] });
    expect(dialog.getByText(/None yet/)).toBeDefined();
  });

  it('say why a change was not made', async () => {
    const dialog = within(await open());
    core.failure = new AppError({ reason: 'InternalError', message: 'The settings file cannot be written.' });
    fireEvent.click(dialog.getByRole('radio', { name: /AllowAll/ }));
    await app.settle();
    expect(dialog.getByRole('alert').textContent).toContain('It was not changed');
    fireEvent.click(dialog.getByRole('button', { name: 'Forget aws' }));
    await app.settle();
    expect(dialog.getAllByRole('alert').at(-1)?.textContent).toContain('The settings file cannot be written.');
  });

  it('close with Done and with Escape', async () => {
    const dialog = within(await open());
    fireEvent.click(dialog.getByRole('button', { name: 'Done' }));
    await app.settle(500);
    expect(screen.queryByRole('dialog', { name: 'Credential plugins' })).toBeNull();
  });
});

describe('a context that needs a plugin', () => {
  it('leads from its approval to the settings, which stay open when the choice changes its state', async () => {
    const waiting = aContext('eks', { plugin: { ...plugin, approval: 'waiting' } });
    app = await renderApp(core, clock, { view: aContextsView([waiting]), hash: '#/c/eks/daemonsets' });
    const question = await screen.findByRole('dialog', { name: 'Run this program to sign in to eks?' });
    fireEvent.click(within(question).getByRole('button', { name: 'Settings' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Credential plugins' }));
    fireEvent.click(dialog.getByRole('radio', { name: /AllowAll/ }));
    core.contexts.push(aContextsView([aContext('eks', { plugin })], { pluginPolicy: 'AllowAll' }));
    await app.settle();
    expect(dialog.getByRole('radio', { name: /AllowAll/, checked: true })).toBeDefined();
    expect(core.calledWith('context.approvePlugin')).toEqual([]);
  });

  it('that the policy refuses leads to the settings too', async () => {
    const error = { reason: 'CredentialPluginFailed', message: 'DenyAll' } as const;
    const denied = aContext('eks', {
      plugin: { ...plugin, approval: 'denied' },
      connection: { phase: 'refused', error },
    });
    app = await renderApp(core, clock, { view: aContextsView([denied]), hash: '#/c/eks/daemonsets' });
    fireEvent.click(screen.getByRole('button', { name: 'Credential plugins' }));
    expect(await screen.findByRole('dialog', { name: 'Credential plugins' })).toBeDefined();
  });
});
