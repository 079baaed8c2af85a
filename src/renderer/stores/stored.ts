import { type StoreApi, createStore } from 'zustand/vanilla';

/** Where preferences are kept: localStorage or sessionStorage, or a fake in tests. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

function read(storage: KeyValueStorage, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null');
  } catch {
    // Half-written or foreign text, or a browser that forbids storage: the defaults hold.
    return undefined;
  }
}

/**
 * A store whose value survives a reload. What was stored is checked by `parse`, which returns defaults for whatever
 * it does not know, so that an older or damaged entry never breaks the page.
 */
export function storedStore<Value>(
  storage: KeyValueStorage,
  key: string,
  parse: (stored: unknown) => Value,
): StoreApi<Value> {
  const store = createStore<Value>(() => parse(read(storage, key)));
  store.subscribe((value) => {
    try {
      storage.setItem(key, JSON.stringify(value));
    } catch {
      // Storage is full or forbidden: the choice holds until the page is closed.
    }
  });
  return store;
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

export function asStrings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}
