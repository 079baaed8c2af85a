// @vitest-environment happy-dom
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const text = 'waits for node-1: crash loop';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

it('a row that stays on screen and begins to fail says why; when it is whole again nobody asks', async () => {
  const core = new FakeCore();
  const clock = new FakeClock();
  const view = aContextsView([aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2' } })]);
  const app = await renderApp(core, clock, { view, hash: '#/c/prod/daemonsets' });
  const whole = aDaemonSetRow('agent');
  core.causes = [{ uid: whole.uid, text, missingPodsAreYoung: false }];
  const wait = async (ms: number) => {
    await act(async () => clock.advance(ms));
    await app.settle();
  };
  const become = async (row: typeof whole) => {
    core.daemonSets.push({ type: 'batch', state: live, upserted: [row], deletedUids: [] });
    await app.settle();
    await wait(300);
  };

  core.daemonSets.push({ type: 'full', state: live, rows: [whole] });
  await app.settle();
  await wait(6000);
  expect(core.calledWith('daemonSet.causes')).toEqual([]);

  await become({ ...whole, resourceVersion: '20', ready: 1, available: 1 });
  expect(core.calledWith('daemonSet.causes')).toHaveLength(1);
  expect(screen.getByRole('row', { name: /agent/ }).textContent).toContain(text);
  expect(screen.getByText('Degraded')).toBeDefined();

  await become({ ...whole, resourceVersion: '21' });
  await wait(20_000);
  expect(core.calledWith('daemonSet.causes')).toHaveLength(1);
  expect(screen.getByText('Rolled out')).toBeDefined();
});
