import type { KubeObject } from '../objects.ts';
import { type Collection, keyOfObject } from './collection.ts';

/** The objects of a collection by a text of theirs (owner, node), kept up to date by its changes. */
export class IndexBy<T extends KubeObject> {
  readonly #groups = new Map<string, Map<string, T>>();
  readonly #textOf: (object: T) => string | undefined;

  constructor(collection: Collection<T>, textOf: (object: T) => string | undefined) {
    this.#textOf = textOf;
    for (const object of collection.items()) this.#add(object);
    collection.subscribe((change) => {
      if (change.previous !== undefined) this.#drop(change.previous);
      if (change.type !== 'DELETED') this.#add(change.object);
    });
  }

  get(text: string): readonly T[] {
    return [...(this.#groups.get(text)?.values() ?? [])];
  }

  /** For an object of the opening state, which is in no change. */
  load(object: T): void {
    this.#add(object);
  }

  #add(object: T): void {
    const text = this.#textOf(object);
    if (text === undefined) return;
    let group = this.#groups.get(text);
    if (group === undefined) {
      group = new Map();
      this.#groups.set(text, group);
    }
    group.set(keyOfObject(object), object);
  }

  #drop(object: T): void {
    const text = this.#textOf(object);
    if (text === undefined) return;
    const group = this.#groups.get(text);
    group?.delete(keyOfObject(object));
    if (group?.size === 0) this.#groups.delete(text);
  }
}
