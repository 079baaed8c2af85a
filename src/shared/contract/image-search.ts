import { oc, type } from '@orpc/contract';
import * as z from 'zod';
import { objectRefInput } from './inputs.ts';

export interface RepositoryOffer {
  /** As it stands in an image after the registry: "grafana/loki", "nginx". */
  readonly name: string;
  readonly description?: string;
  readonly stars?: number;
  readonly official?: boolean;
}

/** `none`: why, in one line. `askRealm`: the registry wants the login to go to another place; asked again with it, it does. */
export type Found<Item> =
  | { readonly items: readonly Item[]; readonly more: boolean }
  | { readonly none: string }
  | { readonly askRealm: string };

const search = z.object({
  /** An imagePullSecret, whose login is used where it stands under this registry. It is read in the core, and stays there. */
  pullSecret: objectRefInput.optional(),
  /** The origin that an earlier `askRealm` named, when the user said yes. */
  approvedRealm: z.url().max(500).optional(),
});

/** Asked on a click only, never while one types. Each call ends after 10 s, or with the caller's signal. */
export const imageSearchContract = {
  /** `registry`: a host with port; docker.io is Docker Hub. */
  repositories: oc
    .input(search.extend({ registry: z.string().min(1).max(300), query: z.string().max(200) }))
    .output(type<Found<RepositoryOffer>>()),
  /** Tags of the image's repository. */
  tags: oc.input(search.extend({ image: z.string().min(1).max(1024) })).output(type<Found<string>>()),
  settings: oc.output(type<{ readonly enabled: boolean }>()),
  /** Off: no registry is contacted. */
  setEnabled: oc.input(z.object({ enabled: z.boolean() })).output(type<void>()),
};
