/** Opcodes of RFC 6455, section 5.2. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Frame {
  readonly opcode: number;
  readonly last: boolean;
  readonly payload: Buffer;
}

/** A frame of the server: unmasked, whole. */
export function encodeFrame(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  if (length < 126) head[1] = length;
  else if (length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}

/** Cuts what a client sends into frames, wherever the chunks end. */
export class FrameReader {
  readonly #limitBytes: number;
  #rest = Buffer.alloc(0);

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** @throws RangeError when a frame is longer than the limit or, against the protocol, not masked */
  push(chunk: Buffer): readonly Frame[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    for (;;) {
      const frame = this.#next();
      if (frame === undefined) return frames;
      frames.push(frame);
    }
  }

  #next(): Frame | undefined {
    const rest = this.#rest;
    const [first, second] = rest;
    if (first === undefined || second === undefined) return undefined;
    const short = second & 0x7f;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const start = 2 + lengthBytes + 4;
    if (rest.length < start) return undefined;
    const length =
      lengthBytes === 0 ? short : Number(lengthBytes === 2 ? rest.readUInt16BE(2) : rest.readBigUInt64BE(2));
    if ((second & 0x80) === 0) throw new RangeError('a frame of a client is masked');
    if (length > this.#limitBytes) throw new RangeError(`a frame of ${length} bytes is too long`);
    if (rest.length < start + length) return undefined;
    const mask = rest.subarray(start - 4, start);
    const payload = Buffer.from(rest.subarray(start, start + length)).map(
      (byte, index) => byte ^ (mask[index % 4] ?? 0),
    );
    this.#rest = rest.subarray(start + length);
    return { opcode: first & 0x0f, last: (first & 0x80) !== 0, payload: Buffer.from(payload) };
  }
}
