import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type ClusterCertificates, makeLeaf } from '../certificates.ts';
import { writeKubeconfig } from '../kubeconfigs.ts';
import type { ProcessGroup } from '../process-group.ts';
import type { CgroupHierarchy } from './cgroups.ts';
import { CNI_CONFIG_DIR, cniConfig, containerdConfig, kubeletConfig } from './node-files.ts';
import type { NodeKit } from './node-kit.ts';
import { LINK_PREFIX, type NodeNetwork } from './node-network.ts';

/** What one node is made from. */
export interface NodePlan {
  readonly name: string;
  /** Folder of its own for configuration and logs. */
  readonly dir: string;
  readonly network: NodeNetwork;
  readonly kit: NodeKit;
  readonly certificates: ClusterCertificates;
  readonly apiServerPort: number;
  /** Socket that leads to the API server. */
  readonly socket: string;
  readonly hierarchies: readonly CgroupHierarchy[];
}

const run = promisify(execFile);
const INIT = fileURLToPath(new URL('node-init.sh', import.meta.url));
const NAMESPACES = ['--mount', '--pid', '--net', '--ipc', '--uts', '--cgroup'];
/** Enters its cgroups before it leaves the namespace in which they are to be seen. */
const ENTER = 'for dir in $NODE_CGROUPS; do echo $$ > "$dir/cgroup.procs"; done; exec unshare "$@"';

/** Writes a node's configuration and certificates; starts nothing. */
export async function writeNodeFiles(plan: NodePlan): Promise<void> {
  const { dir, name, network, certificates } = plan;
  await mkdir(dir, { recursive: true });
  const serving = await makeLeaf(dir, certificates.ca, {
    name: 'serving',
    subject: `/O=system:nodes/CN=system:node:${name}`,
    usage: 'serverAuth',
    alternativeNames: [`IP:${network.nodeAddress}`, `DNS:${name}`],
  });
  const client = await makeLeaf(dir, certificates.ca, {
    name: 'client',
    subject: `/O=system:nodes/CN=system:node:${name}`,
    usage: 'clientAuth',
  });
  const serverUrl = `https://127.0.0.1:${plan.apiServerPort}`;
  const credential = { kind: 'certificate', pair: client } as const;
  await writeKubeconfig({ dir, serverUrl, certificates, clusterName: 'cluster' }, 'kubelet', credential);
  const served = {
    caPath: certificates.ca.certificate,
    servingCertificate: serving.certificate,
    servingKey: serving.key,
  };
  await writeFile(join(dir, 'kubelet.json'), kubeletConfig(served, network, dir));
  await writeFile(join(dir, 'containerd.toml'), containerdConfig(plan.kit));
  await writeFile(join(dir, 'cni.conflist'), cniConfig(network));
  await writeFile(join(dir, 'resolv.conf'), 'nameserver 192.0.2.53\n');
  const mounts = plan.hierarchies.map(({ mountPoint, options }) => `${basename(mountPoint)} ${options}\n`);
  await writeFile(join(dir, 'cgroups'), mounts.join(''));
}

/** Starts a node's process 1 and gives it its link. Returns the id of the process that the node ends with. */
export async function startNodeProcess(
  plan: NodePlan,
  cgroups: readonly string[],
  group: ProcessGroup,
  started: (pid: number) => Promise<void>,
): Promise<void> {
  const { name, network } = plan;
  const unshare = [...NAMESPACES, '--propagation', 'private', '--mount-proc', '--fork', '--kill-child=KILL'];
  group.start({
    name,
    file: '/bin/sh',
    args: ['-c', ENTER, 'enter', ...unshare, '/bin/sh', INIT],
    env: environment(plan, cgroups),
  });
  const outer = group.pid(name);
  if (outer === undefined) throw new Error(`${name} did not start`);
  await started(outer);
  const inner = await untilNamespaces(outer, name, group);
  await run('ip', ['link', 'add', network.link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(inner)]);
  await run('ip', ['address', 'add', `${network.hostAddress}/${LINK_PREFIX}`, 'dev', network.link]);
  await run('ip', ['link', 'set', network.link, 'up']);
}

function environment(plan: NodePlan, cgroups: readonly string[]): NodeJS.ProcessEnv {
  const { kit, network } = plan;
  return {
    PATH: `${kit.binDir}:/usr/sbin:/usr/bin:/sbin:/bin`,
    NODE_CGROUPS: cgroups.join(' '),
    NODE_DIR: plan.dir,
    NODE_NAME: plan.name,
    NODE_ADDRESS: network.nodeAddress,
    LINK_PREFIX: String(LINK_PREFIX),
    CONTAINERD: kit.containerd,
    CTR: kit.ctr,
    KUBELET: kit.kubelet,
    IMAGES: kit.images.join(' '),
    CNI_CONFIG_DIR,
    EVERYNODE_RELAY_ADDRESS: `127.0.0.1:${plan.apiServerPort}`,
    EVERYNODE_RELAY_SOCKET: plan.socket,
  };
}

/** The node's process 1 is the only child of `unshare`, and is there when its namespaces are. */
async function untilNamespaces(outer: number, name: string, group: ProcessGroup): Promise<number> {
  for (;;) {
    if (!group.isRunning(name)) throw new Error(`${name} ended:\n${group.lastLines(name)}`);
    const children = await readFile(`/proc/${outer}/task/${outer}/children`, 'utf8').catch(() => '');
    const inner = Number(children.trim().split(' ')[0]);
    if (Number.isInteger(inner) && inner > 0) return inner;
    await wait(10);
  }
}
