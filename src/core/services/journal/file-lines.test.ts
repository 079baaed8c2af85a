import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FileLine, lineAt, linesBackward, type LineLimits } from './file-lines.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everynode-lines-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function backward(text: string, limits: LineLimits, end = Buffer.byteLength(text)): Promise<readonly FileLine[]> {
  const path = join(folder, 'lines');
  await writeFile(path, text);
  await using file = await open(path);
  const lines: FileLine[] = [];
  for await (const line of linesBackward(file, end, limits)) lines.push(line);
  return lines;
}

const SMALL = { chunkBytes: 4, lineBytes: 100 };

describe('the lines of a file, from its end', () => {
  it('come with where they begin, the last first', async () => {
    expect(await backward('one\ntwo and more\n\nthree\n', SMALL)).toEqual([
      { start: 18, text: 'three', isWhole: true },
      { start: 4, text: 'two and more', isWhole: true },
      { start: 0, text: 'one', isWhole: true },
    ]);
  });

  it('say of a last one without a newline that it is not whole', async () => {
    expect(await backward('one\ntw', SMALL)).toEqual([
      { start: 4, text: 'tw', isWhole: false },
      { start: 0, text: 'one', isWhole: true },
    ]);
    expect(await backward('', SMALL)).toEqual([]);
  });

  it('pass over one that is too long', async () => {
    const long = 'x'.repeat(40);
    expect(await backward(`a\n${long}\nb\n`, { chunkBytes: 4, lineBytes: 10 })).toEqual([
      { start: 43, text: 'b', isWhole: true },
      { start: 2, isWhole: true },
      { start: 0, text: 'a', isWhole: true },
    ]);
  });

  it('are those of any text, whatever is read at once, and each is found by its place', async () => {
    const lines = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }).filter((line) => !line.includes('\n')));
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 9 }), async (texts, chunkBytes) => {
        const limits = { chunkBytes, lineBytes: 1000 };
        const whole = texts.map((line) => `${line}\n`).join('');
        const found = await backward(whole, limits);
        expect(found.map(({ text }) => text)).toEqual(texts.toReversed());
        await using file = await open(join(folder, 'lines'));
        for (const { start, text } of found) {
          expect(await lineAt(file, { start, size: Buffer.byteLength(whole) }, limits)).toBe(text);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('that begin elsewhere are none', async () => {
    await backward('one\ntwo\n', SMALL);
    await using file = await open(join(folder, 'lines'));
    expect(await lineAt(file, { start: 2, size: 8 })).toBeUndefined();
    expect(await lineAt(file, { start: 8, size: 8 })).toBeUndefined();
    expect(await lineAt(file, { start: 4, size: 6 })).toBeUndefined();
  });
});
