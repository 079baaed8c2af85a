import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { readManifest } from '../../../shared/manifest/read-manifest.ts';
import { DraftKeeper, type DraftStorage } from './draft.ts';
import { failureWords } from './failure-words.ts';
import { manifestTemplate } from './manifest-template.ts';
import { placeCauses, problemsOf } from './placed-causes.ts';
import { readUpload } from './read-upload.ts';

class FakeStorage implements DraftStorage {
  readonly values = new Map<string, string>();
  writes = 0;
  isFull = false;

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.writes += 1;
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }
}

describe('the draft of a context', () => {
  const draft = (text: string) => ({ text, namespace: 'logging' });

  it('is kept a moment after the last key, once for many', async () => {
    const storage = new FakeStorage();
    const clock = new FakeClock();
    const keeper = new DraftKeeper(storage, clock, 'prod');
    for (const text of ['a', 'ab', 'abc']) keeper.save(draft(text));
    expect(keeper.load()).toBeUndefined();
    await clock.advance(500);
    expect(keeper.load()).toEqual(draft('abc'));
    expect(storage.writes).toBe(1);
    expect(new DraftKeeper(storage, clock, 'other').load()).toBeUndefined();
  });

  it('waits for a pause in typing when it is large, and at most 20 s', async () => {
    const storage = new FakeStorage();
    const clock = new FakeClock();
    const keeper = new DraftKeeper(storage, clock, 'prod');
    const large = 'x'.repeat(300_000);
    for (let key = 0; key < 10; key += 1) {
      keeper.save(draft(`${large}${key}`));
      await clock.advance(1_000);
    }
    expect(storage.writes).toBe(0);
    await clock.advance(1_000);
    expect(storage.writes).toBe(1);
    expect(keeper.load()).toEqual(draft(`${large}9`));
    for (let key = 0; key < 30; key += 1) {
      keeper.save(draft(`${large}${key}`));
      await clock.advance(1_000);
    }
    expect(storage.writes).toBe(2);
  });

  it('is written at once when the page goes, and gone after the creation', () => {
    const storage = new FakeStorage();
    const clock = new FakeClock();
    const keeper = new DraftKeeper(storage, clock, 'prod');
    keeper.save(draft('a'));
    expect(keeper.flush()).toBe(true);
    expect(keeper.load()).toEqual(draft('a'));
    keeper.save(draft('b'));
    keeper.clear();
    expect(keeper.load()).toBeUndefined();
    expect(clock.pendingTimers).toBe(0);
  });

  it('never brings an older text back when there is no room for the newest', () => {
    const storage = new FakeStorage();
    const keeper = new DraftKeeper(storage, new FakeClock(), 'prod');
    keeper.save(draft('small'));
    keeper.flush();
    storage.isFull = true;
    keeper.save(draft('large'));
    expect(keeper.flush()).toBe(false);
    expect(keeper.load()).toBeUndefined();
  });

  it.each(['{', 'null', '{"text": 1}', '[]'])('is none when %j is stored', (stored) => {
    const storage = new FakeStorage();
    storage.values.set('everynode.create.prod', stored);
    expect(new DraftKeeper(storage, new FakeClock(), 'prod').load()).toBeUndefined();
  });
});

describe('the template', () => {
  it('is a DaemonSet of the context’s namespace', () => {
    const read = readManifest(manifestTemplate('kube-system'));
    expect(read.ok && read.manifest['metadata']).toEqual({ name: 'node-agent', namespace: 'kube-system' });
  });
});

describe('the server’s findings', () => {
  const text = 'kind: DaemonSet\nspec:\n  template:\n    spec:\n      containers:\n        - image: a\n';

  it('get the line of their field, or of its nearest parent', () => {
    const causes = placeCauses(text, [
      { path: 'spec.template.spec.containers[0].image', message: 'Required value' },
      { path: 'spec.selector', message: 'Required value' },
      { path: '', message: 'general' },
    ]);
    expect(causes.map(({ line, column }) => [line, column])).toEqual([
      [6, 11],
      [2, 1],
      [undefined, undefined],
    ]);
  });

  it('keep the line that the core has found', () => {
    expect(placeCauses(text, [{ path: 'spec', message: 'x', line: 4, column: 2 }])[0]).toMatchObject({
      line: 4,
      column: 2,
    });
  });

  it('become problems of the editor when they have a line', () => {
    const problems = problemsOf([
      { path: 'spec.selector', message: 'Required value', line: 2, column: 1 },
      { path: '', message: 'no line' },
    ]);
    expect(problems).toEqual([{ line: 2, column: 1, severity: 'error', message: 'spec.selector: Required value' }]);
  });
});

describe('an uploaded file', () => {
  it('is read as UTF-8 text', async () => {
    expect(await readUpload(new File(['kind: DaemonSet # é\n'], 'a.yaml'))).toEqual({ text: 'kind: DaemonSet # é\n' });
  });

  it('is refused when it is no text, or over 3 MB, by its name', async () => {
    const binary = new File([new Uint8Array([0xff, 0xfe, 0x00])], 'a.bin');
    expect(await readUpload(binary)).toEqual({ problem: 'a.bin is not text in UTF-8.' });
    const large = new File(['x'.repeat(3_200_000)], 'big.yaml');
    expect(await readUpload(large)).toEqual({
      problem: 'big.yaml has 3.2 MB, and the API server takes at most 3.0 MB.',
    });
  });
});

describe('a failed creation', () => {
  const ref = { contextName: 'prod', namespace: 'logging', name: 'agent' };

  it('says that the name is taken', () => {
    const words = failureWords({ reason: 'AlreadyExists', message: 'x', ref }, 'create');
    expect(words).toMatchObject({ title: 'logging/agent exists already', showsList: false });
  });

  it('does not say that it failed when the reply was lost', () => {
    const words = failureWords({ reason: 'OutcomeUnknown', message: 'x' }, 'create');
    expect(words).toMatchObject({ title: 'It is not known whether the DaemonSet was created', showsList: true });
  });

  it('tells a failed check from a failed creation', () => {
    expect(failureWords({ reason: 'Forbidden', message: 'x' }, 'check').title).toBe('It could not be checked');
    expect(failureWords({ reason: 'Forbidden', message: 'x' }, 'create').title).toBe('The DaemonSet was not created');
  });
});
