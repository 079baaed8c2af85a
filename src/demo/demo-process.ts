import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startDemoCluster } from './start-demo.ts';

/** What the process says when it is ready, as one line on standard output and, where it has one, to its parent's port. */
interface DemoReady {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}

const PARENT_POLL_MS = 250;

/** Electron's utilityProcess gives its child a port here. */
interface ParentPort {
  postMessage(message: unknown): void;
}

function parentPort(): ParentPort | undefined {
  return 'parentPort' in process ? (process as unknown as { readonly parentPort?: ParentPort }).parentPort : undefined;
}

function readNodes(): number {
  const { values } = parseArgs({ options: { nodes: { type: 'string', default: '24' } } });
  const nodes = Number(values.nodes);
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > 20_000) {
    process.stderr.write(`--nodes ${values.nodes} is not a number from 1 to 20000\n`);
    process.exit(2);
  }
  return nodes;
}

/** Calls `gone` once, when whoever started this process is no longer there. */
function whenParentIsGone(gone: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) gone();
  }, PARENT_POLL_MS);
  process.on('disconnect', gone);
  if (hasStdinPipe()) process.stdin.on('end', gone).on('error', gone).resume();
  process.on('SIGTERM', gone);
  process.on('SIGINT', gone);
}

/** A terminal, a file or /dev/null is nobody's lifeline; a pipe that ends is. */
function hasStdinPipe(): boolean {
  const stdin = fstatSync(0);
  return stdin.isFIFO() || stdin.isSocket();
}

async function main(): Promise<void> {
  const cluster = await startDemoCluster({ nodes: readNodes(), seed: Date.now() });
  whenParentIsGone(() => process.exit(0));
  const ready: DemoReady = { url: cluster.url, token: cluster.token, pid: process.pid };
  parentPort()?.postMessage(ready);
  process.send?.(ready);
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

await main();
