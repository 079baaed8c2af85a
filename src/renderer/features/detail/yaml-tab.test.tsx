// @vitest-environment happy-dom
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { renderApp } from '../../testing/render-app.tsx';

afterEach(cleanup);

it('the YAML tab says why the object cannot be read, and that it was deleted', async () => {
  const live = { phase: 'live', since: 0 } as const;
  const context = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2' } });
  const core = new FakeCore();
  const hash = '#/c/prod/daemonsets/logging/agent/yaml';
  const app = await renderApp(core, new FakeClock(), { view: aContextsView([context]), hash });
  await act(() => Promise.all([import('./index.ts'), import('./YamlTab.tsx')]).then(() => undefined));
  await app.settle();
  core.daemonSet.push({ state: live, value: { row: aDaemonSetRow('agent', { namespace: 'logging' }), gone: false } });
  await app.settle();
  await app.settle();
  expect(screen.getByText('Reading agent…')).toBeDefined();
  const error = { reason: 'Forbidden', message: 'You may not get daemonsets.apps.' } as const;
  core.object.push({ state: { phase: 'failed', error } });
  await app.settle();
  expect(screen.getByRole('alert').textContent).toContain('You may not get daemonsets.apps.');
  core.object.push({ state: live, value: { gone: true } });
  await app.settle();
  expect(screen.getByText('agent was deleted')).toBeDefined();
});
