import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logBytes } from '../../../tests/fakes/fake-pod-log.ts';
import { ITEM_LIMIT_BYTES, type LogBlock, LogLines } from './log-lines.ts';
import { LogPosition } from './log-position.ts';
import { compareTimestamps, parseLogTimestamp } from './log-timestamp.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function decode(blocks: readonly LogBlock[]): string {
  return new TextDecoder().decode(Buffer.concat(blocks.map(({ bytes }) => bytes)));
}

describe('a timestamp of a log line', () => {
  it.each([
    ['2026-01-01T00:00:01.000000005Z x', 1_767_225_601, 5, 30],
    ['2026-01-01T02:00:01.5+02:00 x', 1_767_225_601, 500_000_000, 27],
    ['2025-12-31T19:30:01-04:30 x', 1_767_225_601, 0, 25],
    ['2026-01-01T00:00:01Z ', 1_767_225_601, 0, 20],
  ])('%j is exact to the nanosecond', (line, seconds, nanos, length) => {
    expect(parseLogTimestamp(encode(line))).toEqual({ seconds, nanos, length });
  });

  it.each([
    '',
    'unable to retrieve container logs for containerd://abc',
    '2026-01-01 00:00:01 x',
    '2026-01-01T00:00:01.5 x',
    '2026-01-01T00:00:01.5Zx',
    '2026-01-01T00:00:xxZ x',
    '2026-01-01T00:00:01Z',
  ])('is not seen in %j', (line) => {
    expect(parseLogTimestamp(encode(line))).toBeUndefined();
  });

  it('agrees with Date for every instant', () => {
    const years = { min: new Date('2001-01-01T00:00:00Z'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(years), (date) => {
        const at = parseLogTimestamp(encode(`${date.toISOString()} line`));
        expect((at?.seconds ?? 0) * 1000 + (at?.nanos ?? 0) / 1e6).toBe(date.getTime());
      }),
    );
  });

  it('compares by nanoseconds', () => {
    const [a, b] = ['2026-01-01T00:00:01.000000001Z ', '2026-01-01T00:00:01.000000002Z '].map((line) =>
      parseLogTimestamp(encode(line)),
    );
    if (a === undefined || b === undefined) throw new Error('no timestamps');
    expect([compareTimestamps(a, b), compareTimestamps(b, a), compareTimestamps(a, a)]).toEqual([-1, 1, 0]);
  });
});

describe('log bytes', () => {
  it('give whole lines only, wherever the chunks end', () => {
    const text = Array.from({ length: 20 }, (_, n) => `2026-01-01T00:00:00.0000000${10 + n}Z zeile ${n} ü\n`).join('');
    const expected = text.replaceAll(/^\S+ /gm, '');
    const bytes = encode(text);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (sizes) => {
        const lines = new LogLines(new LogPosition(), false);
        const blocks: LogBlock[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          const given = lines.push(bytes.subarray(at, at + size));
          for (const block of given) expect(block.bytes.at(-1)).toBe(0x0a);
          blocks.push(...given);
          at += size;
        }
        expect(decode(blocks)).toBe(expected);
      }),
    );
  });

  it('come in blocks of 64 kB at most that end with a line', () => {
    const lines = new LogLines(new LogPosition(), true);
    const line = `2026-01-01T00:00:00.000000001Z ${'x'.repeat(1000)}\n`;
    const blocks = lines.push(encode(line.repeat(500)));
    expect(decode(blocks)).toBe(line.repeat(500));
    for (const block of blocks) {
      expect(block.bytes.length).toBeLessThanOrEqual(ITEM_LIMIT_BYTES);
      expect(block.bytes.at(-1)).toBe(0x0a);
    }
  });

  it('do not keep a view of a buffer that is used again', () => {
    const lines = new LogLines(new LogPosition(), false);
    const buffer = encode('2026-01-01T00:00:00.000000001Z ab');
    lines.push(buffer);
    buffer.fill(0x21);
    expect(decode(lines.push(encode('c\n')))).toBe('abc\n');
  });

  it('end a huge line that broke off when another follows', () => {
    const position = new LogPosition();
    const lines = new LogLines(position, false);
    const before = decode(lines.push(encode(`2026-01-01T00:00:05.000000001Z ${'x'.repeat(300_000)}`)));
    expect(before).toBe('x'.repeat(300_000));
    lines.cut();
    expect(position.sinceTime).toBe('2026-01-01T00:00:05Z');
    position.resume();
    expect(decode(lines.push(encode('2026-01-01T00:00:09.000000001Z next\n')))).toBe('\nnext\n');
  });
});

describe('a huge line that is cut twice', () => {
  it('goes on from the furthest byte that was passed on', () => {
    const position = new LogPosition();
    const lines = new LogLines(position, false);
    const text = Array.from({ length: 100_000 }, (_, n) => `${n % 10}`.repeat(6)).join('');
    const raw = encode(`2026-01-01T00:00:05.000000001Z ${text}\n`);
    const blocks = [...lines.push(raw.subarray(0, 400_000))];
    lines.cut();
    position.resume();
    blocks.push(...lines.push(raw.subarray(0, 300_000)));
    lines.cut();
    position.resume();
    blocks.push(...lines.push(raw));
    expect(decode(blocks) === `${text}\n`).toBe(true);
  });
});

describe('a resumed log', () => {
  function first(...texts: readonly string[]): { readonly lines: LogLines; readonly position: LogPosition } {
    const position = new LogPosition();
    const lines = new LogLines(position, false);
    lines.push(encode(texts.join('')));
    lines.cut();
    position.resume();
    return { lines, position };
  }
  const at = (second: number, nanos: number, text: string): string =>
    `2026-01-01T00:00:0${second}.00000000${nanos}Z ${text}\n`;

  it('drops as many lines of one nanosecond as were kept', () => {
    const { lines } = first(at(1, 1, 'same'), at(1, 1, 'same'));
    expect(decode(lines.push(encode(at(1, 1, 'same').repeat(3) + at(1, 2, 'new'))))).toBe('same\nnew\n');
  });

  it('goes by time when the file was rotated and its first line of the second is gone', () => {
    const { lines } = first(at(1, 1, 'a'), at(1, 2, 'b'), at(1, 3, 'c'));
    expect(decode(lines.push(encode(at(1, 2, 'b') + at(1, 3, 'c') + at(1, 3, 'd') + at(1, 4, 'e'))))).toBe('d\ne\n');
  });

  it('takes all lines of a new run of the container', () => {
    const { lines } = first(at(1, 1, 'a'), at(1, 2, 'b'));
    expect(decode(lines.push(encode(at(2, 1, 'again'))))).toBe('again\n');
  });

  it('asks for the second of the last line, also in another time zone', () => {
    const { position } = first('2026-01-01T02:00:07.9+02:00 a\n');
    expect(position.sinceTime).toBe('2026-01-01T00:00:07Z');
  });

  it('begins as before when nothing had come', () => {
    const { position, lines } = first('2026-01-01T00:00:07.9Z a');
    expect(position.sinceTime).toBeUndefined();
    expect(decode(lines.push(encode(at(7, 9, 'a'))))).toBe('a\n');
  });
});

describe('a log that another reading goes on with', () => {
  const written = Array.from({ length: 60 }, (_, n) => ({
    // Three lines a nanosecond, ten a second, and some that are equal in all.
    at: `2026-01-01T00:00:0${Math.floor(n / 10)}.00000000${Math.floor((n % 10) / 3)}Z`,
    text: n % 7 === 0 ? 'the same' : n === 31 ? 'x'.repeat(400_000) : `line ${n}`,
  }));
  const plain = written.map(({ text }) => `${text}\n`).join('');

  it('loses and repeats nothing, after whichever block the former stopped', () => {
    const raw = Buffer.from(logBytes(written, { timestamps: 'true' }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90_000 }), fc.nat(), (size, choice) => {
        const lines = new LogLines(new LogPosition(), false);
        const blocks: LogBlock[] = [];
        for (let at = 0; at < raw.length; at += size) blocks.push(...lines.push(raw.subarray(at, at + size)));
        const marked = blocks.flatMap(({ mark }, index) => (mark === undefined ? [] : [{ mark, index }]));
        const last = marked[choice % marked.length];
        if (last === undefined) throw new Error('no block ends with a line');
        const position = LogPosition.at(JSON.parse(JSON.stringify(last.mark)) as typeof last.mark);
        position.resume();
        const again = logBytes(written, { timestamps: 'true', sinceTime: position.sinceTime ?? '' });
        const rest = new LogLines(position, false).push(again);
        expect(decode([...blocks.slice(0, last.index + 1), ...rest]) === plain).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('has a mark after each whole line, and none inside one', () => {
    const lines = new LogLines(new LogPosition(), false);
    const [whole] = lines.push(encode('2026-01-01T00:00:01.000000001Z one\n'));
    expect(whole?.mark).toMatchObject({ latest: { nanos: 1 }, equalCount: 1, anchor: { count: 1 } });
    const pieces = lines.push(encode(`2026-01-01T00:00:02.000000001Z ${'x'.repeat(300_000)}`));
    expect(pieces.map(({ mark }) => mark)).toEqual(pieces.map(() => undefined));
    expect(lines.push(encode('end\n')).at(-1)?.mark).toMatchObject({ anchor: { count: 1 } });
  });
});
