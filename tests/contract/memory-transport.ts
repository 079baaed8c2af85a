import { createApiClient } from '../../src/renderer/transport/api-client.ts';
import { openSocketChannel } from '../../src/renderer/transport/socket-channel.ts';
import type { OpenTestTransport } from './test-transport.ts';

/** Both ends in one process, with nothing between them but a turn of the event loop. */
export const openMemoryTransport: OpenTestTransport = async (pages, clock) => {
  const target = new EventTarget();
  let state: number = WebSocket.OPEN;
  let frozen = false;
  const deliver = (message: string) => {
    setImmediate(() => target.dispatchEvent(new MessageEvent('message', { data: message })));
  };
  const end = () => {
    if (state === WebSocket.CLOSED) return;
    state = WebSocket.CLOSED;
    page.close();
    target.dispatchEvent(new Event('close'));
  };
  const page = pages.open({ send: deliver, refuse: end });
  const socket = Object.assign(target, {
    get readyState() {
      return state;
    },
    send: (message: string) => {
      if (!frozen) setImmediate(() => page.receive(message));
    },
    close: end,
  });
  // An EventTarget with these members is what is used of a WebSocket.
  const channel = openSocketChannel(socket as unknown as WebSocket, {
    onOpen: () => undefined,
    onLost: () => undefined,
  });
  return {
    client: createApiClient({ clock, channel: () => channel }),
    cut: end,
    freeze: () => {
      frozen = true;
    },
    close: async () => end(),
  };
};
