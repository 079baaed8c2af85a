import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { VISIBLE_AGAIN_MS, VISIBLE_FOR_MS } from '../../shared/contract/visibility.ts';
import { FakeCore } from '../testing/fake-core.ts';
import { FakeTransport } from '../testing/fake-transport.ts';
import { tellVisibility } from './tell-visibility.ts';

class FakePage extends EventTarget {
  visibilityState: 'visible' | 'hidden' = 'visible';

  become(visibilityState: 'visible' | 'hidden'): void {
    this.visibilityState = visibilityState;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let end = () => {};
afterEach(() => end());

function setUp() {
  const clock = new FakeClock();
  const page = new FakePage();
  const core = new FakeCore();
  const transport = new FakeTransport(core.client());
  end = tellVisibility({ transport, clock, page });
  const told = () => core.calledWith('page.setVisibility').map((input) => (input as { visibility: string }).visibility);
  return { clock, page, core, transport, told };
}

describe('a page', () => {
  it('tells at once whether it is visible, and at each change', () => {
    const { page, told } = setUp();
    page.become('hidden');
    page.become('visible');
    expect(told()).toEqual(['visible', 'hidden', 'visible']);
  });

  it('says again that it is visible before the core stops believing it, and says nothing while hidden', async () => {
    const { clock, page, told } = setUp();
    await clock.advance(VISIBLE_AGAIN_MS * 2);
    expect(told()).toHaveLength(3);
    expect(VISIBLE_AGAIN_MS * 2).toBeLessThan(VISIBLE_FOR_MS);
    page.become('hidden');
    await clock.advance(600_000);
    expect(told()).toEqual(['visible', 'visible', 'visible', 'hidden']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('tells every new connection, and nobody while there is none', async () => {
    const { clock, page, transport, told } = setUp();
    transport.setState({ phase: 'lost', since: 1 });
    transport.setState({ phase: 'lost', since: 1, retryAt: 2 });
    page.become('hidden');
    page.become('visible');
    await clock.advance(600_000);
    expect(told()).toEqual(['visible']);
    transport.setState({ phase: 'open', since: 3 });
    expect(told()).toEqual(['visible', 'visible']);
  });

  it('goes on when the core did not hear it', async () => {
    const { clock, core, told } = setUp();
    core.failure = new AppError({ reason: 'Disconnected', message: 'lost' });
    await clock.advance(VISIBLE_AGAIN_MS);
    core.failure = undefined;
    await clock.advance(VISIBLE_AGAIN_MS);
    expect(told()).toHaveLength(3);
  });

  it('says no more after its end', async () => {
    const { clock, page, transport, told } = setUp();
    end();
    page.become('hidden');
    transport.setState({ phase: 'lost', since: 1 });
    await clock.advance(600_000);
    expect(told()).toEqual(['visible']);
    expect(clock.pendingTimers).toBe(0);
  });
});
