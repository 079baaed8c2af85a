import { describe, expect, it } from 'vitest';
import type { ReadState } from '../../shared/contract/live.ts';
import { ReadHealth } from './read-health.ts';

class Read {
  state: ReadState = { phase: 'connecting' };
  readonly #listeners = new Set<() => void>();

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  become(state: ReadState): void {
    this.state = state;
    for (const listener of this.#listeners) listener();
  }

  get followers(): number {
    return this.#listeners.size;
  }
}

const stale: ReadState = { phase: 'stale', since: 5, error: { reason: 'Unreachable', message: 'gone' } };
const live: ReadState = { phase: 'live', since: 9 };

describe('the health of a connection', () => {
  it('is in trouble as long as one read is stale', () => {
    const health = new ReadHealth(() => undefined);
    const [a, b] = [new Read(), new Read()];
    health.follow(a);
    health.follow(b);
    a.become(live);
    b.become(stale);
    a.become(live);
    expect(health.trouble).toBe(stale);
    b.become(live);
    expect(health.trouble).toBeUndefined();
  });

  it('forgets the trouble of a read that was given up, and follows it no longer', () => {
    let changes = 0;
    const health = new ReadHealth(() => changes++);
    const read = new Read();
    const end = health.follow(read);
    read.become(stale);
    changes = 0;
    end();
    expect([health.trouble, changes, read.followers]).toEqual([undefined, 1, 0]);
  });

  it('takes a 401 as trouble and a missing right as none', () => {
    const health = new ReadHealth(() => undefined);
    const read = new Read();
    health.follow(read);
    read.become({ phase: 'failed', error: { reason: 'Forbidden', message: 'no' } });
    expect(health.trouble).toBeUndefined();
    read.become({ phase: 'failed', error: { reason: 'Unauthorized', message: 'no' } });
    expect(health.trouble?.phase).toBe('failed');
  });

  it('tells of a new time of the next try, and not of every row', () => {
    let changes = 0;
    const health = new ReadHealth(() => changes++);
    const read = new Read();
    health.follow(read);
    read.become(live);
    const before = changes;
    read.become(live);
    expect(changes).toBe(before);
    read.become(stale);
    read.become({ ...stale, retryAt: 8 });
    expect(changes).toBe(before + 2);
  });
});
