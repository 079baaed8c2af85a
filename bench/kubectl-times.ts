import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeKubeconfig } from '../e2e/fixtures/kubeconfig.ts';
import type { TestCluster } from '../e2e/fixtures/test-cluster.ts';
import type { Bench, Figure } from './bench-row.ts';

export interface KubectlScope {
  /** Absent: all. */
  readonly namespace?: string;
  readonly labels?: string;
}

/** `kubectl get pods` on the same server, as a table and, unless the run is quick, as JSON; no figures where no kubectl is on the PATH. */
export async function kubectlTimes(
  bench: Bench,
  cluster: TestCluster,
  scope: KubectlScope,
): Promise<readonly Figure[]> {
  const proxy = await startTokenProxy(cluster);
  try {
    const home = await mkdtemp(join(bench.folder, 'kubectl-'));
    const config = await writeKubeconfig(join(home, 'config'), { bench: { cluster: { server: proxy.url }, user: {} } });
    const run = (args: readonly string[]) =>
      timeKubectl(home, ['--kubeconfig', config, '--context', 'bench', 'get', ...args]);
    // Fills kubectl's discovery cache, so that the times are those of the list.
    if ((await run(['namespaces'])) === undefined) {
      bench.tell('no kubectl to compare with');
      return [];
    }
    const times = { table: [] as number[], json: [] as number[] };
    const pods = ['pods', ...scopeArgs(scope)];
    for (let time = 0; time < (bench.quick ? 1 : 3); time++) {
      times.table.push((await run(pods)) ?? Number.NaN);
      if (!bench.quick) times.json.push((await run([...pods, '-o', 'json'])) ?? Number.NaN);
    }
    return [
      { what: 'kubectl get pods', unit: 'ms', values: times.table },
      ...(bench.quick ? [] : [{ what: 'kubectl get pods -o json', unit: 'ms', values: times.json }]),
    ];
  } finally {
    await proxy.close();
  }
}

function scopeArgs({ namespace, labels }: KubectlScope): readonly string[] {
  return [...(namespace === undefined ? ['-A'] : ['-n', namespace]), ...(labels === undefined ? [] : ['-l', labels])];
}

/** Milliseconds; undefined when there is no kubectl. @throws Error when it fails */
async function timeKubectl(home: string, args: readonly string[]): Promise<number | undefined> {
  const startedAt = performance.now();
  const child = spawn('kubectl', args, {
    env: { PATH: process.env['PATH'] ?? '', HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let bytes = 0;
  let problem = '';
  child.stdout.on('data', (chunk: Buffer) => void (bytes += chunk.length));
  child.stderr.on('data', (chunk: Buffer) => void (problem += chunk.toString('utf8')));
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject).once('close', resolve);
  try {
    const code = await promise;
    if (code !== 0 || bytes === 0) throw new Error(`kubectl ended with code ${code}: ${problem.slice(0, 500)}`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return performance.now() - startedAt;
}

/** kubectl sends no token over plain http: this adds it. On 127.0.0.1, for the time of the measurement. */
async function startTokenProxy({ entry, secrets }: TestCluster) {
  const target = new URL(entry.cluster.server);
  const server = createServer((incoming, reply) => {
    const forward = request(
      {
        host: target.hostname,
        port: target.port,
        path: incoming.url,
        method: incoming.method,
        headers: { ...incoming.headers, host: target.host, authorization: `Bearer ${secrets[0] ?? ''}` },
      },
      (answer) => {
        reply.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(reply);
      },
    );
    forward.on('error', () => reply.destroy());
    incoming.pipe(forward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
