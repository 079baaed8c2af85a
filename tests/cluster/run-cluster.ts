import { parseArgs } from 'node:util';
import { buildClusterKit, goIsPresent, startRealCluster } from './real-cluster.ts';

const HELP = `Starts a real Kubernetes control plane with kwok nodes, until Ctrl+C.

  node tests/cluster/run-cluster.ts [options]

  --nodes N            nodes at the start (3)
  --name NAME          name of the cluster and its context (real-cluster)
  --metrics            with metrics-server
  --print-kubeconfig   print the path of the admin's kubeconfig only
  --help               this text
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      nodes: { type: 'string', default: '3' },
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
  const nodes = Number(values.nodes);
  if (!Number.isInteger(nodes) || nodes < 0) {
    process.stderr.write(`--nodes must be a whole number, not ${values.nodes}\n`);
    return 2;
  }
  if (!goIsPresent()) {
    process.stderr.write('The real control plane is built from Go modules, and there is no Go.\n');
    return 1;
  }
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const { name, metrics } = values;
  const kit = await buildClusterKit({ log, metrics });
  await using cluster = await startRealCluster({ kit, nodes, name, metrics, log });
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
