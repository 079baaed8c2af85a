import { describe, expect, it, vi } from 'vitest';
import { type KeyValueStorage, asRecord, asStrings, storedStore } from './stored.ts';

class FakeStorage implements KeyValueStorage {
  readonly items = new Map<string, string>();

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
}

const parse = (stored: unknown) => ({ names: asStrings(asRecord(stored)['names']) ?? [] });

describe('what the page remembers', () => {
  it('survives a reload', () => {
    const storage = new FakeStorage();
    storedStore(storage, 'key', parse).setState({ names: ['a'] });
    expect(storedStore(storage, 'key', parse).getState()).toEqual({ names: ['a'] });
  });

  it.each(['{', '[]', '"x"', '{"names":[1]}', 'null'])('is the default when %s is stored', (text) => {
    const storage = new FakeStorage();
    storage.items.set('key', text);
    expect(storedStore(storage, 'key', parse).getState()).toEqual({ names: [] });
  });

  it('still holds until the page is closed when the browser stores nothing', () => {
    const storage = new FakeStorage();
    vi.spyOn(storage, 'setItem').mockImplementation(() => {
      throw new Error('QuotaExceededError');
    });
    const store = storedStore(storage, 'key', parse);
    store.setState({ names: ['b'] });
    expect(store.getState()).toEqual({ names: ['b'] });
  });
});
