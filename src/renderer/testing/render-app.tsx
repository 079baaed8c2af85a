import { render } from '@testing-library/react';
import { act } from 'react';
import type { Clock } from '../../shared/clock.ts';
import type { ContextsView } from '../../shared/contract/context.ts';
import { App } from '../bootstrap/App.tsx';
import type { DesktopNotifier } from '../live/notifier.ts';
import type { TransportState } from '../transport/transport-state.ts';
import type { FakeCore } from './fake-core.ts';
import { FakeFrames, FakeTransport } from './fake-transport.ts';

/** A clock that a test advances, as far as this needs it. */
export interface SteppedClock extends Clock {
  advance(ms: number): Promise<void>;
}

export interface RenderedApp {
  readonly transport: FakeTransport;
  /** Lets promises, timers that are due and one frame after another come. */
  readonly settle: (ms?: number) => Promise<void>;
  readonly go: (hash: string) => Promise<void>;
}

const ROUNDS = 4;

// React then says when an update was not waited for.
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

/** happy-dom lays nothing out: tables get a height, so that they render rows, and everything a place. */
function giveElementsASize(): void {
  for (const [name, size] of [
    ['offsetHeight', 600],
    ['offsetWidth', 1200],
    ['clientHeight', 600],
    ['clientWidth', 1200],
  ] as const) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
  }
  // A menu whose button has no place on the page would be hidden.
  HTMLElement.prototype.getBoundingClientRect = () => new DOMRect(10, 10, 100, 20);
}

/** The whole page on a fake core, with the given contexts known and the given page open. */
export async function renderApp(
  core: FakeCore,
  clock: SteppedClock,
  {
    view,
    hash = '#/',
    state,
    notifier,
  }: {
    readonly view: ContextsView;
    readonly hash?: string;
    readonly state?: TransportState;
    readonly notifier?: DesktopNotifier;
  },
): Promise<RenderedApp> {
  giveElementsASize();
  globalThis.location.hash = hash;
  const frames = new FakeFrames();
  const transport = new FakeTransport(core.client(), state);
  const settle = async (ms = 0) => {
    await act(async () => clock.advance(ms));
    for (let round = 0; round < ROUNDS; round += 1) {
      await act(async () => {
        frames.run();
        await clock.advance(0);
      });
    }
  };
  render(<App transport={transport} clock={clock} frames={frames} {...(notifier && { notifier })} />);
  await settle();
  core.contexts.push(view);
  await settle();
  return {
    transport,
    settle,
    go: async (next) => {
      // The event comes in a task of its own.
      const changed = new Promise((resolve) => globalThis.addEventListener('hashchange', resolve, { once: true }));
      const before = globalThis.location.hash;
      await act(async () => {
        globalThis.location.hash = next;
        if (globalThis.location.hash !== before) await changed;
      });
      await settle();
    },
  };
}
