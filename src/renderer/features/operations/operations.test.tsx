// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { OPERATION_CASES } from '../../../../tests/operations/operation-cases.ts';
import type { AccessCheck } from '../../../shared/contract/cluster.ts';
import type { GuardLevel } from '../../../shared/contract/context.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';
import { MANY_OPERATIONS, OPERATIONS, type Operation, operationWords, rightCheck, whyNotOffered } from './operation.ts';

const live = { phase: 'live', since: 0 } as const;
const ROLLING = { type: 'RollingUpdate', maxUnavailable: 1, maxSurge: 0 } as const;
const READ_ONLY = 'This context is read-only (guard level).';
let core: FakeCore;
let app: RenderedApp;
let clock: FakeClock;

beforeEach(() => {
  localStorage.clear();
  core = new FakeCore();
  clock = new FakeClock();
});
afterEach(async () => {
  await act(async () => clock.advance(10_000));
  cleanup();
});

/** The list with two rows on which the operation can be done. */
async function show(operation: Operation, guardLevel: GuardLevel = 'free'): Promise<void> {
  const connection = { ...live, serverVersion: 'v1.37.2' } as const;
  const view = aContextsView([aContext('prod', { connection, guardLevel })]);
  app = await renderApp(core, clock, { view, hash: '#/c/prod/daemonsets' });
  const strategy =
    whyNotOffered(operation, { strategy: ROLLING }) === undefined ? ROLLING : ({ type: 'OnDelete' } as const);
  const rows = ['agent', 'probe'].map((name) => aDaemonSetRow(name, { namespace: 'default', strategy }));
  core.daemonSets.push({ type: 'full', state: live, rows });
  await app.settle();
}

async function menuItem(operation: Operation): Promise<HTMLElement> {
  fireEvent.click(screen.getByRole('button', { name: 'Actions for agent' }));
  await app.settle();
  return screen.getByRole('menuitem', { name: new RegExp(`^${operationWords(operation)}…`) });
}

async function barButton(operation: Operation): Promise<HTMLElement> {
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select all 2' }));
  await app.settle();
  return screen.getByRole('button', { name: new RegExp(`^${operationWords(operation)}…`) });
}

/** Says no to one right, in words that only this test knows. */
function withhold({ verb, resource }: AccessCheck): string {
  const reason = `may not ${verb} ${resource} here`;
  core.access = (asked) =>
    asked.verb === verb && asked.resource === resource ? { allowed: false, reason } : { allowed: true };
  return reason;
}

describe.each(OPERATIONS)('%s in a menu', (operation) => {
  it('is disabled with the right that is missing', async () => {
    const reason = withhold(rightCheck(operation, 'default'));
    await show(operation);
    const item = await menuItem(operation);
    expect(item.textContent).toBe(`${operationWords(operation)}…${reason}`);
    expect(item.getAttribute('data-disabled')).toBe('true');
  });

  it('is disabled in a read-only context, with the reason', async () => {
    await show(operation, 'read-only');
    const item = await menuItem(operation);
    expect(item.textContent).toContain(READ_ONLY);
    expect(item.getAttribute('data-disabled')).toBe('true');
  });
});

describe.each(MANY_OPERATIONS)('%s of many', (operation) => {
  it('is disabled with the right that is missing', async () => {
    const reason = withhold(rightCheck(operation, 'default'));
    await show(operation);
    const button = await barButton(operation);
    expect(button.textContent).toBe(`${operationWords(operation)}…${reason}`);
    expect(button.getAttribute('aria-disabled')).toBe('true');
  });

  it('is disabled in a read-only context, with the reason', async () => {
    await show(operation, 'read-only');
    const button = await barButton(operation);
    expect(button.textContent).toContain(READ_ONLY);
    expect(button.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('the same with kubectl', () => {
  it.each(['redeploy', 'pause', 'resume', 'delete'] as const)(
    'is shown of %s as the core answers it',
    async (operation) => {
      const found = OPERATION_CASES.find((each) => each.operation === operation);
      // The core's case orphans the pods; the dialog begins with the server's own default.
      const words = (found?.kubectl({ name: 'agent', pod: '', node: '' }) ?? '').replace('=orphan', '=background');
      await show(operation);
      fireEvent.click(await menuItem(operation));
      const dialog = await screen.findByRole(
        'dialog',
        { name: `${operationWords(operation)} agent` },
        { timeout: 5000 },
      );
      expect(dialog.querySelector('code[class*="kubectl"]')?.textContent).toBe(`kubectl --context prod ${words}`);
    },
  );
});
