// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import type { ReadState } from '../../shared/contract/live.ts';
import { AccessCache } from '../live/access-cache.ts';
import { LiveRegistry } from '../live/live-registry.ts';
import { ServicesProvider } from '../live/services.ts';
import { FakeCore } from '../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../testing/fake-transport.ts';
import { ReadTrouble } from './ReadTrouble.tsx';
import { readTroubleWords } from './read-trouble-words.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let clock: FakeClock;
let pressed: number;
beforeEach(() => {
  clock = new FakeClock();
  pressed = 0;
});
afterEach(cleanup);

const error = { reason: 'Unreachable', message: 'kube.example refuses the connection' } as const;

function show(state: ReadState): void {
  const { client } = new FakeTransport(new FakeCore().client());
  const transport = new FakeTransport(client);
  const live = new LiveRegistry({ client, transport, clock, frames: new FakeFrames() });
  const services = { client, transport, clock, live, access: new AccessCache(client, clock) };
  render(
    <MantineProvider>
      <ServicesProvider value={services}>
        <ReadTrouble subject="Pods" state={state} onNow={() => (pressed += 1)} />
      </ServicesProvider>
    </MantineProvider>,
  );
}

describe('trouble with a read', () => {
  it('is worded, dated, counts down to the next try and can be had now', async () => {
    show({ phase: 'stale', since: clock.now(), error, retryAt: clock.now() + 5000 });
    expect(screen.getByRole('status').textContent).toMatch(/^Pods stale since \d\d:\d\d:\d\d$/);
    expect(screen.getByText(error.message)).toBeDefined();
    expect(screen.getByText('reconnecting in 5 s')).toBeDefined();
    await act(async () => clock.advance(2000));
    expect(screen.getByText('reconnecting in 3 s')).toBeDefined();
    await act(async () => clock.advance(4000));
    expect(screen.getByText('reconnecting…')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Read pods now' }));
    expect(pressed).toBe(1);
  });

  it('is nothing while the read is well, or begins', () => {
    show({ phase: 'live', since: 0 });
    expect(screen.queryByRole('button')).toBeNull();
    expect(readTroubleWords({ phase: 'connecting' }, 0)).toBeUndefined();
    expect(readTroubleWords({ phase: 'listing', received: 3 }, 0)).toBeUndefined();
  });

  it('says why a refused read cannot be read, and when it is asked again', () => {
    expect(readTroubleWords({ phase: 'failed', error, retryAt: 31_000 }, 1000)).toEqual({
      what: 'cannot be read',
      why: error.message,
      next: 'reconnecting in 30 s',
    });
    expect(readTroubleWords({ phase: 'failed', error }, 1000)?.next).toBe('');
  });
});
