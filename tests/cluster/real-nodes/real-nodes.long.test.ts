import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { buildClusterKit, startRealCluster, type RealCluster } from '../real-cluster.ts';
import { claimRunFolder } from '../run-folder.ts';
import { whyNoRealNodes } from './availability.ts';
import { type MachineState, changesBetween, readMachineState } from './machine-state.ts';
import { buildNodeKit } from './node-kit.ts';
import { aShellDaemonSet } from './pod-manifests.ts';
import { startRealNodes } from './real-nodes.ts';

const missing = whyNoRealNodes();
const RUN_CLUSTER = fileURLToPath(new URL('../run-cluster.ts', import.meta.url));

async function run(cluster: RealCluster, ...[name, ...rest]: Parameters<typeof aShellDaemonSet>): Promise<void> {
  const input = JSON.stringify(aShellDaemonSet(name, ...rest));
  expect(await cluster.kubectl(['apply', '-f', '-'], { input })).toMatchObject({ code: 0 });
  const rollout = await cluster.kubectl(['rollout', 'status', `ds/${name}`, '--timeout=60s']);
  expect(rollout, rollout.stderr).toMatchObject({ code: 0 });
}

/** Kinds of facts that a machine has more of while nodes run. */
function kindsOfAdditions(before: MachineState, after: MachineState): readonly string[] {
  const added = changesBetween(before, after).filter((change) => change.startsWith('+'));
  return [...new Set(added.map((change) => change.slice(1, change.indexOf(':'))))].toSorted();
}

function startByCommand(): { readonly child: ChildProcess; readonly said: AsyncIterator<string> } {
  const args = [RUN_CLUSTER, '--nodes', '0', '--real-nodes', '2'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, said: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe.skipIf(missing !== undefined)(`real nodes${missing === undefined ? '' : ` (not run: ${missing})`}`, () => {
  it('run the pods of a DaemonSet on each, and leave the machine as it was', async () => {
    const before = await readMachineState();
    const cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 0 });
    const nodes = await startRealNodes(cluster, { kit: await buildNodeKit(), count: 2 });
    expect(nodes.names).toEqual(['real-1', 'real-2']);
    await run(cluster, 'agent', 'echo hello from $HOSTNAME; exec sleep 1000');
    const logs = await cluster.kubectl(['logs', '-l', 'app=agent']);
    expect(logs.stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^hello from agent-/u),
      expect.stringMatching(/^hello from agent-/u),
    ]);
    const restart = await cluster.kubectl(['rollout', 'restart', 'ds/agent']);
    expect(restart).toMatchObject({ code: 0 });
    const again = await cluster.kubectl(['rollout', 'status', 'ds/agent', '--timeout=60s']);
    expect(again, again.stderr).toMatchObject({ code: 0 });
    const during = await readMachineState();
    expect(kindsOfAdditions(before, during)).toEqual([
      'addresses',
      'cgroups',
      'links',
      'programs',
      'routes',
      'sysctls',
    ]);
    await cluster.stop();
    expect(changesBetween(before, await readMachineState())).toEqual([]);
  });

  it('have a network each: pods on the network of their nodes listen on one port', async () => {
    await using cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 0 });
    await startRealNodes(cluster, { kit: await buildNodeKit(), count: 3 });
    const readinessProbe = { httpGet: { path: '/', port: 9100 }, periodSeconds: 1 };
    const script = 'mkdir /tmp/www; hostname > /tmp/www/index.html; exec httpd -f -p 9100 -h /tmp/www';
    await run(cluster, 'exporter', script, { readinessProbe }, { hostNetwork: true });
    const path = 'jsonpath={.status.numberReady} of {.status.desiredNumberScheduled}';
    expect((await cluster.kubectl(['get', 'ds', 'exporter', '-o', path])).stdout).toBe('3 of 3');
  });

  it('end when their cluster goes on without them', async () => {
    await using cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 0 });
    const before = await readMachineState();
    const nodes = await startRealNodes(cluster, { kit: await buildNodeKit() });
    await run(cluster, 'agent', 'exec sleep 1000');
    await nodes[Symbol.asyncDispose]();
    expect(changesBetween(before, await readMachineState())).toEqual([]);
  });

  it('are cleaned up after by the next run when theirs was killed', async () => {
    const before = await readMachineState();
    const { child, said } = startByCommand();
    const first = await said.next();
    const kubeconfig = String(first.value);
    expect(kubeconfig).toMatch(/admin\.kubeconfig$/u);
    await kill(child);
    await using folder = await claimRunFolder();
    expect(kubeconfig).not.toContain(folder.dir);
    expect(changesBetween(before, await readMachineState())).toEqual([]);
  });

  it('are cleaned up after when the run was killed half way', async () => {
    const before = await readMachineState();
    const { child } = startByCommand();
    // The second node's record is written before anything of it is made.
    await expect
      .poll(() => globSync('/sys/fs/cgroup/*/everynode-en*n1').length, { timeout: 60_000, interval: 20 })
      .toBeGreaterThan(0);
    await kill(child);
    await using _folder = await claimRunFolder();
    expect(changesBetween(before, await readMachineState())).toEqual([]);
  });
});
