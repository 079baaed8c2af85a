import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { untilReady } from '../nodes.ts';
import { ProcessGroup } from '../process-group.ts';
import type { RealCluster } from '../real-cluster.ts';
import { openApiServerSocket } from './api-server-socket.ts';
import { type CgroupHierarchy, cgroupHierarchies, makeCgroups } from './cgroups.ts';
import type { NodeKit } from './node-kit.ts';
import { nodeNetwork } from './node-network.ts';
import { type NodeRecord, removeRecorded, startOfProcess, writeRecords } from './node-record.ts';
import { type NodePlan, startNodeProcess, writeNodeFiles } from './real-node.ts';

export interface RealNodesOptions {
  readonly kit: NodeKit;
  /** 1 unless told, at most 16. */
  readonly count?: number;
}

/** Nodes with a kubelet and containerd. Stopping them leaves this machine as it was; so does stopping their cluster. */
export interface RealNodes extends AsyncDisposable {
  readonly names: readonly string[];
  /** Folder of a node: its configuration, `kubelet.log` and `containerd.log`. */
  folderOf(name: string): string;
}

/**
 * Starts nodes `real-1`, `real-2`… of a cluster and returns when they are ready. Call it once per cluster, as root on Linux.
 *
 * @throws when a node ends early or is not ready within two minutes
 */
export async function startRealNodes(cluster: RealCluster, options: RealNodesOptions): Promise<RealNodes> {
  const { kit, count = 1 } = options;
  const { client } = cluster.site;
  const dir = join(cluster.dir, 'real-nodes');
  await mkdir(dir);
  await using undo = new AsyncDisposableStack();
  const socket = join(dir, 'api.sock');
  const server = await openApiServerSocket(socket, cluster.site.ports.apiServer);
  undo.defer(() => void server.close());
  undo.defer(() => removeRecorded(cluster.dir));
  const group = undo.use(new ProcessGroup(dir));
  const hierarchies = cgroupHierarchies(await readFile('/proc/self/mountinfo', 'utf8'));
  const plans = Array.from({ length: count }, (_, index) => planOf(cluster, kit, socket, hierarchies, index));
  await startAll(cluster.dir, plans, group);
  const names = plans.map(({ name }) => name);
  await untilReady(client, names, () => {
    const ended = names.find((name) => !group.isRunning(name));
    if (ended !== undefined) throw new Error(`${ended} ended:\n${group.lastLines(ended)}`);
  });
  const owned = cluster.own(undo.move());
  return {
    names,
    folderOf: (name) => join(dir, name),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function planOf(
  cluster: RealCluster,
  kit: NodeKit,
  socket: string,
  hierarchies: readonly CgroupHierarchy[],
  index: number,
): NodePlan {
  const { certificates, ports } = cluster.site;
  const name = `real-${index + 1}`;
  const network = nodeNetwork(ports.apiServer, index);
  const dir = join(cluster.dir, 'real-nodes', name);
  return { name, dir, network, kit, certificates, apiServerPort: ports.apiServer, socket, hierarchies };
}

/** Writes down what is made before it is made: a run that is killed at any moment can be cleaned up after. */
async function startAll(dir: string, plans: readonly NodePlan[], group: ProcessGroup): Promise<void> {
  const records = new Map<string, NodeRecord>();
  const record = async (each: NodeRecord): Promise<void> => {
    records.set(each.name, each);
    await writeRecords(dir, [...records.values()]);
  };
  for (const plan of plans) {
    const { name, network, hierarchies } = plan;
    const cgroup = `everynode-${network.link}`;
    const cgroups = hierarchies.map(({ mountPoint }) => join(mountPoint, cgroup));
    await writeNodeFiles(plan);
    await record({ name, link: network.link, cgroups });
    await makeCgroups(hierarchies, cgroup);
    await startNodeProcess(plan, cgroups, group, async (pid) => {
      const startedAt = await startOfProcess(pid);
      if (startedAt !== undefined) await record({ name, link: network.link, cgroups, process: { pid, startedAt } });
    });
  }
}
