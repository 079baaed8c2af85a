import type { Credentials, Secret } from './credentials.ts';

/** The `cluster` of a kubeconfig entry. Only its proxy URL can hold a password. */
export interface ClusterFacts {
  /** As written, with its path prefix: "https://rancher.example.com/k8s/clusters/c-1". */
  readonly server: string;
  readonly tlsServerName?: string;
  readonly insecureSkipTlsVerify: boolean;
  /** Path of a PEM file, absolute where the defining file has a folder. */
  readonly certificateAuthority?: string;
  /** PEM. Wins over certificateAuthority. */
  readonly certificateAuthorityData?: string;
  readonly proxyUrl?: Secret;
  /** The extension client.authentication.k8s.io/exec: what an exec plugin that asks for it is told of this cluster. */
  readonly execConfig?: unknown;
}

/** Whether a connection made for one serves the other: the same server, TLS, proxy and user. */
export function isSameConnection(a: ResolvedContext, b: ResolvedContext): boolean {
  return (
    a.contextName === b.contextName &&
    a.credentials.equals(b.credentials) &&
    clusterKey(a.cluster) === clusterKey(b.cluster)
  );
}

function clusterKey(cluster: ClusterFacts): string {
  const flat = { ...cluster, proxyUrl: cluster.proxyUrl?.reveal(), execConfig: JSON.stringify(cluster.execConfig) };
  return JSON.stringify(flat, Object.keys(cluster).toSorted());
}

/** A context with its references looked up: all that a connection needs. */
export interface ResolvedContext {
  /** Unique in the app. */
  readonly contextName: string;
  /** The name in its file. */
  readonly name: string;
  readonly file: string;
  readonly namespace?: string;
  readonly server: string;
  readonly cluster: ClusterFacts;
  readonly userName?: string;
  readonly credentials: Credentials;
}
