import { describe, expect, it } from 'vitest';
import { FrameReader, OPCODE, encodeFrame } from './frames.ts';

const LIMIT = 100_000;

/** A frame as a client sends it: masked. */
function fromClient(payload: Buffer, opcode: number = OPCODE.binary, last = true): Buffer {
  const plain = encodeFrame(opcode, payload);
  const head = Buffer.from(plain.subarray(0, plain.length - payload.length));
  head[0] = (last ? 0x80 : 0) | opcode;
  head[1] = (head[1] ?? 0) | 0x80;
  const mask = Buffer.from([1, 2, 3, 4]);
  const masked = Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return Buffer.concat([head, mask, masked]);
}

describe('frames of a client', () => {
  it.each([0, 1, 125, 126, 65_535, 65_536])('of %i bytes are read', (length) => {
    const payload = Buffer.alloc(length, 7);
    const frames = new FrameReader(LIMIT).push(fromClient(payload));
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({ opcode: OPCODE.binary, last: true });
    expect(frames[0]?.payload.equals(payload)).toBe(true);
  });

  it('are read wherever the chunks end', () => {
    const bytes = Buffer.concat([fromClient(Buffer.from('one')), fromClient(Buffer.from('zwölf'), OPCODE.text, false)]);
    const reader = new FrameReader(LIMIT);
    const frames = [...bytes].flatMap((byte) => reader.push(Buffer.from([byte])));
    expect(frames.map(({ payload }) => payload.toString())).toEqual(['one', 'zwölf']);
    expect(frames.map(({ last }) => last)).toEqual([true, false]);
  });

  it('are refused when they are not masked', () => {
    expect(() =>
      new FrameReader(LIMIT).push(Buffer.concat([encodeFrame(OPCODE.binary, Buffer.alloc(4)), Buffer.alloc(8)])),
    ).toThrow(RangeError);
  });

  it('are refused when they are too long, before they have come', () => {
    const begun = fromClient(Buffer.alloc(LIMIT + 1)).subarray(0, 20);
    expect(() => new FrameReader(LIMIT).push(begun)).toThrow('too long');
  });
});
