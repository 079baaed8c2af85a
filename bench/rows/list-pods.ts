import type { PodRow } from '../../src/shared/kubernetes/rows.ts';
import type { TestCluster } from '../../e2e/fixtures/test-cluster.ts';
import { CONTEXT, startBenchHost } from '../bench-host.ts';
import { applyItem, type BenchPage, openBenchPage } from '../bench-page.ts';
import type { Bench, BenchRow, Figure } from '../bench-row.ts';
import { type KubectlScope, kubectlTimes } from '../kubectl-times.ts';

const MB = 1024 * 1024;
type DaemonSets = Awaited<ReturnType<TestCluster['api']['items']>>;
type Target = { readonly contextName: string; readonly namespace: string; readonly name: string; readonly uid: string };

interface Namespaced {
  readonly metadata: { readonly namespace?: string; readonly name: string; readonly uid: string };
}

interface Run {
  readonly firstMs: number;
  readonly allMs: number;
  readonly peakMb: number;
  readonly heapKbPerPod: number;
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
}

/** Lists the pods of one DaemonSet that runs on 5,000 nodes. */
export const listPodsOfOne: BenchRow = {
  name: 'list-5000',
  goal: '5,000 pods: first rows ≤ 150 ms, all ≤ 0.6 s',
  run: (bench) =>
    measure(bench, (sets) => sets.filter((set) => set.metadata.name === 'cilium'), { first: 150, all: 600 }),
};

/** Lists the pods of every DaemonSet at once, about 30,000. */
export const listPodsOfAll: BenchRow = {
  name: 'list-30000',
  goal: '30,000 pods: all ≤ 3 s, ≤ 350 MB, ≤ 1.5 kB of heap per pod, event-loop delay p99 ≤ 16 ms',
  run: (bench) => measure(bench, (sets) => sets, { all: 3000, peakMb: 350, heapKb: 1.5, delayMs: 16 }),
};

interface Goals {
  readonly first?: number;
  readonly all: number;
  readonly peakMb?: number;
  readonly heapKb?: number;
  readonly delayMs?: number;
}

async function measure(
  bench: Bench,
  choose: (sets: DaemonSets) => DaemonSets,
  goals: Goals,
): Promise<readonly Figure[]> {
  const cluster = await bench.largeCluster();
  const sets = choose(await cluster.api.items('/apis/apps/v1/daemonsets'));
  const targets = sets.map(({ metadata: { namespace = '', name, uid } }: Namespaced) => ({
    contextName: CONTEXT,
    namespace,
    name,
    uid,
  }));
  const [only] = targets;
  const scope: KubectlScope =
    targets.length === 1 && only !== undefined
      ? { namespace: only.namespace, labels: await labelsOf(cluster, only) }
      : {};
  const runs: Run[] = [];
  for (let time = 0; time < (bench.quick ? 2 : 7); time++) {
    const truth = ownedUids(await cluster.api.items(podsPath(scope)), targets);
    runs.push(await runOnce(bench, cluster, targets, truth));
  }
  return [...figuresOf(runs, goals), ...(await kubectlTimes(bench, cluster, scope))];
}

function podsPath({ namespace, labels }: KubectlScope): string {
  const path = namespace === undefined ? '/api/v1/pods' : `/api/v1/namespaces/${namespace}/pods`;
  return labels === undefined ? path : `${path}?labelSelector=${encodeURIComponent(labels)}`;
}

function figuresOf(runs: readonly Run[], goals: Goals): readonly Figure[] {
  const figure = (what: string, unit: string, key: keyof Run, atMost?: number): Figure => ({
    what,
    unit,
    values: runs.map((run) => run[key]),
    ...(atMost === undefined ? {} : { goal: { atMost } }),
  });
  return [
    figure('first rows at the page', 'ms', 'firstMs', goals.first),
    figure('all rows at the page', 'ms', 'allMs', goals.all),
    figure('peak memory of the host (RSS)', 'MB', 'peakMb', goals.peakMb),
    figure('heap kept per pod', 'kB', 'heapKbPerPod', goals.heapKb),
    figure('event-loop delay p99 of the host', 'ms', 'delayP99Ms', goals.delayMs),
    figure('event-loop delay max of the host', 'ms', 'delayMaxMs'),
  ];
}

async function runOnce(
  bench: Bench,
  cluster: TestCluster,
  targets: readonly Target[],
  truth: ReadonlySet<string>,
): Promise<Run> {
  const host = await startBenchHost(bench, cluster.entry);
  try {
    const page = await openBenchPage(host.url);
    const before = await host.read();
    await host.resetDelay();
    const startedAt = performance.now();
    const followed = targets.map((target) => follow(page, target));
    const first = await Promise.race(followed.map(({ first: at }) => at));
    const rows = (await Promise.all(followed.map(({ live }) => live))).flat();
    const allMs = performance.now() - startedAt;
    const after = await host.read();
    page.close();
    check(rows, truth);
    return {
      firstMs: first - startedAt,
      allMs,
      peakMb: after.peakRss / MB,
      heapKbPerPod: (after.heapUsed - before.heapUsed) / 1024 / rows.length,
      delayP99Ms: after.delayP99Ms,
      delayMaxMs: after.delayMaxMs,
    };
  } finally {
    await host.stop();
  }
}

/** `first` is the moment of the first rows, `live` all uids once the watch is open. */
function follow({ client }: BenchPage, target: Target) {
  const first = Promise.withResolvers<number>();
  const rows = new Map<string, PodRow>();
  const live = (async () => {
    for await (const item of await client.daemonSet.watchPods(target)) {
      applyItem(rows, item);
      if (rows.size > 0) first.resolve(performance.now());
      if (item.state.phase === 'live') return [...rows.keys()];
      if (item.state.phase === 'failed' || item.state.phase === 'stale') throw new Error(item.state.error.message);
    }
    throw new Error('the stream ended before the list did');
  })();
  return { first: first.promise, live };
}

/** The demo cluster lives, so a handful of pods may come and go between the two reads. */
function check(uids: readonly string[], truth: ReadonlySet<string>): void {
  const right = uids.filter((uid) => truth.has(uid)).length;
  const slack = Math.max(5, truth.size / 1000);
  if (truth.size === 0 || truth.size - right > slack || uids.length - right > slack) {
    throw new Error(`${uids.length} rows of which ${right} are the cluster's ${truth.size}`);
  }
}

interface Owned {
  readonly metadata: { readonly uid: string; readonly ownerReferences?: readonly { readonly uid: string }[] };
}

function ownedUids(pods: readonly Owned[], targets: readonly Target[]): ReadonlySet<string> {
  const owners = new Set(targets.map(({ uid }) => uid));
  return new Set(
    pods
      .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => owners.has(uid)))
      .map(({ metadata }) => metadata.uid),
  );
}

async function labelsOf(cluster: TestCluster, { namespace, name }: Target): Promise<string> {
  const { spec } = await cluster.api.get(`/apis/apps/v1/namespaces/${namespace}/daemonsets/${name}`);
  const { matchLabels = {} } = spec['selector'] as { readonly matchLabels?: Readonly<Record<string, string>> };
  return Object.entries(matchLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
