import { buildClusterKit } from '../tests/cluster/cluster-kit.ts';

const HELP = `node scripts/build-cluster-kit.ts [--metrics]

Builds the real control plane that tests run against, from Go modules into a cache outside the checkout.
  --metrics   metrics-server too
`;

if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
} else {
  const kit = await buildClusterKit({
    metrics: process.argv.includes('--metrics'),
    log: (line) => process.stderr.write(`${line}\n`),
  });
  process.stderr.write(`${JSON.stringify(kit)}\n`);
}
