import type { WebSocket as NodeWebSocket } from 'ws';
import { whenConnected } from '../../src/renderer/transport/open-transport.ts';
import { PageSession } from '../../src/renderer/transport/page-session.ts';
import { WebSocketTransport } from '../../src/renderer/transport/websocket-transport.ts';
import { openPageHttp } from '../../src/server/http-server.ts';
import { FakeBrowser } from '../fakes/fake-browser.ts';
import type { OpenTestTransport } from './test-transport.ts';

/** The server host's own HTTP server on loopback, entered with a code as a browser does. */
export const openWebSocketTransport: OpenTestTransport = async (pages, clock) => {
  const http = await openPageHttp({
    port: 0,
    rendererRoot: '/nonexistent',
    pages,
    clock,
    onBug: (where, error) => {
      throw new Error(`${where}: ${String(error)}`);
    },
  });
  const browser = new FakeBrowser(`http://127.0.0.1:${http.port}`);
  const tab = browser.openTab(`#code=${http.access.issueCode()}`);
  const opened: NodeWebSocket[] = [];
  const transport = new WebSocketTransport({
    session: new PageSession(tab.window),
    openSocket: (protocols) => {
      const socket = tab.openSocket(protocols);
      opened.push(socket);
      // The same events and members as a browser's.
      return socket as unknown as WebSocket;
    },
    clock,
  });
  await whenConnected(transport);
  return {
    client: transport.client,
    cut: () => opened.forEach((socket) => socket.terminate()),
    freeze: () => opened.forEach((socket) => socket.pause()),
    close: async () => {
      transport.dispose();
      opened.forEach((socket) => socket.terminate());
      await http.close();
    },
  };
};
