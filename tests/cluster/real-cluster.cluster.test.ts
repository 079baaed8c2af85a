import { existsSync, mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ClusterUser } from './access.ts';
import { aDaemonSet } from './manifests.ts';
import { buildClusterKit, startRealCluster } from './real-cluster.ts';
import type { ClusterKit, RealCluster } from './real-cluster.ts';
import { isAlive } from './system-errors.ts';

const COLD_BUILD_MS = 20 * 60_000;
const START_MS = 60_000;

let kit: ClusterKit;
let cluster: RealCluster;

beforeAll(async () => {
  kit = await buildClusterKit({ log: console.info });
  cluster = await startRealCluster({ kit, nodes: 6 });
}, COLD_BUILD_MS);

afterAll(async () => {
  await cluster.stop();
}, START_MS);

/** Output of kubectl, which must succeed. */
async function kubectl(args: readonly string[], input?: string): Promise<string> {
  const result = await cluster.kubectl(args, input === undefined ? {} : { input });
  expect(result, args.join(' ')).toMatchObject({ code: 0 });
  return result.stdout.trim();
}

async function apply(manifest: unknown): Promise<void> {
  await kubectl(['apply', '-f', '-'], JSON.stringify(manifest));
}

/** Reasons that the containers of a DaemonSet's pods wait for, once each pod has one. */
async function waitingReasons(name: string, reason: string): Promise<string> {
  const path = '{.items[*].status.containerStatuses[0].state.waiting.reason}';
  const pods = ['pods', '-l', `app=${name}`];
  await kubectl([
    'wait',
    ...pods,
    '--for',
    `jsonpath={.status.containerStatuses[0].state.waiting.reason}=${reason}`,
    '--timeout=20s',
  ]);
  return kubectl(['get', ...pods, '-o', `jsonpath=${path}`]);
}

describe('a real control plane', () => {
  it('is Kubernetes 1.37, and so is its kubectl', async () => {
    const versions = JSON.parse(await kubectl(['version', '-o', 'json'])) as unknown;

    expect(versions).toMatchObject({
      clientVersion: { gitVersion: 'v1.37.2' },
      serverVersion: { gitVersion: 'v1.37.2', major: '1', minor: '37' },
    });
  });

  it('has nodes in three zones, and more when asked', async () => {
    const zones = await kubectl([
      'get',
      'nodes',
      '-o',
      'jsonpath={.items[*].metadata.labels.topology\\.kubernetes\\.io/zone}',
    ]);
    expect(zones.split(' ').toSorted()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);

    const added = await cluster.addNodes(2, {
      namePrefix: 'gpu-',
      labels: { accelerator: 'gpu' },
      taints: [{ key: 'gpu', effect: 'NoSchedule' }],
    });
    expect(added).toEqual(['gpu-001', 'gpu-002']);
    const tainted = await kubectl([
      'get',
      'nodes',
      '-l',
      'accelerator=gpu',
      '-o',
      'jsonpath={.items[*].spec.taints[*].key}',
    ]);
    expect(tainted).toBe('gpu gpu');
  });

  it('rolls a DaemonSet out on every node that has no taint against it', async () => {
    await apply(aDaemonSet('agent'));
    expect(await kubectl(['rollout', 'status', 'ds/agent', '--timeout=30s'])).toContain('successfully rolled out');

    const nodes = await kubectl(['get', 'pods', '-l', 'app=agent', '-o', 'jsonpath={.items[*].spec.nodeName}']);
    expect(nodes.split(' ').toSorted()).toEqual([
      'node-001',
      'node-002',
      'node-003',
      'node-004',
      'node-005',
      'node-006',
    ]);
  });

  it('keeps a pod in ContainerCreating as long as its annotation says', async () => {
    await apply(aDaemonSet('slow', { annotations: { 'everynode.test/ready-delay': '3s' } }));

    expect(await waitingReasons('slow', 'ContainerCreating')).toBe(Array(6).fill('ContainerCreating').join(' '));
    await kubectl(['rollout', 'status', 'ds/slow', '--timeout=30s']);
  });

  it('cannot pull an image that does not exist', async () => {
    await apply(aDaemonSet('bad', { image: 'registry.test/does-not-exist:1' }));

    expect(await waitingReasons('bad', 'ImagePullBackOff')).toBe(Array(6).fill('ImagePullBackOff').join(' '));
    const message = await kubectl([
      'get',
      'pods',
      '-l',
      'app=bad',
      '-o',
      'jsonpath={.items[0].status.containerStatuses[0].state.waiting.message}',
    ]);
    expect(message).toContain('"registry.test/does-not-exist:1": not found');
  });

  it('ends a container that runs out of memory, again and again', async () => {
    await apply(
      aDaemonSet('leaky', { annotations: { 'everynode.test/behaviour': 'oom', 'everynode.test/restart-delay': '1s' } }),
    );
    await waitingReasons('leaky', 'CrashLoopBackOff');
    await kubectl([
      'wait',
      'pods',
      '-l',
      'app=leaky',
      '--for',
      'jsonpath={.status.containerStatuses[0].restartCount}=2',
      '--timeout=20s',
    ]);

    const last = await kubectl([
      'get',
      'pods',
      '-l',
      'app=leaky',
      '-o',
      'jsonpath={.items[0].status.containerStatuses[0].lastState.terminated}',
    ]);
    expect(JSON.parse(last)).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
  });

  it('forgets a deleted DaemonSet and its pods', async () => {
    await apply(aDaemonSet('short'));
    await kubectl(['rollout', 'status', 'ds/short', '--timeout=30s']);
    await kubectl(['delete', 'ds', 'short', '--cascade=foreground', '--timeout=30s']);

    expect(await kubectl(['get', 'pods', '-l', 'app=short', '-o', 'name'])).toBe('');
  });
});

describe('logs through the API server', () => {
  it('gives lines, tail, timestamps and the previous instance', async () => {
    await apply(aDaemonSet('agent'));
    await kubectl(['rollout', 'status', 'ds/agent', '--timeout=30s']);
    cluster.appendLog('first');
    cluster.appendLog('second', 'stderr');
    cluster.appendPreviousLog('before the crash');

    expect(await kubectl(['logs', 'ds/agent'])).toBe('first\nsecond');
    expect(await kubectl(['logs', 'ds/agent', '--tail=1', '--timestamps'])).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z second$/u,
    );
    expect(await kubectl(['logs', 'ds/agent', '--previous'])).toBe('before the crash');
  });

  it('follows a log while it grows', async () => {
    cluster.appendLog('last so far');
    const lines = cluster.kubectlLines(['logs', 'ds/agent', '--follow', '--tail=1']);
    expect(await lines.next()).toEqual({ done: false, value: 'last so far' });
    cluster.appendLog('grown');
    expect(await lines.next()).toEqual({ done: false, value: 'grown' });
    await lines.return(undefined);
  });
});

describe('users of the cluster', () => {
  const asUser = async (user: ClusterUser, ...args: readonly string[]): Promise<string> => {
    const { stdout, stderr, code } = await cluster.kubectl(args, { user });
    return code === 0 ? stdout.trim() : stderr.trim();
  };

  it.each(['admin-files', 'token-user', 'exec-user'] as const)('%s may do everything', async (user) => {
    expect(await asUser(user, 'auth', 'can-i', '*', '*')).toBe('yes');
  });

  it('viewer reads, and may neither write nor see nodes', async () => {
    expect(await asUser('viewer', 'get', 'ds', 'agent', '-o', 'name')).toBe('daemonset.apps/agent');
    expect(await asUser('viewer', 'delete', 'ds', 'agent')).toContain('Error from server (Forbidden)');
    expect(await asUser('viewer', 'get', 'nodes')).toContain('Error from server (Forbidden)');
  });

  it('namespace-user works in team-a only', async () => {
    const input = JSON.stringify(aDaemonSet('team-agent'));
    const created = await cluster.kubectl(['apply', '-f', '-'], { input, user: 'namespace-user' });
    expect(created).toMatchObject({ code: 0 });
    expect(await asUser('namespace-user', 'rollout', 'status', 'ds/team-agent', '--timeout=30s')).toContain(
      'successfully rolled out',
    );
    expect(await asUser('namespace-user', 'logs', 'ds/team-agent', '--tail=1')).not.toContain('Error');

    for (const resource of ['namespaces', 'nodes', 'daemonsets -n default']) {
      expect(await asUser('namespace-user', 'get', ...resource.split(' '))).toContain('Error from server (Forbidden)');
    }
  });

  it('nobody is known but may nothing, a wrong token is not known', async () => {
    expect(await asUser('nobody', 'get', 'ds')).toContain('User "nobody" cannot list resource "daemonsets"');
    expect(await asUser('wrong-token', 'get', 'ds')).toContain('You must be logged in to the server');
  });
});

describe('the fixture', () => {
  it('says in the words of its log why a server does not start, and cleans up', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'everynode-broken-kit-'));
    vi.stubEnv('TMPDIR', folder);
    try {
      // Node takes the name of the server for that of a script.
      const broken = { controlPlane: process.execPath, kwok: process.execPath };
      await expect(startRealCluster({ kit: broken })).rejects.toThrow(/ ended:\n[^]*MODULE_NOT_FOUND/u);
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
      rmdirSync(folder);
    }
  });

  it(
    'restarts the API server with everything in it',
    async () => {
      await cluster.restartApiServer();

      expect(await kubectl(['get', 'ds', 'agent', '-o', 'name'])).toBe('daemonset.apps/agent');
    },
    START_MS,
  );

  it(
    'runs a second cluster beside the first, and leaves nothing of it',
    async () => {
      const second = await startRealCluster({ kit, nodes: 1, name: 'second' });
      const { pids, dir } = second;
      expect(second.serverUrl).not.toBe(cluster.serverUrl);
      expect(pids).toHaveLength(5);
      expect((await second.kubectl(['get', 'nodes', '-o', 'name'])).stdout.trim()).toBe('node/node-001');

      await second.stop();
      await second.stop();

      expect(pids.filter(isAlive)).toEqual([]);
      expect(existsSync(dir)).toBe(false);
      expect(await kubectl(['get', 'nodes', 'node-001', '-o', 'name'])).toBe('node/node-001');
    },
    START_MS,
  );
});
