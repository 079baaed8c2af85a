import type { KubeObject } from '../objects.ts';
import { type Change, EventLog } from './event-log.ts';

export function keyOf(namespace: string | undefined, name: string): string {
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;
}

export function keyOfObject(object: KubeObject): string {
  return keyOf(object.metadata.namespace, object.metadata.name);
}

/** Hands out the store's one rising resourceVersion. */
export class VersionCounter {
  #current: number;

  constructor(start: number) {
    this.#current = start;
  }

  get current(): number {
    return this.#current;
  }

  next(): number {
    this.#current += 1;
    return this.#current;
  }
}

/** All objects of one resource. Objects are never changed in place: a write puts another object under the same key. */
export class Collection<T extends KubeObject> {
  readonly #versions: VersionCounter;
  readonly #objects = new Map<string, T>();
  readonly #log: EventLog<T>;
  readonly #listeners = new Set<(change: Change<T>) => void>();
  #sortedKeys: string[] | undefined;

  constructor(versions: VersionCounter, window: number) {
    this.#versions = versions;
    this.#log = new EventLog<T>(window);
  }

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  /** All objects in etcd's order, by namespace and name. */
  items(): readonly T[] {
    return this.#keys().flatMap((key) => this.#objects.get(key) ?? []);
  }

  /** Stores an object under a new version and tells everyone; returns it as stored. */
  put(object: T): T {
    const key = keyOfObject(object);
    const previous = this.#objects.get(key);
    const version = this.#versions.next();
    const stored = this.#stamped(object, version);
    this.#set(key, stored);
    const change = { version, key, object: stored };
    this.#publish(previous === undefined ? { ...change, type: 'ADDED' } : { ...change, type: 'MODIFIED', previous });
    return stored;
  }

  /** Puts an object of the opening state: under a version, but into no log and to no listener. */
  load(object: T): T {
    const stored = this.#stamped(object, this.#versions.next());
    this.#set(keyOfObject(object), stored);
    return stored;
  }

  /** Ends the opening state: nobody can watch from before it. */
  seal(): void {
    this.#log.compact(this.#versions.current);
  }

  /** The version from before which no watch can begin any more. */
  get floor(): number {
    return this.#log.floor;
  }

  compact(version: number): void {
    this.#log.compact(version);
  }

  remove(key: string): T | undefined {
    const previous = this.#objects.get(key);
    if (previous === undefined) return undefined;
    this.#objects.delete(key);
    const keys = this.#sortedKeys;
    if (keys !== undefined) keys.splice(lowerBound(keys, key), 1);
    const version = this.#versions.next();
    this.#publish({ type: 'DELETED', version, key, object: this.#stamped(previous, version), previous });
    return previous;
  }

  subscribe(listener: (change: Change<T>) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  changesAfter(version: number): readonly Change<T>[] | undefined {
    return this.#log.after(version);
  }

  /** The objects as they were at a version, by undoing what came later; undefined when that is gone from the log. */
  itemsAt(version: number): readonly T[] | undefined {
    const changes = this.#log.after(version);
    if (changes === undefined) return undefined;
    if (changes.length === 0) return this.items();
    const then = new Map<string, T | undefined>();
    for (const change of changes) if (!then.has(change.key)) then.set(change.key, change.previous);
    const keys = new Set([...this.#keys(), ...then.keys()]);
    return [...keys].sort().flatMap((key) => (then.has(key) ? then.get(key) : this.#objects.get(key)) ?? []);
  }

  #stamped(object: T, version: number): T {
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
  }

  #keys(): readonly string[] {
    this.#sortedKeys ??= [...this.#objects.keys()].sort();
    return this.#sortedKeys;
  }

  #set(key: string, object: T): void {
    if (!this.#objects.has(key) && this.#sortedKeys !== undefined) {
      this.#sortedKeys.splice(lowerBound(this.#sortedKeys, key), 0, key);
    }
    this.#objects.set(key, object);
  }

  #publish(change: Change<T>): void {
    this.#log.append(change);
    for (const listener of [...this.#listeners]) listener(change);
  }
}

function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
