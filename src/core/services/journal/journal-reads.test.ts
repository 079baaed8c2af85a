import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import type { JournalPage, JournalRow } from '../../../shared/contract/journal.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { createJournal, type Journal, type JournalEntry } from '../../journal.ts';
import { JournalReads } from './journal-reads.ts';

let folder: string;
let path: string;
let clock: FakeClock;
let journal: Journal;
let reads: JournalReads;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everynode-journal-'));
  path = join(folder, 'journal.jsonl');
  clock = new FakeClock();
  journal = createJournal(path, clock);
  reads = new JournalReads(path, journal, clock);
});
afterEach(() => rm(folder, { recursive: true }));

const entry = (name: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
  act: 'restart',
  kind: 'DaemonSet',
  ref: { contextName: 'prod', namespace: 'logging', name },
  outcome: 'done',
  kubectl: `kubectl rollout restart daemonset/${name}`,
  ...more,
});

async function write(...names: readonly string[]): Promise<void> {
  for (const name of names) await journal.write(entry(name));
}

/** So large that two of them fill a file. */
const LARGE = { after: { spec: { note: 'x'.repeat(2_600_000) } } };

async function writeLarge(...names: readonly string[]): Promise<void> {
  for (const name of names) await journal.write(entry(name, LARGE));
}

const nameOf = (row: JournalRow) => (row.type === 'change' ? row.ref.name : row.why);
const namesOf = ({ rows }: Pick<JournalPage, 'rows'>) => rows.map(nameOf);

/** All pages from the newest on; `between` is called before each next one. */
async function allRows(limit: number, between?: () => Promise<void>): Promise<readonly JournalRow[]> {
  const rows: JournalRow[] = [];
  for (let page = await reads.page({ limit }); ; page = await reads.page({ before: page.before, limit })) {
    rows.push(...page.rows);
    expect(page.isGone).toBe(false);
    if (page.before === undefined) return rows;
    await between?.();
  }
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error as AppError,
  );

describe('the pages of the journal', () => {
  it('are none before the first change', async () => {
    expect(await reads.page({ limit: 10 })).toEqual({ rows: [], isGone: false, file: path });
  });

  it('begin with the newest, and the last one leads nowhere', async () => {
    await write('a', 'b', 'c', 'd', 'e');
    const first = await reads.page({ limit: 2 });
    expect(namesOf(first)).toEqual(['e', 'd']);
    const second = await reads.page({ limit: 2, before: first.before });
    expect(namesOf(second)).toEqual(['c', 'b']);
    const third = await reads.page({ limit: 2, before: second.before });
    expect([namesOf(third), third.before]).toEqual([['a'], undefined]);
    expect((await reads.page({ limit: 5 })).before).toBeUndefined();
  });

  it('go on over the full files beside it', async () => {
    await writeLarge('a', 'b', 'c', 'd', 'e', 'f', 'g');
    expect((await allRows(3)).map(nameOf)).toEqual(['g', 'f', 'e', 'd', 'c', 'b', 'a']);
  });

  it('have nothing twice and lose nothing while entries are written and files rotated between them', async () => {
    await writeLarge('a', 'b', 'c', 'd');
    let next = 0;
    const rows = await allRows(1, async () => {
      next += 1;
      if (next < 4) await writeLarge(`later-${next}`);
    });
    expect(rows.map(nameOf)).toEqual(['d', 'c', 'b', 'a']);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(4);
  });

  it('say when the place of the last one has been rotated away', async () => {
    await writeLarge('a', 'b');
    const page = await reads.page({ limit: 1 });
    await writeLarge('c', 'd', 'e', 'f', 'g', 'h', 'i', 'j');
    expect(await reads.page({ limit: 1, before: page.before })).toEqual({ rows: [], isGone: true, file: path });
    expect((await failure(reads.detail(page.rows[0]?.id ?? '')))?.reason).toBe('NotFound');
  });

  it('are whole while a writer is at work', async () => {
    const writing = (async () => {
      for (let number = 0; number < 300; number += 1) await journal.write(entry(`n-${number}`));
    })();
    let most = 0;
    while (most < 300) {
      const names = namesOf({ rows: (await allRows(40)).filter(({ type }) => type === 'change') });
      expect(names).toEqual(names.map((_, index) => `n-${names.length - 1 - index}`));
      most = names.length;
    }
    await writing;
  });

  it('are whole in the middle of a rotation, when a name is free', async () => {
    await writeLarge('a', 'b', 'c', 'd', 'e');
    await rename(`${path}.1`, `${path}.3`);
    expect((await allRows(10)).map(nameOf).at(-1)).toBe('c');
    await rename(path, `${path}.1`);
    expect((await allRows(10)).map(nameOf)[0]).toBe('e');
  });

  it('tell a line that was cut, which keeps its place when it is closed', async () => {
    await write('a');
    await appendFile(path, '{"act":"dele');
    const cut = await reads.page({ limit: 10 });
    expect(namesOf(cut)).toEqual(['The last line is not whole: it is being written, or was cut.', 'a']);
    await write('b');
    const closed = await reads.page({ limit: 10 });
    expect(namesOf(closed)).toEqual(['b', 'This line is not whole: it was cut while it was written.', 'a']);
    expect(closed.rows[1]?.id).toBe(cut.rows[0]?.id);
  });

  it('go on behind the first line of a new file that was not whole', async () => {
    await writeLarge('a', 'b');
    await rename(path, `${path}.1`);
    await writeFile(path, '{"act":"dele');
    const first = await reads.page({ limit: 1 });
    await appendFile(path, '\n');
    const second = await reads.page({ limit: 5, before: first.before });
    expect([first.rows[0]?.type, namesOf(second)]).toEqual(['unreadable', ['b', 'a']]);
  });

  it('say which older file is unreadable, and go on behind it', async () => {
    await writeLarge('a', 'b', 'c');
    await rename(`${path}.1`, `${path}.2`);
    await mkdir(`${path}.1`);
    expect(namesOf(await reads.page({ limit: 10 }))).toEqual([
      'c',
      'The file journal.jsonl.1 cannot be read: it is a folder.',
      'b',
      'a',
    ]);
  });

  it('fail in a clear sentence where the file itself is unreadable', async () => {
    await mkdir(path);
    expect((await failure(reads.page({ limit: 10 })))?.data).toEqual({
      reason: 'InternalError',
      message: `The journal ${path} cannot be read: it is a folder.`,
    });
  });
});

describe('one entry of the journal', () => {
  it('has what was before and after, without the values of variables', async () => {
    const object = (image: string) => ({
      spec: { containers: [{ name: 'main', image, env: [{ name: 'TOKEN', value: 'hush-hush' }] }] },
    });
    const error = 'Invalid value: "hush-hush"';
    const change = { before: object('a:1'), after: object('a:2'), outcome: 'failed' as const, error, uid: 'u-1' };
    await journal.write(entry('a', { ...change, reason: 'Invalid' }));
    await write('b');
    const page = await reads.page({ limit: 10 });
    const detail = await reads.detail(page.rows[1]?.id ?? '');
    expect(detail).toMatchObject({
      uid: 'u-1',
      fields: [{ path: 'spec.containers[0].image', before: 'a:1', after: 'a:2' }],
    });
    expect(page.rows[1]).toMatchObject({ outcome: 'refused', error: 'Invalid value: "[redacted]"' });
    expect(JSON.stringify([page, detail])).not.toContain('hush-hush');
  });

  it('is found under its id after a rotation', async () => {
    await writeLarge('a', 'b');
    const { rows } = await reads.page({ limit: 1 });
    await writeLarge('c');
    expect((await reads.detail(rows[0]?.id ?? '')).after).toContain('note');
  });

  it('is not there where none begins', async () => {
    await write('a');
    const [id = ''] = (await reads.page({ limit: 1 })).rows.map((row) => row.id);
    expect((await failure(reads.detail(id.replace(':0', ':3'))))?.reason).toBe('NotFound');
  });
});

it('the number of written entries tells that there is a newer one', async () => {
  const source = reads.written();
  let told = 0;
  const end = source.subscribe(() => (told += 1));
  expect(source.read()).toEqual({ state: { phase: 'live', since: clock.now() }, value: 0 });
  await write('a', 'b');
  end();
  await write('c');
  expect([told, source.read().value]).toEqual([2, 3]);
});
