import type { RepositoryOffer } from '../../shared/contract/image-search.ts';

export interface FoundPage<Item> {
  readonly items: readonly Item[];
  readonly more: boolean;
}

/** Where images are looked for. Both fail with RegistryFailure or RealmNeedsApproval. */
export interface ImageSource {
  /** Repositories whose name (or, on Docker Hub, description) has the words. */
  search(query: string): Promise<FoundPage<RepositoryOffer>>;
  /** Tags of a repository, as the registry orders them. */
  tags(repository: string): Promise<FoundPage<string>>;
}
