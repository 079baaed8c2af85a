// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import type { CredentialPlugin } from '../../../shared/contract/context.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { FakeCore, aContext, aContextsView } from '../../testing/fake-core.ts';
import { renderApp } from '../../testing/render-app.tsx';
import { visibleArgument } from './plugin-words.ts';

const plugin: CredentialPlugin = {
  command: 'aws',
  args: ['eks', 'get-token', '--cluster-name', 'prod eu', '\u202etxt.exe'],
  envNames: ['AWS_PROFILE'],
  file: '/home/me/.kube/config',
  fingerprint: 'f'.repeat(64),
  approval: 'waiting',
};
const HASH = '#/c/eks/daemonsets';
let core: FakeCore;
let clock: FakeClock;

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

async function start() {
  const app = await renderApp(core, clock, { view: aContextsView([aContext('eks', { plugin })]), hash: HASH });
  const dialog = await screen.findByRole('dialog', { name: 'Run this program to sign in to eks?' });
  return { app, dialog };
}

describe('a context whose exec plugin waits for approval', () => {
  it('names command, arguments, environment and file before anything runs', async () => {
    const { dialog } = await start();
    for (const shown of ['aws', '--cluster-name', '"prod eu"', '\\u{202e}txt.exe', 'AWS_PROFILE', plugin.file]) {
      expect(within(dialog).getByText(shown)).toBeDefined();
    }
    expect(core.calledWith('context.approvePlugin')).toEqual([]);
    expect(core.calledWith('context.open')).toEqual([]);
  });

  it('is approved as it was shown, then opened, with "Run it"', async () => {
    const { app, dialog } = await start();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Run it' }));
    await app.settle();
    expect(core.calledWith('context.approvePlugin')).toEqual([{ contextName: 'eks', fingerprint: plugin.fingerprint }]);
    expect(core.calledWith('context.open')).toEqual([{ contextName: 'eks' }]);
  });

  it('stays closed with "Not now", and can be looked at again', async () => {
    const { app, dialog } = await start();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Not now' }));
    await app.settle();
    expect(screen.getByText('eks waits for your approval')).toBeDefined();
    expect(core.calledWith('context.approvePlugin')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Show the program' }));
    expect(await screen.findByRole('button', { name: 'Run it' })).toBeDefined();
  });

  it('says why when the kubeconfig changed meanwhile', async () => {
    const { app, dialog } = await start();
    core.failure = new AppError({ reason: 'Conflict', message: 'The kubeconfig has changed.' });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Run it' }));
    await app.settle();
    expect(within(dialog).getByRole('alert').textContent).toContain('The kubeconfig has changed.');
    expect(core.calledWith('context.open')).toEqual([]);
  });

  it('says while it runs what is waited for', async () => {
    const { app } = await start();
    const connection = { phase: 'connecting', since: 0, waitingFor: 'aws' } as const;
    core.contexts.push(aContextsView([aContext('eks', { plugin: { ...plugin, approval: 'approved' }, connection })]));
    await app.settle();
    expect(screen.getByText('Waiting for aws')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await app.settle();
    expect(core.calledWith('context.close')).toEqual([{ contextName: 'eks' }]);
  });
});

describe('an argument on screen', () => {
  it.each([
    ['plain', 'plain'],
    ['', '""'],
    ['a b', '"a b"'],
    ['zero\u200bwidth', 'zero\\u{200b}width'],
    ['two\nlines', 'two\\u{a}lines'],
  ])('%j hides nothing', (text, shown) => {
    expect(visibleArgument(text)).toBe(shown);
  });
});
