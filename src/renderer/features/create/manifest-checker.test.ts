import { describe, expect, it } from 'vitest';
import { readManifest } from '../../../shared/manifest/read-manifest.ts';
import { ManifestAnswers } from './manifest-answers.ts';
import { ManifestQueue, type QuestionPort, type SentAnswer, type SentQuestion } from './manifest-checker.ts';

const DAEMONSET = 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\n';

describe('what is said of a text', () => {
  it.each([
    DAEMONSET,
    `---\n# nothing\n---\n${DAEMONSET}---\n`,
    `${DAEMONSET}---\nkind: ConfigMap\n`,
    `a: [\n---\n${DAEMONSET}`,
    'kind: DaemonSet\n',
    'apiVersion: apps/v1\nkind: Deployment\n',
    'a: {b: 1, b: 2}\n',
    '',
  ])('is what is said before it is sent: %j', (text) => {
    const read = readManifest(text);
    expect(new ManifestAnswers().check(text)).toEqual(read.ok ? [] : read.error.causes);
  });

  it('has the places of fields, and of the nearest parent of a missing one', () => {
    const places = new ManifestAnswers().place(DAEMONSET, ['metadata.name', 'metadata.labels', 'spec']);
    expect(places.map((place) => place?.line)).toEqual([3, 3, 1]);
  });
});

/** A worker's side: what was asked, and answers when told to. */
class FakePort implements QuestionPort {
  readonly asked: SentQuestion[] = [];
  isTerminated = false;
  readonly #events = new EventTarget();

  postMessage(question: SentQuestion): void {
    this.asked.push(question);
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#events.addEventListener(type, listener as (event: Event) => void);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  answer(): void {
    const id = this.asked.at(-1)?.id ?? 0;
    const data: SentAnswer = { id, answer: [] };
    this.#events.dispatchEvent(new MessageEvent('message', { data }));
  }

  fail(): void {
    this.#events.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
  }
}

describe('questions about texts', () => {
  const ports: FakePort[] = [];
  const open = () => {
    ports.length = 0;
    return new ManifestQueue(() => {
      const port = new FakePort();
      ports.push(port);
      return port;
    });
  };
  const check = (text: string) => ({ ask: 'check', text }) as const;
  const texts = () => ports.map(({ asked }) => asked.map(({ question }) => question.text));

  it('are asked one at a time, and one that was given up meanwhile is not asked', async () => {
    const queue = open();
    const stale = new AbortController();
    const first = queue.ask(check('a'));
    const second = queue.ask(check('b'), stale.signal);
    const third = queue.ask(check('c'));
    stale.abort();
    expect(texts()).toEqual([['a']]);
    ports[0]?.answer();
    await first;
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    expect(texts()).toEqual([['a', 'c']]);
    ports[0]?.answer();
    expect(await third).toEqual([]);
  });

  it('are asked of another worker after one has failed', async () => {
    const queue = open();
    const first = queue.ask(check('a'));
    const second = queue.ask(check('b'));
    ports[0]?.fail();
    await expect(first).rejects.toThrow('the manifest check failed: out of memory');
    expect(texts()).toEqual([['a'], ['b']]);
    ports[1]?.answer();
    expect(await second).toEqual([]);
    queue.dispose();
    expect(ports.map(({ isTerminated }) => isTerminated)).toEqual([true, true]);
  });
});
