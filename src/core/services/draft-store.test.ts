import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { type DraftHolder, DraftStore } from './draft-store.ts';

const A = '11111111-1111-4111-8111-111111111111';
const B = '22222222-2222-4222-8222-222222222222';
const WRITER = fileURLToPath(new URL('../../../tests/fakes/draft-writer.ts', import.meta.url));

let parent: string;
let folder: string;
let clock: FakeClock;
let store: DraftStore;
let page: DraftHolder;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'everynode-drafts-'));
  folder = join(parent, 'drafts');
  clock = new FakeClock(1_000);
  store = new DraftStore(folder, clock);
  page = aPage('page-1');
});
afterEach(() => rm(parent, { recursive: true }));

function aPage(id: string): DraftHolder & { close(): void } {
  const controller = new AbortController();
  return { id, signal: controller.signal, close: () => controller.abort() };
}

const draft = (text: string, draftId = A) => ({ draftId, contextName: 'prod', namespace: 'logging', text });
const manifest = 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent}\n';

describe('a draft on disk', () => {
  it('is there again for the next process, for its owner alone', async () => {
    expect(await store.save(draft('kind: Dae'), page)).toEqual({ savedAt: 1_000 });
    await clock.advance(500);
    await store.save(draft(manifest), page);
    const later = new DraftStore(folder, clock);
    expect(await later.read(A, page)).toEqual({ ...draft(manifest), createdAt: 1_000, savedAt: 1_500 });
    expect((await stat(join(folder, `${A}.json`))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await later.save(draft('x'), page);
    expect(await later.read(A, page)).toMatchObject({ createdAt: 1_000 });
  });

  it('is listed with the name of its DaemonSet, the last written first', async () => {
    await store.save(draft(manifest), page);
    await clock.advance(10);
    await store.save({ draftId: B, namespace: 'default', text: 'not: yet\n' }, page);
    expect(await store.list(page)).toEqual({
      drafts: [
        {
          draftId: B,
          namespace: 'default',
          name: '',
          characters: 9,
          createdAt: 1_010,
          savedAt: 1_010,
          isOpenElsewhere: false,
        },
        {
          draftId: A,
          contextName: 'prod',
          namespace: 'logging',
          name: 'agent',
          characters: manifest.length,
          createdAt: 1_000,
          savedAt: 1_000,
          isOpenElsewhere: false,
        },
      ],
      unreadable: [],
    });
    expect([...(await store.texts())].toSorted()).toEqual([manifest, 'not: yet\n'].toSorted());
  });

  it('says that another page has it open, as long as that one is there', async () => {
    const other = aPage('page-2');
    await store.save(draft('x'), other);
    expect((await store.list(page)).drafts[0]?.isOpenElsewhere).toBe(true);
    expect((await store.list(other)).drafts[0]?.isOpenElsewhere).toBe(false);
    other.close();
    expect((await store.list(page)).drafts[0]?.isOpenElsewhere).toBe(false);
    await store.read(A, page);
    expect((await store.list(aPage('page-3'))).drafts[0]?.isOpenElsewhere).toBe(true);
  });

  it('is gone when it was removed, also while it is being written', async () => {
    const saved = store.save(draft('x'), page);
    await saved;
    const again = store.save(draft('y'), page);
    await store.remove(A);
    await again;
    await store.remove(A);
    await expect(store.read(A, page)).rejects.toMatchObject({ reason: 'NotFound' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('holds the newest of many saves, each of which ends when it is on disk', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, index) => store.save(draft(`text ${index}`), page)));
    expect((await store.read(A, page)).text).toBe('text 49');
    expect(await readdir(folder)).toEqual([`${A}.json`]);
  });

  it('is flushed at the end', async () => {
    const saved = store.save(draft('last words'), page);
    await saved;
    void store.save(draft('very last words'), page);
    await new Promise((resolve) => setImmediate(resolve));
    await store.flush();
    expect(JSON.parse(await readFile(join(folder, `${A}.json`), 'utf8'))).toMatchObject({ text: 'very last words' });
  });
});

describe('trouble with the folder', () => {
  it('leaves foreign and cut files as they are, and says so', async () => {
    await store.save(draft('x'), page);
    await writeFile(join(folder, `${B}.json`), '{"draftId": "');
    await writeFile(join(folder, 'foreign.json'), '{}');
    await writeFile(join(folder, 'note.txt'), 'hello');
    const { drafts, unreadable } = await store.list(page);
    expect(drafts.map(({ draftId }) => draftId)).toEqual([A]);
    expect(unreadable.toSorted((a, b) => (a.file < b.file ? -1 : 1))).toEqual([
      { file: join(folder, `${B}.json`), why: 'it is not whole JSON' },
      { file: join(folder, 'foreign.json'), why: 'it is not a draft of Everynode' },
    ]);
    expect(await readdir(folder)).toHaveLength(4);
    await expect(store.read(B, page)).rejects.toMatchObject({ reason: 'NotFound' });
  });

  it('removes what a killed host was writing, when it is old', async () => {
    await store.save(draft('x'), page);
    const now = (await stat(join(folder, `${A}.json`))).mtimeMs;
    await writeFile(join(folder, `${A}.json.abc.tmp`), 'half a dra');
    await new DraftStore(folder, new FakeClock(now + 60_000)).list(page);
    expect(await readdir(folder)).toHaveLength(2);
    await new DraftStore(folder, new FakeClock(now + 2 * 3_600_000)).list(page);
    expect(await readdir(folder)).toEqual([`${A}.json`]);
  });

  it('has no drafts where there is no folder yet', async () => {
    expect(await store.list(page)).toEqual({ drafts: [], unreadable: [] });
  });

  it('says why a draft is not kept', async () => {
    await writeFile(folder, 'a file');
    await expect(store.save(draft('x'), page)).rejects.toMatchObject({
      reason: 'InternalError',
      message: expect.stringMatching(/^The draft cannot be kept on disk: /) as string,
    });
  });
});

describe('a host that is killed', () => {
  it.each([1, 7, 20])(
    'leaves a whole draft, no older than the last that it said was kept (after %i saves)',
    async (after) => {
      const child = spawn(process.execPath, [WRITER, folder, A], { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      let told = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        told = Number(line);
        if (told >= after) child.kill('SIGKILL');
      }
      await ended;
      expect(told).toBeGreaterThanOrEqual(after);
      const { text } = await store.read(A, page);
      expect(Number(text.split('\n', 1)[0])).toBeGreaterThanOrEqual(told);
      expect(text.endsWith('# end')).toBe(true);
    },
  );
});
