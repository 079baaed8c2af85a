import { readFile } from 'node:fs/promises';
import { type RealCluster, buildClusterKit, startRealCluster } from '../cluster/real-cluster.ts';
import { type ApiUnderTest, type Endpoint, HttpApi } from './api-under-test.ts';

const NODES = 6;

/** A cluster's API with the token of a cluster-admin. */
export async function adminEndpoint(cluster: RealCluster): Promise<Endpoint> {
  const kubeconfig = await readFile(cluster.users['token-user'], 'utf8');
  const token = /token: "?([^\s"]+)/.exec(kubeconfig)?.[1];
  if (token === undefined) throw new Error('the kubeconfig of token-user has no token');
  return { url: cluster.serverUrl, token, ca: await readFile(cluster.caPath, 'utf8') };
}

/** The real control plane by the token of a cluster-admin. */
export async function startRealApi(nodes: number = NODES): Promise<ApiUnderTest> {
  const cluster = await startRealCluster({ kit: await buildClusterKit(), nodes });
  const endpoint = await adminEndpoint(cluster);
  await cluster.restartApiServer();
  const api = new HttpApi(endpoint);
  return {
    send: (request) => api.send(request),
    lines: (path, signal) => api.lines(path, signal),
    [Symbol.asyncDispose]: async () => {
      await api[Symbol.asyncDispose]();
      await cluster.stop();
    },
  };
}
