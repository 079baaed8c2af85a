import { EventEmitter } from 'node:events';
import type { ToDocument } from './wire.ts';

let nextPort = 1;
const remote = new Map<number, MessagePortMain>();

/**
 * electronjs.org docs: api/message-port-main. "Messages are queued until start() is called"; `close` is emitted when the
 * other end is closed or its document is gone.
 */
export class MessagePortMain extends EventEmitter {
  readonly id = nextPort++;
  #other: MessagePortMain | undefined;
  #deliver: ((message: ToDocument) => void) | undefined;
  #queue: unknown[] | undefined = [];
  #closed = false;

  connect(other: MessagePortMain): void {
    this.#other = other;
  }

  postMessage(data: unknown): void {
    if (this.#closed) return;
    this.#other?.receive(data);
  }

  start(): void {
    const queued = this.#queue ?? [];
    this.#queue = undefined;
    for (const data of queued) this.emit('message', { data, ports: [] });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    remote.delete(this.id);
    this.#other?.otherClosed();
  }

  /** Its other end goes to a document: what is sent to this one goes there. */
  transfer(deliver: (message: ToDocument) => void): void {
    this.#deliver = deliver;
    remote.set(this.id, this);
    for (const data of this.#queue ?? []) deliver({ kind: 'port', port: this.id, data });
    this.#queue = [];
  }

  receive(data: unknown): void {
    if (this.#closed) return;
    if (this.#deliver !== undefined) this.#deliver({ kind: 'port', port: this.id, data });
    else if (this.#queue === undefined) this.emit('message', { data, ports: [] });
    else this.#queue.push(data);
  }

  /** The document that holds this port sent something with it. */
  fromDocument(data: unknown): void {
    this.#other?.receive(data);
  }

  otherClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    remote.delete(this.id);
    this.#deliver?.({ kind: 'port-closed', port: this.id });
    this.emit('close');
  }
}

/** electronjs.org docs: api/message-channel-main: "port1" and "port2", each other's end. */
export class MessageChannelMain {
  readonly port1 = new MessagePortMain();
  readonly port2 = new MessagePortMain();

  constructor() {
    this.port1.connect(this.port2);
    this.port2.connect(this.port1);
  }
}

export function portOf(id: number): MessagePortMain | undefined {
  return remote.get(id);
}
