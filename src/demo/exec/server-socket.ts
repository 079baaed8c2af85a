import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { FrameReader, OPCODE, encodeFrame } from './frames.ts';

const LIMIT_BYTES = 1_048_576;
/** RFC 6455, section 1.3. */
const ACCEPT_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const NORMAL = 1000;
const PROTOCOL_ERROR = 1002;

export interface SocketHandlers {
  readonly onMessage: (payload: Buffer) => void;
  /** Once, however it ends. */
  readonly onClose: () => void;
}

/** The server's end of one WebSocket. */
export class ServerSocket {
  readonly #socket: Duplex;
  readonly #reader = new FrameReader(LIMIT_BYTES);
  readonly #handlers: SocketHandlers;
  #parts: Buffer[] = [];

  /** Answers the upgrade and begins to read. */
  constructor(message: IncomingMessage, socket: Duplex, protocol: string, handlers: SocketHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    const accept = createHash('sha1')
      .update(`${message.headers['sec-websocket-key'] ?? ''}${ACCEPT_SUFFIX}`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: ${protocol}\r\n\r\n`,
    );
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.once('close', () => handlers.onClose());
    // The other end went away; 'close' follows.
    socket.on('error', () => undefined);
  }

  /** Bytes that came with the upgrade are given here. */
  receive(chunk: Buffer): void {
    try {
      for (const frame of this.#reader.push(chunk)) this.#take(frame.opcode, frame.last, frame.payload);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.close(PROTOCOL_ERROR);
    }
  }

  send(payload: Uint8Array): void {
    if (!this.#socket.writableEnded) this.#socket.write(encodeFrame(OPCODE.binary, payload));
  }

  close(code: number = NORMAL): void {
    if (this.#socket.writableEnded) return;
    const reason = Buffer.alloc(2);
    reason.writeUInt16BE(code);
    this.#socket.end(encodeFrame(OPCODE.close, reason));
  }

  #take(opcode: number, last: boolean, payload: Buffer): void {
    switch (opcode) {
      case OPCODE.close:
        this.close();
        return;
      case OPCODE.ping:
        if (!this.#socket.writableEnded) this.#socket.write(encodeFrame(OPCODE.pong, payload));
        return;
      case OPCODE.pong:
        return;
      default:
        this.#parts.push(payload);
        if (!last) return;
        this.#handlers.onMessage(Buffer.concat(this.#parts));
        this.#parts = [];
    }
  }
}
