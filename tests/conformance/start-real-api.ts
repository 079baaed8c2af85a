import { readFile } from 'node:fs/promises';
import { buildClusterKit, type RealCluster, startRealCluster } from '../cluster/real-cluster.ts';
import { type ApiUnderTest, type Endpoint, HttpApi } from './api-under-test.ts';

const NODES = 6;

export interface RealApiOptions {
  readonly nodes?: number;
  /** With metrics-server; its first figures take some 20 s. */
  readonly metrics?: boolean;
}

/** A cluster's API with the tokens of a cluster-admin and of users with less rights. */
export async function adminEndpoint(cluster: RealCluster): Promise<Endpoint> {
  const token = await tokenOf(cluster, 'token-user');
  const tokens = {
    viewer: await tokenOf(cluster, 'viewer'),
    'namespace-user': await tokenOf(cluster, 'namespace-user'),
    nobody: await tokenOf(cluster, 'nobody'),
    'wrong-token': await tokenOf(cluster, 'wrong-token'),
  };
  return { url: cluster.serverUrl, token, tokens, ca: await readFile(cluster.caPath, 'utf8') };
}

/** The real control plane by the token of a cluster-admin. */
export async function startRealApi({ nodes = NODES, metrics = false }: RealApiOptions = {}): Promise<ApiUnderTest> {
  const cluster = await startRealCluster({ kit: await buildClusterKit({ metrics }), nodes, metrics });
  const endpoint = await adminEndpoint(cluster);
  await cluster.restartApiServer();
  const api = new HttpApi(endpoint);
  return {
    as: (user) => api.as(user),
    send: (request) => api.send(request),
    lines: (path, signal) => api.lines(path, signal),
    [Symbol.asyncDispose]: async () => {
      await api[Symbol.asyncDispose]();
      await cluster.stop();
    },
  };
}

async function tokenOf(cluster: RealCluster, user: keyof RealCluster['users']): Promise<string> {
  const token = /token: "?([^\s"]+)/.exec(await readFile(cluster.users[user], 'utf8'))?.[1];
  if (token === undefined) throw new Error(`the kubeconfig of ${user} has no token`);
  return token;
}
