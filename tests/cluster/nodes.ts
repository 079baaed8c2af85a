import { setTimeout as wait } from 'node:timers/promises';
import type { AdminClient } from './admin-client.ts';

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** How the added nodes differ from plain ones. */
export interface NodeOptions {
  /** `node-` unless told; numbers go on where the last call with it ended. */
  readonly namePrefix?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly taints?: readonly Taint[];
  /** Values of `topology.kubernetes.io/zone` in turn; `a`, `b`, `c` unless told. */
  readonly zones?: readonly string[];
  readonly architecture?: string;
  readonly unschedulable?: boolean;
  /** Quantities, as `{ cpu: '4', memory: '16Gi', pods: '110' }`. */
  readonly allocatable?: Readonly<Record<string, string>>;
}

/** What is the same for all nodes of a cluster. */
export interface NodeSite {
  readonly kubeletPort: number;
  readonly metrics: boolean;
}

const ALLOCATABLE = { cpu: '4', memory: '16Gi', 'ephemeral-storage': '100Gi', pods: '110' };
const AT_ONCE = 16;
const POLL_MS = 100;
const READY_WITHIN_MS = 120_000;

/** Creates kwok nodes and returns their names when all are ready and free of taints that say else. */
export async function createNodes(
  client: AdminClient,
  numbers: readonly number[],
  options: NodeOptions,
  site: NodeSite,
): Promise<readonly string[]> {
  const nodes = numbers.map((number) => nodeOf(number, options, site));
  const queue = nodes.values();
  const worker = async (): Promise<void> => {
    for (const node of queue) {
      await client.create('/api/v1/nodes', node);
      // Admission taints every new node as not ready, which ours is. The node
      // controller would find that out too, but at some 70 nodes a second.
      const taints = options.taints ?? null;
      await client.mergePatch(`/api/v1/nodes/${node.metadata.name}`, { spec: { taints } });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const names = nodes.map(({ metadata }) => metadata.name);
  await untilReady(client, names);
  return names;
}

function nodeOf(number: number, options: NodeOptions, site: NodeSite) {
  const name = `${options.namePrefix ?? 'node-'}${String(number).padStart(3, '0')}`;
  const zones = options.zones ?? ['a', 'b', 'c'];
  const zone = zones[(number - 1) % zones.length];
  const architecture = options.architecture ?? 'amd64';
  const allocatable = { ...ALLOCATABLE, ...options.allocatable };
  return {
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': architecture,
        ...(zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone }),
        ...options.labels,
      },
      annotations: {
        'kwok.x-k8s.io/node': 'fake',
        ...(site.metrics ? { 'metrics.k8s.io/resource-metrics-path': `/metrics/nodes/${name}/metrics/resource` } : {}),
        ...options.annotations,
      },
    },
    spec: {
      ...(options.taints === undefined ? {} : { taints: options.taints }),
      ...(options.unschedulable === undefined ? {} : { unschedulable: options.unschedulable }),
    },
    status: {
      allocatable,
      capacity: allocatable,
      addresses: [
        { type: 'InternalIP', address: '127.0.0.1' },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: site.kubeletPort } },
      conditions: conditions(new Date().toISOString()),
      nodeInfo: {
        architecture,
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 13 (trixie)',
        kernelVersion: '6.12.0',
        kubeletVersion: 'v1.37.2',
        kubeProxyVersion: '',
        containerRuntimeVersion: 'containerd://2.1.0',
        machineID: name,
        systemUUID: name,
        bootID: name,
      },
    },
  };
}

function conditions(now: string) {
  const condition = (type: string, status: string, reason: string) => ({
    type,
    status,
    reason,
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  });
  return [
    condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
    condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
    condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
    condition('Ready', 'True', 'KubeletReady'),
  ];
}

/**
 * Waits until nodes are ready and not tainted as anything else.
 *
 * @param check called before each look; what it throws ends the waiting
 * @throws after two minutes
 */
export async function untilReady(
  client: AdminClient,
  names: readonly string[],
  check: () => void = () => undefined,
): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    check();
    const { items } = (await client.read('/api/v1/nodes')) as NodeList;
    const ready = new Set(items.filter(isReady).map(({ metadata }) => metadata.name));
    const missing = names.filter((name) => !ready.has(name));
    if (missing.length === 0) return;
    if (performance.now() > deadline) {
      throw new Error(`${missing.length} of ${names.length} nodes are not ready: ${missing[0]}…`);
    }
    // A list of 5,000 nodes is some 15 MB: the more there are, the rarer it is read.
    await wait(POLL_MS + names.length / 5);
  }
}

/** The part of a v1 NodeList that is looked at; the server is the judge of its shape. */
interface NodeList {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly taints?: readonly Taint[] };
    readonly status: {
      readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    };
  }[];
}

/** The node controller takes its taint away a moment after the node is ready. */
function isReady({ spec, status }: NodeList['items'][number]): boolean {
  const tainted = spec.taints?.some(({ key }) => key === 'node.kubernetes.io/not-ready') ?? false;
  const ready = status.conditions?.some((each) => each.type === 'Ready' && each.status === 'True');
  return ready === true && !tainted;
}
