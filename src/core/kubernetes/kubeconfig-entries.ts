import type { KubeconfigProblem } from '../../shared/contract/context.ts';
import type { UserFacts } from './credentials.ts';
import type { ClusterFacts } from './resolved-context.ts';

export interface NamedCluster {
  readonly name: string;
  readonly cluster: ClusterFacts;
}

export interface NamedUser {
  readonly name: string;
  readonly user: UserFacts;
}

export interface NamedContext {
  readonly name: string;
  readonly clusterName: string | undefined;
  readonly userName: string | undefined;
  readonly namespace: string | undefined;
}

/** One kubeconfig by itself, as far as it could be read. Entries stand in the file's order and may repeat a name. */
export interface KubeconfigFile {
  /** Path, or the name under which a text was uploaded. */
  readonly file: string;
  readonly currentContext: string | undefined;
  readonly clusters: readonly NamedCluster[];
  readonly users: readonly NamedUser[];
  readonly contexts: readonly NamedContext[];
  /** A problem without `entry` is the whole file's: nothing could be read. */
  readonly problems: readonly KubeconfigProblem[];
}
