// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { AccessCache } from '../../live/access-cache.ts';
import { LiveRegistry } from '../../live/live-registry.ts';
import { ServicesProvider } from '../../live/services.ts';
import { FakeCore } from '../../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../../testing/fake-transport.ts';
import { useThrottled } from './use-throttled.ts';

function Shown({ value, everyMs }: { readonly value: number; readonly everyMs: number }) {
  return <output>{useThrottled(value, everyMs)}</output>;
}

function harness() {
  const clock = new FakeClock();
  const client = new FakeCore().client();
  const transport = new FakeTransport(client);
  const live = new LiveRegistry({ client, transport, clock, frames: new FakeFrames() });
  const services = { client, transport, clock, live, access: new AccessCache(client, clock) };
  const tree = (value: number, everyMs: number) => (
    <ServicesProvider value={services}>
      <Shown value={value} everyMs={everyMs} />
    </ServicesProvider>
  );
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const { rerender } = render(tree(0, 0));
  return { clock, show: (value: number, everyMs: number) => act(async () => rerender(tree(value, everyMs))) };
}

afterEach(cleanup);

describe('a value that changes too often', () => {
  it('is shown now and then, and the last one always', async () => {
    const { clock, show } = harness();
    await act(async () => clock.advance(1000));
    await show(1, 400);
    expect(screen.getByRole('status').textContent).toBe('1');
    for (const value of [2, 3, 4]) await show(value, 400);
    expect(screen.getByRole('status').textContent).toBe('1');
    await act(async () => clock.advance(400));
    expect(screen.getByRole('status').textContent).toBe('4');
    expect(clock.pendingTimers).toBe(0);
  });

  it('is shown at once when nothing is held back', async () => {
    const { show } = harness();
    await show(7, 0);
    expect(screen.getByRole('status').textContent).toBe('7');
  });
});
