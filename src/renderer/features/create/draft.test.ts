import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import type { DraftInput, DraftList, DraftRow, StoredDraft } from '../../../shared/contract/drafts.ts';
import { DraftKeeper, type DraftsClient, type DraftStorage } from './draft.ts';

class FakeStorage implements DraftStorage {
  readonly values = new Map<string, string>();
  isFull = false;

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }
}

/** What the core keeps, as a page sees it. */
class FakeDrafts implements DraftsClient {
  readonly kept = new Map<string, StoredDraft>();
  readonly openElsewhere = new Set<string>();
  saves = 0;
  problem: Error | undefined;

  async save(draft: DraftInput): Promise<void> {
    this.saves += 1;
    if (this.problem) throw this.problem;
    this.kept.set(draft.draftId, { ...draft, createdAt: 1, savedAt: 7 });
  }

  async list(): Promise<DraftList> {
    if (this.problem) throw this.problem;
    const drafts = [...this.kept.values()].map(({ text, ...row }): DraftRow => {
      return { ...row, name: '', characters: text.length, isOpenElsewhere: this.openElsewhere.has(row.draftId) };
    });
    return { drafts, unreadable: [] };
  }

  async read({ draftId }: { readonly draftId: string }): Promise<StoredDraft> {
    const found = this.kept.get(draftId);
    if (!found) throw new Error('not there');
    return found;
  }

  async remove({ draftId }: { readonly draftId: string }): Promise<void> {
    this.kept.delete(draftId);
  }
}

const draft = (text: string) => ({ text, namespace: 'logging' });

let storage: FakeStorage;
let drafts: FakeDrafts;
let clock: FakeClock;
let problems: unknown[];
let ids: number;

beforeEach(() => {
  storage = new FakeStorage();
  drafts = new FakeDrafts();
  clock = new FakeClock(1_000);
  problems = [];
  ids = 0;
});

/** A page; another storage is another tab, or a browser after a crash. */
function aPage(tab: DraftStorage = storage, contextName = 'prod'): DraftKeeper {
  return new DraftKeeper({
    storage: tab,
    drafts,
    clock,
    contextName,
    newId: () => `id-${++ids}`,
    onProblem: (error) => problems.push(error),
  });
}

describe('the draft of a context', () => {
  it('is kept 300 ms after the first key, once for many', async () => {
    const keeper = aPage();
    keeper.save(draft('a'));
    await clock.advance(200);
    keeper.save(draft('ab'));
    expect(drafts.saves).toBe(0);
    await clock.advance(100);
    expect(drafts.kept.get('id-1')).toMatchObject({ ...draft('ab'), contextName: 'prod' });
    expect(keeper.load()).toEqual({ ...draft('ab'), savedAt: 1_300 });
    expect(drafts.saves).toBe(1);
    expect(aPage(storage, 'other').load()).toBeUndefined();
  });

  it('waits for a pause in typing when it is large, and at most 20 s', async () => {
    const page = aPage();
    const large = 'x'.repeat(300_000);
    for (let key = 0; key < 10; key += 1) {
      page.save(draft(`${large}${key}`));
      await clock.advance(1000);
    }
    expect(drafts.saves).toBe(0);
    await clock.advance(1000);
    expect(drafts.saves).toBe(1);
    expect(page.load()?.text).toBe(`${large}9`);
    for (let key = 0; key < 30; key += 1) {
      page.save(draft(`${large}${key}`));
      await clock.advance(1000);
    }
    expect(drafts.saves).toBe(2);
  });

  it('stays one draft over a reload', async () => {
    const before = aPage();
    before.save(draft('a'));
    before.flush();
    const after = aPage();
    expect(after.load()).toMatchObject(draft('a'));
    after.save(draft('ab'));
    after.flush();
    await clock.advance(0);
    expect([...drafts.kept.values()].map(({ text }) => text)).toEqual(['ab']);
  });

  it('is written at once when the page goes, and gone after the creation', async () => {
    const keeper = aPage();
    keeper.save(draft('a'));
    expect(keeper.flush()).toBe(true);
    keeper.save(draft('b'));
    keeper.clear();
    await clock.advance(0);
    expect(keeper.load()).toBeUndefined();
    expect(drafts.kept.size).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('never brings an older text back when the tab has no room for the newest, which the core has', async () => {
    const keeper = aPage();
    keeper.save(draft('small'));
    keeper.flush();
    storage.isFull = true;
    keeper.save(draft('large'));
    expect(keeper.flush()).toBe(false);
    expect(keeper.load()).toBeUndefined();
    await clock.advance(0);
    expect(await aPage(new FakeStorage()).restore()).toMatchObject(draft('large'));
  });

  it.each(['{', 'null', '{"text": 1}', '[]', '{"text": "a", "namespace": "b"}'])(
    'is none when %j is stored',
    (stored) => {
      storage.values.set('everynode.create.prod', stored);
      expect(aPage().load()).toBeUndefined();
    },
  );
});

describe('after a crash', () => {
  it('the last draft of this context is offered again, and goes on as that draft', async () => {
    const before = aPage();
    before.save(draft('a'));
    before.flush();
    await clock.advance(0);
    const after = aPage(new FakeStorage());
    expect(await after.restore()).toEqual({ ...draft('a'), savedAt: 7 });
    after.save(draft('ab'));
    after.flush();
    await clock.advance(0);
    expect([...drafts.kept.keys()]).toEqual(['id-1']);
    expect(await aPage(new FakeStorage(), 'other').restore()).toBeUndefined();
  });

  it('a draft that another page has open is left to it', async () => {
    const other = aPage();
    other.save(draft('a'));
    other.flush();
    await clock.advance(0);
    drafts.openElsewhere.add('id-1');
    expect(await aPage(new FakeStorage()).restore()).toBeUndefined();
  });

  it('who has begun to type keeps that, and the former draft stays for the next time', async () => {
    const before = aPage();
    before.save(draft('former'));
    before.flush();
    await clock.advance(0);
    const after = aPage(new FakeStorage());
    const restoring = after.restore();
    after.save(draft('new'));
    expect(await restoring).toBeUndefined();
    after.flush();
    await clock.advance(0);
    expect([...drafts.kept.values()].map(({ text }) => text)).toEqual(['former', 'new']);
  });

  it('a draft is looked for once, and taken for good', async () => {
    const before = aPage();
    before.save(draft('a'));
    before.flush();
    await clock.advance(0);
    const after = aPage(new FakeStorage());
    expect(await Promise.all([after.restore(), after.restore()])).toEqual([
      { ...draft('a'), savedAt: 7 },
      { ...draft('a'), savedAt: 7 },
    ]);
    after.clear();
    await clock.advance(0);
    expect(drafts.kept.size).toBe(0);
  });
});

it('a core that cannot keep drafts is told once, until it can again', async () => {
  const keeper = aPage();
  drafts.problem = new Error('disk full');
  for (const text of ['a', 'ab']) {
    keeper.save(draft(text));
    keeper.flush();
    await clock.advance(0);
  }
  expect(problems).toEqual([drafts.problem]);
  drafts.problem = undefined;
  keeper.save(draft('abc'));
  keeper.flush();
  await clock.advance(0);
  drafts.problem = new Error('full again');
  keeper.save(draft('abcd'));
  keeper.flush();
  await clock.advance(0);
  expect(problems).toHaveLength(2);
});
