import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter } from './watch-lines.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a stream cut into lines', () => {
  it('gives whole lines as one block and holds the rest', () => {
    const lines = createLineSplitter();
    expect(lines.push(encode('{"a"'))).toBeUndefined();
    expect(new TextDecoder().decode(lines.push(encode(':1}\n{"b":2}\n{"c')))).toBe('{"a":1}\n{"b":2}\n');
    expect(lines.pendingBytes).toBe(3);
  });

  it('loses no byte wherever chunks end, also inside a UTF-8 character', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.array(fc.integer({ min: 1, max: 7 })),
        (texts, sizes) => {
          const bytes = encode(texts.map((text) => `${text.replaceAll('\n', '')}\n`).join(''));
          const lines = createLineSplitter();
          const blocks: Uint8Array[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn++) {
            const size = sizes[turn % Math.max(1, sizes.length)] ?? 1;
            const block = lines.push(bytes.subarray(at, at + size));
            if (block !== undefined) blocks.push(block);
            at += size;
          }
          expect(Buffer.concat(blocks)).toEqual(Buffer.from(bytes));
          expect(blocks.every((block) => block.at(-1) === 0x0a)).toBe(true);
          expect(lines.pendingBytes).toBe(0);
        },
      ),
    );
  });

  it('refuses a line that never ends', () => {
    const lines = createLineSplitter(10);
    lines.push(encode('12345'));
    expect(() => lines.push(encode('678901'))).toThrow('more than 10 bytes');
  });
});
