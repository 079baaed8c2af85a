import { MantineProvider } from '@mantine/core';
import { useMemo, useSyncExternalStore } from 'react';
import type { Clock } from '../../shared/clock.ts';
import { assertNever } from '../../shared/errors/assert-never.ts';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { ErrorPanel } from '../components/ErrorPanel.tsx';
import { pagePart } from '../components/page-part.tsx';
import { Notices } from '../components/Notices.tsx';
import { Frame } from '../features/frame/index.ts';
import { RolloutWatcher } from '../features/watch/index.ts';
import { AccessCache } from '../live/access-cache.ts';
import { type Frames, browserFrames } from '../live/frames.ts';
import { LiveRegistry } from '../live/live-registry.ts';
import { type DesktopNotifier, NotifierProvider, webNotifier } from '../live/notifier.ts';
import { type Services, ServicesProvider } from '../live/services.ts';
import { cssVariablesResolver, theme } from '../theme/theme.ts';
import type { PageTransport } from '../transport/page-transport.ts';
import classes from './App.module.css';
import { Page } from './Page.tsx';
import { TransportBanner } from './TransportBanner.tsx';

// A page that was opened by its own link never asks for a code.
const { Part: CodePage } = pagePart(async () => (await import('./CodePage.tsx')).CodePage, null);

export interface AppProps {
  readonly transport: PageTransport;
  readonly clock: Clock;
  /** For tests; a browser's own otherwise. */
  readonly frames?: Frames;
  /** For tests; the desktop's own otherwise. */
  readonly notifier?: DesktopNotifier;
}

/** The whole page, once it has a transport to its host. */
export function App({ transport, clock, frames, notifier = webNotifier }: AppProps) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <Notices clock={clock} />
      <ErrorBoundary resetKey="app">
        <NotifierProvider value={notifier}>
          <TransportGate transport={transport} clock={clock} frames={frames} />
        </NotifierProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}

function createServices(transport: PageTransport, clock: Clock, frames: Frames): Services {
  const { client } = transport;
  return {
    client,
    transport,
    clock,
    live: new LiveRegistry({ client, transport, clock, frames }),
    access: new AccessCache(client, clock),
  };
}

interface GateProps extends Omit<AppProps, 'frames' | 'notifier'> {
  readonly frames: Frames | undefined;
}

function TransportGate({ transport, clock, frames }: GateProps) {
  const state = useSyncExternalStore(
    (listener) => transport.subscribe(listener),
    () => transport.getState(),
  );
  const services = useMemo(
    () => createServices(transport, clock, frames ?? browserFrames(clock)),
    [transport, clock, frames],
  );
  switch (state.phase) {
    case 'connecting':
      return (
        <p className={classes.center} role="status">
          Connecting to Everynode…
        </p>
      );
    case 'needsCode':
      return <CodePage state={state} onSubmit={(code) => void transport.submitCode(code)} />;
    case 'refused':
      return (
        <div className={classes.center}>
          <ErrorPanel error={state.error} onRetry={() => transport.retryNow()} />
        </div>
      );
    case 'open':
    case 'lost':
      return (
        <ServicesProvider value={services}>
          <Frame
            banner={
              <>
                <TransportBanner state={state} clock={clock} onRetry={() => transport.retryNow()} />
                <RolloutWatcher />
              </>
            }
          >
            <Page />
          </Frame>
        </ServicesProvider>
      );
    default:
      return assertNever(state);
  }
}
