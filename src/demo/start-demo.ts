import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { DEMO_ADMIN, type DemoUser } from './api/authorizer.ts';
import type { ApiContext } from './api/request.ts';
import { createApiServer } from './api/server.ts';
import { type DemoClock, systemClock } from './clock.ts';
import { DaemonController } from './controller/daemon-controller.ts';
import { GarbageCollector } from './controller/garbage-collector.ts';
import { EventRecorder } from './event-recorder.ts';
import { Kubelet } from './kubelet/kubelet.ts';
import { Scheduler } from './kubelet/scheduler.ts';
import { SeededRandom } from './random.ts';
import { loadCluster } from './seed/load-cluster.ts';
import { planNodes } from './seed/nodes.ts';
import { Store } from './store/store.ts';

export interface DemoOptions {
  /** 24 when absent. */
  readonly nodes?: number;
  readonly clock?: DemoClock;
  /** The same seed gives the same names and uids. */
  readonly seed?: number;
  /** How many changes per resource a watch can go back; 10,000 when absent. */
  readonly watchWindow?: number;
  /** How a watch from before the window is told: an ERROR event (as the API server's watch cache does), or the answer 410. */
  readonly expiredWatch?: 'event' | 'status';
  /** Whether there is metrics.k8s.io; true when absent. */
  readonly metrics?: boolean;
  /** Users with fewer rights, beside the administrator. */
  readonly users?: readonly DemoUser[];
}

export interface DemoCluster {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The administrator's. */
  readonly token: string;
  /** Of every user by name. */
  readonly tokens: ReadonlyMap<string, string>;
  readonly store: Store;
  close(): Promise<void>;
}

const DEFAULT_NODES = 24;
const DEFAULT_WINDOW = 10_000;
const START_VERSION = 184_203_117;

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Starts a demo cluster in this process, on a random port of 127.0.0.1, with a token of 32 random bytes. */
export async function startDemoCluster(options: DemoOptions = {}): Promise<DemoCluster> {
  const clock = options.clock ?? systemClock;
  const random = new SeededRandom(options.seed ?? 1);
  const store = new Store({ startVersion: START_VERSION, window: options.watchWindow ?? DEFAULT_WINDOW });
  const events = new EventRecorder(store, clock, random);
  loadCluster({ store, clock, random, events, nodes: planNodes(options.nodes ?? DEFAULT_NODES) });

  const parts = [
    new Kubelet(store, clock, events),
    new Scheduler(store, clock, events),
    new DaemonController({ store, clock, random, events }),
    new GarbageCollector(store, clock),
  ];
  for (const part of parts) part.start();

  const context: ApiContext = {
    store,
    clock,
    random,
    events,
    expiredWatch: options.expiredWatch ?? 'event',
    hasMetrics: options.metrics ?? true,
    openStreams: new Set(),
  };
  const token = newToken();
  const users = new Map([[token, DEMO_ADMIN], ...(options.users ?? []).map((user) => [newToken(), user] as const)]);
  const server = createApiServer(context, users);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    tokens: new Map([...users].map(([each, { username }]) => [username, each])),
    store,
    close: () =>
      new Promise((resolve) => {
        for (const part of parts) part.stop();
        for (const end of [...context.openStreams]) end();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
