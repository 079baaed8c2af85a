import type { Clock } from '../../shared/clock.ts';
import type { RowOf, RowResource } from '../../shared/kubernetes/rows.ts';
import type { GuardLevel } from '../../shared/contract/context.ts';
import type { Journal } from '../journal.ts';
import type { DecodePool } from '../kubernetes/decode-pool.ts';
import type { ApiConnection } from '../kubernetes/api-connection.ts';
import type { LiveScope } from '../kubernetes/live-pool.ts';
import type { LiveObject } from '../kubernetes/watch-object.ts';
import type { Lease, LiveRows } from '../live-rows.ts';

/** What the server told of itself and of the user at the opening. */
export interface ClusterIdentity {
  /** gitVersion of /version. */
  readonly serverVersion: string;
  readonly userName?: string;
}

/** A context that the user has opened: everything services need of it. */
export interface OpenCluster {
  readonly contextName: string;
  readonly connection: ApiConnection;
  readonly guardLevel: GuardLevel;
  readonly journal: Journal;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly decode: DecodePool;
  /** Aborted when the context is closed, or connected anew because its kubeconfig changed. */
  readonly ended: AbortSignal;
  identity(): ClusterIdentity;
  rows<R extends RowResource>(scope: LiveScope<R>): Lease<LiveRows<RowOf[R]>>;
  object(scope: { readonly path: string; readonly name: string }): Lease<LiveObject>;
}

/** Answers the open cluster of a context, or throws Disconnected with a sentence when it is not open. */
export type FindCluster = (contextName: string) => OpenCluster;
