import { parseArgs } from 'node:util';
import { buildClusterKit, goIsPresent, startRealCluster } from './real-cluster.ts';
import { whyNoRealNodes } from './real-nodes/availability.ts';
import { buildNodeKit } from './real-nodes/node-kit.ts';
import { startRealNodes } from './real-nodes/real-nodes.ts';

const HELP = `Starts a real Kubernetes control plane with kwok nodes, until Ctrl+C.

  node tests/cluster/run-cluster.ts [options]

  --nodes N            kwok nodes at the start (3)
  --real-nodes N       nodes with kubelet and containerd (0); needs root on Linux
  --name NAME          name of the cluster and its context (real-cluster)
  --metrics            with metrics-server
  --print-kubeconfig   print the path of the admin's kubeconfig only
  --help               this text
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      nodes: { type: 'string', default: '3' },
      'real-nodes': { type: 'string', default: '0' },
      name: { type: 'string', default: 'real-cluster' },
      metrics: { type: 'boolean', default: false },
      'print-kubeconfig': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const counts = [
    { option: '--nodes', text: values.nodes },
    { option: '--real-nodes', text: values['real-nodes'] },
  ] as const;
  const bad = counts.find(({ text }) => !/^\d+$/u.test(text));
  if (bad !== undefined) {
    process.stderr.write(`${bad.option} must be a whole number, not ${bad.text}\n`);
    return 2;
  }
  const [nodes, realNodes] = [Number(values.nodes), Number(values['real-nodes'])];
  const missing = realNodes > 0 ? whyNoRealNodes() : undefined;
  if (missing !== undefined) {
    process.stderr.write(`${missing}\n`);
    return 1;
  }
  if (!goIsPresent()) {
    process.stderr.write('The real control plane is built from Go modules, and there is no Go.\n');
    return 1;
  }
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const { name, metrics } = values;
  const kit = await buildClusterKit({ log, metrics });
  await using cluster = await startRealCluster({ kit, nodes, name, metrics, log });
  if (realNodes > 0) await startRealNodes(cluster, { kit: await buildNodeKit(log), count: realNodes });
  const stopped = untilSignal();
  process.stdout.write(`${cluster.kubeconfigPath}\n`);
  if (!values['print-kubeconfig']) {
    const lines = Object.entries(cluster.users).map(([user, path]) => `${user}: ${path}`);
    process.stdout.write(`${cluster.serverUrl}\n${lines.join('\n')}\n`);
  }
  await stopped;
  return 0;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Until the cluster is there, a signal ends this process, and what it started with it. */
function exitNow(): void {
  process.exit(130);
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.off(signal, exitNow).once(signal, () => resolve());
  });
}

for (const signal of SIGNALS) process.on(signal, exitNow);
process.exitCode = await main();
