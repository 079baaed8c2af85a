import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { FakeCore } from '../testing/fake-core.ts';
import { FakeTransport } from '../testing/fake-transport.ts';
import { wayBack } from './way-back.ts';

function waiting() {
  const clock = new FakeClock();
  const transport = new FakeTransport(new FakeCore().client());
  const controller = new AbortController();
  let isBack = false;
  void wayBack({ transport, clock, delayMs: 500, signal: controller.signal }).then(() => (isBack = true));
  return { clock, transport, controller, isBack: () => isBack };
}

describe('the way back to the core', () => {
  it('is there when the transport is open again', async () => {
    const { clock, transport, isBack } = waiting();
    transport.setState({ phase: 'lost', since: 0 });
    await clock.advance(0);
    expect(isBack()).toBe(false);
    transport.setState({ phase: 'open', since: 1 });
    await clock.advance(0);
    expect([isBack(), clock.pendingTimers]).toEqual([true, 0]);
  });

  it('is tried after the delay when nothing tells of it', async () => {
    const { clock, isBack } = waiting();
    await clock.advance(499);
    expect(isBack()).toBe(false);
    await clock.advance(1);
    expect(isBack()).toBe(true);
  });

  it('is not waited for by one who has left', async () => {
    const { clock, controller, isBack } = waiting();
    controller.abort();
    await clock.advance(0);
    expect([isBack(), clock.pendingTimers]).toEqual([true, 0]);
  });
});
