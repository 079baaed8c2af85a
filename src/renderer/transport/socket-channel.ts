import { RPCLink } from '@orpc/client/websocket';
import { PACED_STREAM_HEADER } from '../../shared/contract/stream-pacing.ts';
import type { Channel, LinkContext } from './channel.ts';

const OPEN = 1;

/** What is used of a browser's WebSocket. */
export type Socket = Pick<WebSocket, 'readyState' | 'send' | 'close' | 'addEventListener' | 'removeEventListener'>;

export interface SocketChannel extends Channel {
  /** Whether anything was received since the last call. */
  takeHeard(): boolean;
  /** Asks for a sign of life; an answer of any kind is one. */
  ping(): void;
  /** Ends it, also when the other side is silent. */
  drop(): void;
}

export interface SocketChannelEvents {
  readonly onOpen: () => void;
  /** Once, whether it was open before or not. */
  readonly onLost: () => void;
}

/** oRPC's link over one WebSocket. */
export function openSocketChannel(socket: Socket, { onOpen, onLost }: SocketChannelEvents): SocketChannel {
  const lost = new AbortController();
  let heard = true;
  const lose = () => {
    if (lost.signal.aborted) return;
    lost.abort();
    onLost();
  };
  // Before the link's own listener, so that `lost` is known when its calls fail.
  socket.addEventListener('close', lose);
  socket.addEventListener('open', onOpen, { once: true });
  socket.addEventListener('message', () => {
    heard = true;
  });
  const link = new RPCLink<LinkContext>({ websocket: quietly(socket), headers: headersOf });
  return {
    link,
    lost: lost.signal,
    takeHeard: () => {
      const was = heard;
      heard = false;
      return was;
    },
    ping: () => void link.call(['app', 'info'], undefined, { context: {} }).catch(() => undefined),
    drop: () => {
      lose();
      socket.close();
    },
  };
}

/** Sending on a socket that is about to close is no error of its own: the calls fail when it has closed. */
function quietly(socket: Socket): Pick<Socket, 'readyState' | 'send' | 'addEventListener' | 'removeEventListener'> {
  return {
    readyState: OPEN,
    send: (message) => {
      if (socket.readyState === OPEN) socket.send(message);
    },
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
  };
}

export function headersOf({ context }: { readonly context: LinkContext }): Record<string, string> {
  return context.pacedStreamId === undefined ? {} : { [PACED_STREAM_HEADER]: context.pacedStreamId };
}
