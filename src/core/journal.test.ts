import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/fakes/fake-clock.ts';
import { createJournal, type JournalEntry } from './journal.ts';
import { expectMode } from '../../tests/fakes/expect-mode.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everynode-journal-'));
  path = join(folder, 'deep', 'journal.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const entry = (act: string): JournalEntry => ({
  act,
  ref: { contextName: 'prod', namespace: 'logging', name: 'agent' },
  outcome: 'done',
  kubectl: 'kubectl …',
});

describe('the journal', () => {
  it('writes a dated line a change, in order, for its owner only', async () => {
    const journal = createJournal(path, new FakeClock());
    await Promise.all(['create', 'restart', 'delete'].map((act) => journal.write(entry(act))));
    const lines = (await readFile(path, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { act: string });
    expect(lines.map(({ act }) => act)).toEqual(['create', 'restart', 'delete']);
    expect(lines[0]).toMatchObject({ at: '2026-01-01T00:00:00.000Z', ref: { name: 'agent' }, outcome: 'done' });
    expectMode(path, 0o600);
  });

  it('says why a change failed without the values of its variables', async () => {
    const journal = createJournal(path, new FakeClock());
    const after = { spec: { containers: [{ env: [{ name: 'TOKEN', value: 's3cret-token' }] }] } };
    await journal.write({ ...entry('edit'), outcome: 'failed', error: 'Invalid value: "s3cret-token"', after });
    const line = await readFile(path, 'utf8');
    expect(line).not.toContain('s3cret-token');
    expect(JSON.parse(line)).toMatchObject({ error: 'Invalid value: "[redacted]"' });
  });

  it('writes an integer beyond 2^53 with every digit', async () => {
    const journal = createJournal(path, new FakeClock());
    const after = { spec: { minReadySeconds: 9_007_199_254_740_993n } };
    await journal.write({ ...entry('edit'), before: { list: [1n, null] }, after });
    const line = await readFile(path, 'utf8');
    expect(line).toContain('"after":{"spec":{"minReadySeconds":9007199254740993}}');
    expect(JSON.parse(line)).toMatchObject({ act: 'edit', before: { list: [1, null] } });
  });

  it('keeps a full file beside a new one', async () => {
    const journal = createJournal(path, new FakeClock());
    await journal.write(entry('create'));
    await writeFile(path, 'x'.repeat(5_000_001));
    await journal.write(entry('delete'));
    expect((await stat(`${path}.1`)).size).toBe(5_000_001);
    expect(await readFile(path, 'utf8')).toContain('"delete"');
  });

  it('keeps the last three full files, the newest as .1', async () => {
    const journal = createJournal(path, new FakeClock());
    await journal.write(entry('create'));
    for (const letter of ['a', 'b', 'c', 'd']) {
      await writeFile(path, letter.repeat(5_000_001));
      await journal.write(entry('delete'));
    }
    const firsts = await Promise.all([1, 2, 3].map(async (n) => (await readFile(`${path}.${n}`, 'utf8')).slice(0, 1)));
    expect(firsts).toEqual(['d', 'c', 'b']);
    await expect(stat(`${path}.4`)).rejects.toThrow('ENOENT');
  });

  it('closes a line that a crash has cut, so that the next one can be read', async () => {
    const journal = createJournal(path, new FakeClock());
    await journal.write(entry('create'));
    await writeFile(path, '{"act":"dele');
    await journal.write(entry('restart'));
    const [cut, whole] = (await readFile(path, 'utf8')).split('\n');
    expect(cut).toBe('{"act":"dele');
    expect(JSON.parse(whole ?? '')).toMatchObject({ act: 'restart' });
  });

  it('says that it cannot write, and tries again the next time', async () => {
    const journal = createJournal(join(folder, 'file', 'journal.jsonl'), new FakeClock());
    await writeFile(join(folder, 'file'), '');
    await expect(journal.write(entry('create'))).rejects.toThrow();
    await rm(join(folder, 'file'));
    await journal.write(entry('delete'));
    expect(await readFile(join(folder, 'file', 'journal.jsonl'), 'utf8')).toContain('"delete"');
  });
});
