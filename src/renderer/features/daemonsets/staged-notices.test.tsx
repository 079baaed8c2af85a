// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import type { OpenStagedRollout } from '../../../shared/contract/staged-rollout.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const agent = aDaemonSetRow('agent', { namespace: 'logging' });
const heldOne: OpenStagedRollout = {
  namespace: 'logging',
  name: 'agent',
  uid: agent.uid,
  phase: 'held',
  nodes: 9,
  replaced: 3,
  why: 'Everynode ended while this ran. It has done nothing since.',
  runsElsewhere: false,
};

let core: FakeCore;
let app: RenderedApp;

async function open(hash: string, rollouts: readonly OpenStagedRollout[]): Promise<void> {
  const view = aContextsView([aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2' } })]);
  app = await renderApp(core, new FakeClock(), { view, hash });
  core.daemonSets.push({ type: 'full', state: live, rows: [agent] });
  await app.settle();
  core.openStaged.push({ state: live, value: rollouts });
  await app.settle();
}

const notices = () => within(screen.getByRole('region', { name: 'Staged rollouts' }));

beforeEach(() => {
  localStorage.clear();
  core = new FakeCore();
});
afterEach(cleanup);

it('the list tells of a staged rollout that was left, says why it is held, and leads to it', async () => {
  await open('#/c/prod/daemonsets', [heldOne]);
  expect(notices().getByRole('listitem').textContent).toContain(
    'Staged rollout of agent in logging is held, 3 of 9 nodes replaced. Everynode ended while this ran. It has done nothing since.',
  );
  const link = notices().getByRole('link', { name: 'Show the staged rollout of logging/agent' });
  expect(link.getAttribute('href')).toBe('#/c/prod/daemonsets/logging/agent');
  core.openStaged.push({ state: live, value: [] });
  await app.settle();
  expect(screen.queryByRole('region', { name: 'Staged rollouts' })).toBeNull();
});

it('one of a DaemonSet that is gone can be discarded, and only where the list would have it', async () => {
  const gone = { ...heldOne, name: 'former', uid: 'uid-of-one-that-is-gone' };
  await open('#/c/prod/daemonsets?ns=logging', [gone, { ...gone, namespace: 'shop', uid: 'another' }]);
  expect(notices().getByRole('link', { name: 'Show the staged rollout of shop/former' })).toBeDefined();
  fireEvent.click(notices().getByRole('button', { name: 'Discard the staged rollout of logging/former' }));
  await app.settle();
  const target = { contextName: 'prod', namespace: 'logging', name: 'former', uid: gone.uid };
  expect(core.calledWith('stagedRollout.stop')).toEqual([target]);
  expect(core.calledWith('stagedRollout.discard')).toEqual([target]);
});
