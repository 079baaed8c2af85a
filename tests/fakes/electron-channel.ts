import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { PortMain } from '../../src/main/serve-port.ts';

/**
 * Electron's MessageChannelMain as far as it is used, over a real MessageChannel.
 *
 * Documented behaviour that it follows (electronjs.org/docs/latest/api/message-port-main and /tutorial/message-ports):
 * - "port.start(): Starts the sending of messages queued on the port. Messages will be queued until this method is called."
 * - Event 'message' has `messageEvent` with `data` and `ports`; Node's own worker ports hand over the bare value instead.
 * - Event 'close': "Emitted when the remote end of a MessagePortMain object becomes disconnected." In the renderer, Electron
 *   adds a 'close' event to the DOM's MessagePort.
 * - "port.close(): Disconnects the port, so it is no longer active."
 */
export function electronChannel(): { readonly main: PortMain; readonly renderer: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  return { main: new FakePortMain(port1), renderer: port2 };
}

class FakePortMain extends EventEmitter implements PortMain {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('close', () => this.emit('close'));
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message);
  }

  start(): void {
    // A worker's port starts when it is listened to, so it is listened to only here.
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }

  close(): void {
    this.#port.close();
  }
}
