import type { Row } from '../../src/shared/kubernetes/rows.ts';
import { type JsonObject, objectAt, textAt } from '../../src/shared/kubernetes/json-fields.ts';
import type { DirectApi } from './faulty-cluster.ts';

interface ListAnswer {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly JsonObject[];
}

/** Every version of one collection from now on, read by a watch of its own, straight from the server. */
export class ClusterHistory implements AsyncDisposable {
  readonly #api: DirectApi;
  readonly #path: string;
  readonly #versions = new Set<string>();
  readonly #end = new AbortController();
  #reading: Promise<void> = Promise.resolve();

  private constructor(api: DirectApi, path: string) {
    this.#api = api;
    this.#path = path;
  }

  static async start(api: DirectApi, path: string): Promise<ClusterHistory> {
    const history = new ClusterHistory(api, path);
    const { items, metadata } = await history.#list();
    for (const item of items) history.#keep(item);
    history.#reading = history.#follow(metadata.resourceVersion);
    return history;
  }

  everWas({ uid, resourceVersion }: Row): boolean {
    return this.#versions.has(`${uid}@${resourceVersion}`);
  }

  /** uid to resourceVersion of what the server lists now. */
  async truth(keep: (item: JsonObject) => boolean = () => true): Promise<ReadonlyMap<string, string>> {
    const { items } = await this.#list();
    return new Map(items.filter(keep).map(identityOf));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await this.#reading;
  }

  async #list(): Promise<ListAnswer> {
    const { code, body } = await this.#api.send({ method: 'GET', path: this.#path });
    if (code !== 200) throw new Error(`${this.#path}: ${code}`);
    // The parts of a list that are read here.
    return body as ListAnswer;
  }

  async #follow(version: string): Promise<void> {
    const { signal } = this.#end;
    try {
      for await (const line of this.#api.lines(`${this.#path}?watch=true&resourceVersion=${version}`, signal)) {
        const event = JSON.parse(line) as { readonly type: string; readonly object: JsonObject };
        if (event.type === 'ADDED' || event.type === 'MODIFIED') this.#keep(event.object);
        if (event.type === 'ERROR') throw new Error(`the test's own watch ended: ${line}`);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #keep(item: JsonObject): void {
    this.#versions.add(identityOf(item).join('@'));
  }
}

function identityOf(item: JsonObject): readonly [uid: string, resourceVersion: string] {
  const metadata = objectAt(item, 'metadata');
  return [textAt(metadata, 'uid') ?? '', textAt(metadata, 'resourceVersion') ?? ''];
}
