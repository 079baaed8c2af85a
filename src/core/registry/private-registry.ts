import type { RepositoryOffer } from '../../shared/contract/image-search.ts';
import { field } from '../../shared/kubernetes/json-fields.ts';
import type { FoundPage, ImageSource } from './image-source.ts';
import type { RegistrySession } from './registry-session.ts';

const PAGE_SIZE = 1000;
const MAX_PAGES = 20;
const MAX_FOUND = 100;
const MAX_TAGS = 2000;

/** The distribution API v2, as registries of one's own speak it: `/v2/_catalog` and `/v2/<name>/tags/list`, paged by Link. */
export class PrivateRegistry implements ImageSource {
  readonly #session: RegistrySession;

  constructor(session: RegistrySession) {
    this.#session = session;
  }

  search(query: string): Promise<FoundPage<RepositoryOffer>> {
    const wanted = query.toLowerCase();
    const keep = (name: string) => name.toLowerCase().includes(wanted);
    return this.#pages(`/v2/_catalog?n=${PAGE_SIZE}`, 'repositories', MAX_FOUND, keep).then(({ items, more }) => ({
      items: items.map((name) => ({ name })),
      more,
    }));
  }

  tags(repository: string): Promise<FoundPage<string>> {
    const path = repository.split('/').map(encodeURIComponent).join('/');
    return this.#pages(`/v2/${path}/tags/list?n=${PAGE_SIZE}`, 'tags', MAX_TAGS, () => true);
  }

  async #pages(path: string, key: string, limit: number, keep: (name: string) => boolean): Promise<FoundPage<string>> {
    const found: string[] = [];
    let url: URL | undefined = new URL(path, this.#session.origin);
    for (let page = 0; url !== undefined && page < MAX_PAGES && found.length < limit; page++) {
      const { json, next } = await this.#session.get(url);
      const names = field(json, key);
      // A repository without tags answers `"tags": null`.
      if (Array.isArray(names)) found.push(...names.filter((name) => typeof name === 'string').filter(keep));
      url = next;
    }
    return { items: found.slice(0, limit), more: url !== undefined || found.length > limit };
  }
}
