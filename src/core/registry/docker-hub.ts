import type { RepositoryOffer } from '../../shared/contract/image-search.ts';
import { field, flagAt, numberAt, objectsAt, optional, textAt } from '../../shared/kubernetes/json-fields.ts';
import type { FoundPage, ImageSource } from './image-source.ts';
import type { RegistrySession } from './registry-session.ts';

const SEARCH_SIZE = 25;
const TAGS_SIZE = 100;

/** Docker Hub's own API, which needs no login: search, and the tags that were pushed last. */
export class DockerHub implements ImageSource {
  readonly #session: RegistrySession;

  constructor(session: RegistrySession) {
    this.#session = session;
  }

  async search(query: string): Promise<FoundPage<RepositoryOffer>> {
    const url = new URL('/v2/search/repositories/', this.#session.origin);
    url.search = new URLSearchParams({ query, page_size: String(SEARCH_SIZE) }).toString();
    const { json } = await this.#session.get(url);
    const items = objectsAt(json, 'results').flatMap((result) => {
      const name = textAt(result, 'repo_name');
      if (name === undefined) return [];
      const description = textAt(result, 'short_description');
      return [
        {
          name,
          ...optional('description', description),
          stars: numberAt(result, 'star_count'),
          official: flagAt(result, 'is_official'),
        },
      ];
    });
    return { items, more: textAt(json, 'next') !== undefined };
  }

  async tags(repository: string): Promise<FoundPage<string>> {
    const path = repository.split('/').map(encodeURIComponent).join('/');
    const url = new URL(`/v2/repositories/${path}/tags`, this.#session.origin);
    url.search = new URLSearchParams({ page_size: String(TAGS_SIZE), ordering: 'last_updated' }).toString();
    const { json } = await this.#session.get(url);
    const items = objectsAt(json, 'results').flatMap((result) => textAt(result, 'name') ?? []);
    return { items, more: typeof field(json, 'next') === 'string' };
  }
}
