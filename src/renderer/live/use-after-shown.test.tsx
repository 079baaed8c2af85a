// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { FakeCore } from '../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../testing/fake-transport.ts';
import { AccessCache } from './access-cache.ts';
import { LiveRegistry } from './live-registry.ts';
import { ServicesProvider } from './services.ts';
import { useAfterShown } from './use-after-shown.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let clock: FakeClock;
let times: number;
const count = () => {
  times += 1;
};
beforeEach(() => {
  clock = new FakeClock();
  times = 0;
});
afterEach(cleanup);

function render() {
  const transport = new FakeTransport(new FakeCore().client());
  const { client } = transport;
  const live = new LiveRegistry({ client, transport, clock, frames: new FakeFrames() });
  const services = { client, transport, clock, live, access: new AccessCache(client, clock) };
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <ServicesProvider value={services}>{children}</ServicesProvider>
  );
  return renderHook(({ isShown }) => useAfterShown(isShown, count), { wrapper, initialProps: { isShown: false } });
}

const advance = (ms: number) => act(async () => clock.advance(ms));

it('calls once, a moment after what was asked for is on screen', async () => {
  const { rerender } = render();
  await advance(1000);
  rerender({ isShown: true });
  await advance(299);
  expect(times).toBe(0);
  await advance(1);
  rerender({ isShown: true });
  await advance(1000);
  expect(times).toBe(1);
});

it('does not call for what was left before', async () => {
  const { rerender, unmount } = render();
  rerender({ isShown: true });
  await advance(200);
  unmount();
  await advance(1000);
  expect(times).toBe(0);
  expect(clock.pendingTimers).toBe(0);
});
