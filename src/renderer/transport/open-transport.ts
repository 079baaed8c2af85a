import { type ElectronBridge, PORT_MESSAGE } from '../../shared/contract/electron-bridge.ts';
import { SOCKET_PATH } from '../../shared/contract/page-session.ts';
import { browserClock } from './browser-clock.ts';
import { MessagePortTransport } from './message-port-transport.ts';
import { PageSession } from './page-session.ts';
import type { PageTransport } from './page-transport.ts';
import { WebSocketTransport } from './websocket-transport.ts';

declare global {
  interface Window {
    readonly everynode?: ElectronBridge;
  }
}

/**
 * Opens the transport of this page, once, before anything reads the URL's hash: a one-time code in it is taken out here,
 * and the hash is the route from then on.
 */
export function openTransport(): PageTransport {
  const bridge = window.everynode;
  if (bridge !== undefined) return new MessagePortTransport({ port: receivePort(bridge), clock: browserClock });
  const session = new PageSession({
    location: window.location,
    history: window.history,
    sessionStorage: window.sessionStorage,
    fetch: (path, init) => window.fetch(path, init),
  });
  const url = `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}${SOCKET_PATH}`;
  const transport = new WebSocketTransport({
    session,
    openSocket: (protocols) => new WebSocket(url, [...protocols]),
    clock: browserClock,
  });
  retryWhenLookedAt(transport);
  return transport;
}

/** A hidden page's timers are slow, and a machine that slept has a network again before its timers say so. */
function retryWhenLookedAt(transport: PageTransport): void {
  window.addEventListener('online', () => transport.retryNow());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') transport.retryNow();
  });
}

/** Resolves when the transport is open for the first time; until then its state says what it waits for. */
export function whenConnected(transport: PageTransport): Promise<void> {
  if (transport.isConnected()) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = transport.subscribe(() => {
      if (!transport.isConnected()) return;
      unsubscribe();
      resolve();
    });
  });
}

function receivePort(bridge: ElectronBridge): Promise<MessagePort> {
  return new Promise((resolve) => {
    const onMessage = (event: MessageEvent) => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return;
      window.removeEventListener('message', onMessage);
      resolve(port);
    };
    window.addEventListener('message', onMessage);
    bridge.connect();
  });
}
