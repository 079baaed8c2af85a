import { readFile } from 'node:fs/promises';
import { ManualClock } from '../../src/demo/manual-clock.ts';
import { startDemoCluster } from '../../src/demo/start-demo.ts';
import { buildClusterKit, startRealCluster } from '../cluster/real-cluster.ts';
import { type ApiUnderTest, HttpApi } from '../conformance/api-under-test.ts';
import { testAuthority } from '../fakes/connection-fixture.ts';
import { H2Front } from './h2-front.ts';

/** Requests that no fault stands in the way of. */
export type DirectApi = Pick<ApiUnderTest, 'send' | 'lines'>;

/** A whole cluster that the application meets through a bad network, and the test without one. */
export interface FaultyCluster extends AsyncDisposable {
  /** Straight to the server. */
  readonly api: DirectApi;
  readonly port: number;
  /** A kubeconfig of one context, `faults`, whose server is at this port. */
  kubeconfig(port: number): string;
  /** Lets the cluster do what it does in so many milliseconds of the application's time. */
  pass(ms: number): Promise<void>;
}

function kubeconfigOf(cluster: object, token: string): string {
  const name = 'faults';
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [{ name, cluster }],
    users: [{ name, user: { token } }],
  });
}

/** The demo cluster on a clock that goes with the application's. */
export async function startFaultyDemo(protocol: 'http' | 'h2' = 'http'): Promise<FaultyCluster> {
  const clock = new ManualClock();
  await using owned = new AsyncDisposableStack();
  const demo = owned.adopt(await startDemoCluster({ nodes: 4, clock }), (started) => started.close());
  const api = owned.use(new HttpApi({ url: demo.url, token: demo.token }));
  const demoPort = Number(new URL(demo.url).port);
  const front = protocol === 'h2' ? owned.use(await H2Front.start(demoPort)) : undefined;
  const authority = { 'certificate-authority-data': Buffer.from(testAuthority.cert).toString('base64') };
  const end = owned.move();
  return {
    api,
    port: front?.port ?? demoPort,
    kubeconfig: (port) => {
      const server = `${front ? 'https' : 'http'}://127.0.0.1:${port}`;
      return kubeconfigOf(front ? { server, ...authority } : { server }, demo.token);
    },
    pass: async (ms) => {
      clock.advance(ms);
      for (let turn = 0; turn < 12; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
    },
    [Symbol.asyncDispose]: () => end.disposeAsync(),
  };
}

/** The application's time goes so many times as fast as a real control plane's. */
const REAL_FACTOR = 25;

/** The real control plane, by TLS and HTTP/2, with the token of a cluster-admin. */
export async function startFaultyRealCluster(): Promise<FaultyCluster> {
  const cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 3, name: 'faults' });
  const token = /token: "?([^\s"]+)/.exec(await readFile(cluster.users['token-user'], 'utf8'))?.[1];
  if (token === undefined) throw new Error('the kubeconfig of token-user has no token');
  const ca = await readFile(cluster.caPath, 'utf8');
  const api = new HttpApi({ url: cluster.serverUrl, token, ca });
  return {
    api,
    port: Number(new URL(cluster.serverUrl).port),
    kubeconfig: (port) => {
      const authority = { 'certificate-authority-data': Buffer.from(ca).toString('base64') };
      return kubeconfigOf({ server: `https://127.0.0.1:${port}`, ...authority }, token);
    },
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms / REAL_FACTOR)),
    [Symbol.asyncDispose]: async () => {
      await api[Symbol.asyncDispose]();
      await cluster.stop();
    },
  };
}
