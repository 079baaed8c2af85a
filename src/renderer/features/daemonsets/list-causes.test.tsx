// @vitest-environment happy-dom
import { act, cleanup, renderHook, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { AccessCache } from '../../live/access-cache.ts';
import { LiveRegistry } from '../../live/live-registry.ts';
import { ServicesProvider } from '../../live/services.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../../testing/fake-transport.ts';
import { renderApp } from '../../testing/render-app.tsx';
import { useCauses } from './use-causes.ts';

const live = { phase: 'live', since: 0 } as const;
const text = 'waits for node-1: crash loop';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

const rowOf = (name: string) => screen.getByRole('row', { name: new RegExp(`^Select ${name} `) });
let core: FakeCore;
let wait: (ms: number) => Promise<void>;

beforeEach(async () => {
  core = new FakeCore();
  const clock = new FakeClock();
  const view = aContextsView([aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2' } })]);
  const app = await renderApp(core, clock, { view, hash: '#/c/prod/daemonsets' });
  wait = async (ms) => {
    await app.settle();
    await act(async () => clock.advance(ms));
    await app.settle();
  };
});

it('a row that stays on screen and begins to fail says why; when it is whole again nobody asks', async () => {
  const whole = aDaemonSetRow('agent');
  core.causes = [{ uid: whole.uid, text, missingPodsAreYoung: false }];
  const become = async (row: typeof whole) => {
    core.daemonSets.push({ type: 'batch', state: live, upserted: [row], deletedUids: [] });
    await wait(300);
  };
  core.daemonSets.push({ type: 'full', state: live, rows: [whole] });
  await wait(6000);
  expect(core.calledWith('daemonSet.causes')).toEqual([]);

  await become({ ...whole, resourceVersion: '20', ready: 1, available: 1 });
  expect(core.calledWith('daemonSet.causes')).toHaveLength(1);
  expect(rowOf('agent').textContent).toContain(text);
  expect(screen.getByText('Degraded')).toBeDefined();

  await become({ ...whole, resourceVersion: '21' });
  await wait(20_000);
  expect(core.calledWith('daemonSet.causes')).toHaveLength(1);
  expect(screen.getByText('Rolled out')).toBeDefined();
});

it('every failing row on screen says why, ten at once, and later some at a time anew', async () => {
  const clock = new FakeClock();
  const client = core.client();
  const transport = new FakeTransport(client);
  const frames = new FakeFrames();
  const live = new LiveRegistry({ client, transport, clock, frames });
  const services = { client, transport, clock, live, access: new AccessCache(client, clock) };
  const rows = Array.from({ length: 12 }, (_, i) => aDaemonSetRow(`agent-${i}`, { ready: 1, available: 1 }));
  core.causes = rows.map(({ uid }) => ({ uid, text, missingPodsAreYoung: false }));
  const { result, rerender } = renderHook((visible: typeof rows) => useCauses('prod', visible), {
    initialProps: rows,
    wrapper: ({ children }) => <ServicesProvider value={services}>{children}</ServicesProvider>,
  });
  const asked = () =>
    core
      .calledWith('daemonSet.causes')
      .map((input) => (input as { targets: { name: string }[] }).targets.map(({ name }) => name));
  const names = rows.map(({ name }) => name);
  await act(async () => clock.advance(300));
  expect(asked()).toEqual([names.slice(0, 10), names.slice(10)]);
  expect([...result.current.keys()]).toEqual(rows.map(({ uid }) => uid));
  await act(async () => clock.advance(5000));
  expect(asked().slice(2)).toEqual([names.slice(0, 10)]);
  await act(async () => clock.advance(5000));
  expect(asked().slice(3)).toEqual([[...names.slice(10), ...names.slice(0, 8)]]);
  // One that was whole for a moment is asked about at once, the others are not asked about again for it.
  rerender(rows.map((row, i) => (i === 3 ? aDaemonSetRow(row.name) : row)));
  rerender(rows);
  await act(async () => clock.advance(300));
  expect(asked().slice(4)).toEqual([['agent-3', 'agent-8', 'agent-9']]);
});
