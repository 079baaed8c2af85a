import { MessagePortTransport, type Port } from '../../src/renderer/transport/message-port-transport.ts';
import { whenConnected } from '../../src/renderer/transport/open-transport.ts';
import { servePort } from '../../src/main/serve-port.ts';
import { electronChannel } from '../fakes/electron-channel.ts';
import type { OpenTestTransport } from './test-transport.ts';

/** Electron's MessagePortMain on the host's side, a DOM MessagePort on the page's. */
export const openElectronTransport: OpenTestTransport = async (pages, clock) => {
  const { main, renderer } = electronChannel();
  servePort(main, pages);
  let frozen = false;
  const port: Port = {
    // A worker's MessagePort has the events and members of the DOM's that are used.
    addEventListener: renderer.addEventListener.bind(renderer) as unknown as Port['addEventListener'],
    postMessage: (message: unknown) => {
      if (!frozen) renderer.postMessage(message);
    },
    start: () => renderer.start(),
    close: () => renderer.close(),
  };
  const transport = new MessagePortTransport({ port: Promise.resolve(port), clock });
  await whenConnected(transport);
  const closed = new Promise<void>((resolve) => renderer.once('close', () => resolve()));
  return {
    client: transport.client,
    cut: () => main.close(),
    freeze: () => {
      frozen = true;
    },
    close: async () => {
      transport.dispose();
      main.close();
      await closed;
    },
  };
};
