import { oc, type } from '@orpc/contract';
import * as z from 'zod';
import type { ApiSchema } from '../schema/api-schema.ts';

/** The structure of a DaemonSet, and whose it is. */
export type SchemaAnswer =
  /** The server's own, of this very version. */
  | { readonly source: 'cluster'; readonly schema: ApiSchema }
  /** The server's own as it was last seen, and why it is not asked: it may have been upgraded since. */
  | { readonly source: 'seen'; readonly schema: ApiSchema; readonly why: string }
  /** The one that comes with Everynode, and why: no context was named, the cluster is away, or the missing right. */
  | { readonly source: 'bundled'; readonly schema: ApiSchema; readonly why: string };

export const schemaContract = {
  /** Never fails for a cluster that is away. About 250 kB for a cluster's own: ask once and keep it. */
  daemonSet: oc.input(z.object({ contextName: z.string().min(1).max(4096).optional() })).output(type<SchemaAnswer>()),
};
