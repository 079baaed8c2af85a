import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogRing } from './ring.ts';
import { utf8Bytes } from './utf8-bytes.ts';

const large = { lines: 1000, bytes: 1_000_000 };

function texts(ring: LogRing, from = 0): readonly string[] {
  return ring.entriesFrom(from).map((entry) => entry.text);
}

describe('the ring of log lines', () => {
  it('keeps the latest lines and counts those that are gone', () => {
    const ring = new LogRing({ lines: 3, bytes: 1000 });
    ring.pushText('1\n2\n3\n4\n5\n');
    expect(texts(ring)).toEqual(['3', '4', '5']);
    expect([ring.lineCount, ring.droppedLines, ring.firstNumber, ring.nextNumber]).toEqual([3, 2, 2, 5]);
  });

  it('is bounded by UTF-8 bytes too', () => {
    const ring = new LogRing({ lines: 100, bytes: 10 });
    ring.pushText('ééé\naaaa\nbb\n');
    expect(texts(ring)).toEqual(['aaaa', 'bb']);
    expect(ring.bytes).toBe(6);
  });

  it('keeps the newest line even when it alone is over the limit', () => {
    const ring = new LogRing({ lines: 100, bytes: 10 });
    ring.pushText(`a\n${'x'.repeat(50)}\n`);
    expect(texts(ring)).toEqual(['x'.repeat(50)]);
    ring.pushText('b\n');
    expect(texts(ring)).toEqual(['b']);
  });

  it('joins a line that came in pieces', () => {
    const ring = new LogRing(large);
    ring.pushText('one, t');
    ring.pushText('w');
    ring.pushText('o\nthree');
    expect(texts(ring)).toEqual(['one, two', 'three']);
    expect(ring.bytes).toBe(13);
    ring.pushText('\n\n');
    expect(texts(ring)).toEqual(['one, two', 'three', '']);
  });

  it('sets remarks between lines and leaves them out of the text', () => {
    const ring = new LogRing(large);
    ring.pushText('a\n');
    ring.pushRemark('the stream was cut here');
    ring.pushText('b\n');
    expect(ring.entriesFrom(0).map((entry) => entry.kind)).toEqual(['line', 'remark', 'line']);
    expect(ring.text()).toBe('a\nb\n');
    expect(ring.lineCount).toBe(2);
  });

  it('answers what came after a number, and all it has when that is gone', () => {
    const ring = new LogRing({ lines: 3, bytes: 1000 });
    ring.pushText('1\n2\n');
    const seen = ring.nextNumber;
    ring.pushText('3\n');
    expect(texts(ring, seen)).toEqual(['3']);
    ring.pushText('4\n5\n6\n7\n');
    expect(texts(ring, seen)).toEqual(['5', '6', '7']);
    expect(ring.firstNumber).toBeGreaterThan(seen);
  });

  it('goes on numbering after it was cleared', () => {
    const ring = new LogRing(large);
    ring.pushText('1\n2\n');
    ring.clear();
    expect([ring.firstNumber, ring.nextNumber, ring.bytes, ring.lineCount]).toEqual([2, 2, 0, 0]);
    ring.pushText('3\n');
    expect(texts(ring, 2)).toEqual(['3']);
  });

  it('stays within its limits and keeps a suffix, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '\n'), maxLength: 40 }), { maxLength: 60 }),
        (chunks) => {
          const ring = new LogRing({ lines: 5, bytes: 30 });
          for (const chunk of chunks) ring.pushText(chunk);
          const all = chunks.join('').split('\n');
          if (all.at(-1) === '') all.pop();
          const kept = texts(ring);
          expect(kept).toEqual(all.slice(all.length - kept.length));
          expect(kept.length).toBeLessThanOrEqual(5);
          expect(kept.length === 1 || ring.bytes <= 30).toBe(true);
          expect(ring.bytes).toBe(kept.reduce((sum, line) => sum + utf8Bytes(line), 0));
          expect(ring.droppedLines + kept.length).toBe(all.length);
        },
      ),
    );
  });

  it('keeps the latest of 200,000 lines that come in large texts', () => {
    const ring = new LogRing({ lines: 20_000, bytes: 32_000_000 });
    const chunk = 'a line of an ordinary log, with its hundred characters or so of words, levels and time\n'.repeat(
      500,
    );
    for (let index = 0; index < 400; index += 1) ring.pushText(chunk);
    expect([ring.lineCount, ring.droppedLines, ring.nextNumber]).toEqual([20_000, 180_000, 200_000]);
  });
});

describe('bytes in UTF-8', () => {
  it('are those of the encoder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
    expect(utf8Bytes('\ud800x')).toBe(4);
  });
});
