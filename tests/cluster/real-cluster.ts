import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { grantAccess, writeTokens, writeUserKubeconfigs } from './access.ts';
import type { ClusterUser } from './access.ts';
import { AdminClient } from './admin-client.ts';
import { type ClusterCertificates, makeCertificates } from './certificates.ts';
import type { ClusterKit } from './cluster-kit.ts';
import type { ClusterLayout } from './control-plane-flags.ts';
import { ControlPlane } from './control-plane.ts';
import { kubectlLines, runKubectl } from './kubectl.ts';
import type { KubectlResult, KubectlRun } from './kubectl.ts';
import { writeKwokConfig } from './kwok-config.ts';
import { LogFile } from './log-file.ts';
import { startMetricsServer } from './metrics-server.ts';
import { createNodes } from './nodes.ts';
import type { NodeOptions, NodeSite } from './nodes.ts';
import { type ClusterPorts, claimRunFolder } from './run-folder.ts';

export { buildClusterKit, goIsPresent } from './cluster-kit.ts';
export type { ClusterKit } from './cluster-kit.ts';

export interface StartOptions {
  readonly kit: ClusterKit;
  /** Ready kwok nodes at the start; 3 unless told. */
  readonly nodes?: number;
  /** Name of the cluster and of the admin's context; `real-cluster` unless told. */
  readonly name?: string;
  /** Whether metrics-server runs too; its first figures take some 20 s. */
  readonly metrics?: boolean;
  readonly log?: (line: string) => void;
}

export interface KubectlOptions {
  readonly input?: string;
  readonly user?: ClusterUser;
  readonly signal?: AbortSignal;
}

/**
 * Starts a Kubernetes 1.37 control plane with kwok nodes on free ports of 127.0.0.1,
 * in a folder of its own in the system's folder for temporary files.
 *
 * @throws when a server ends early or is not ready within a minute, with the end of its log
 */
export async function startRealCluster(options: StartOptions): Promise<RealCluster> {
  const { kit, nodes = 3, name = 'real-cluster', metrics = false } = options;
  const log = options.log ?? (() => undefined);
  const startedAt = performance.now();
  await using undo = new AsyncDisposableStack();
  const { dir, ports } = undo.use(await claimRunFolder());
  const certificates = await makeCertificates(join(dir, 'certificates'));
  const { file: tokenFile, tokens } = await writeTokens(dir);
  const layout: ClusterLayout = { dir, ports, certificates, tokenFile };
  const serverUrl = `https://127.0.0.1:${ports.apiServer}`;
  const kubeconfigDir = join(dir, 'kubeconfigs');
  await mkdir(kubeconfigDir);
  const request = { dir: kubeconfigDir, serverUrl, certificates, clusterName: name };
  const users = await writeUserKubeconfigs(request, tokens);
  const logFile = new LogFile(join(dir, 'container.log'));
  const previousLogFile = new LogFile(join(dir, 'container.previous.log'));
  const kwokConfig = join(dir, 'kwok.yaml');
  await writeKwokConfig(kwokConfig, {
    logFile: logFile.path,
    previousLogFile: previousLogFile.path,
    metrics,
  });

  const client = undo.use(await AdminClient.open(serverUrl, certificates));
  const controlPlane = undo.use(await ControlPlane.prepare(kit, layout, client, name));
  await controlPlane.start(kwokConfig);
  await grantAccess(client);
  if (metrics) await startMetricsServer(controlPlane, layout, client, kit);
  const cluster = new RealCluster({
    kit,
    dir,
    serverUrl,
    users,
    site: { client, certificates, ports },
    controlPlane,
    logFile,
    previousLogFile,
    nodeSite: { kubeletPort: ports.kubelet, metrics },
    owned: undo.move(),
  });
  try {
    await cluster.addNodes(nodes);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  log(`Started ${name} with ${nodes} nodes in ${Math.round(performance.now() - startedAt)} ms`);
  return cluster;
}

/** What further parts of a cluster, as its real nodes, are made with. */
export interface ClusterSite {
  readonly client: AdminClient;
  readonly certificates: ClusterCertificates;
  readonly ports: ClusterPorts;
}

interface ClusterParts {
  readonly kit: ClusterKit;
  readonly dir: string;
  readonly serverUrl: string;
  readonly users: Readonly<Record<ClusterUser, string>>;
  readonly site: ClusterSite;
  readonly controlPlane: ControlPlane;
  readonly logFile: LogFile;
  readonly previousLogFile: LogFile;
  readonly nodeSite: NodeSite;
  readonly owned: AsyncDisposableStack;
}

/** A running cluster. `await using` stops it; so does the end of this process. */
export class RealCluster implements AsyncDisposable {
  readonly #parts: ClusterParts;
  readonly #nodeNumbers = new Map<string, number>();

  constructor(parts: ClusterParts) {
    this.#parts = parts;
  }

  get serverUrl(): string {
    return this.#parts.serverUrl;
  }

  /** Folder of this run: certificates, kubeconfigs and the logs of the servers. */
  get dir(): string {
    return this.#parts.dir;
  }

  get caPath(): string {
    return this.#parts.site.certificates.ca.certificate;
  }

  get site(): ClusterSite {
    return this.#parts.site;
  }

  /** Gives it something that ends when it stops, before its servers do. */
  own<T extends AsyncDisposable>(resource: T): T {
    return this.#parts.owned.use(resource);
  }

  /** Kubeconfig of the admin, with an embedded client certificate. */
  get kubeconfigPath(): string {
    return this.#parts.users.admin;
  }

  /** Kubeconfig of each user. */
  get users(): Readonly<Record<ClusterUser, string>> {
    return this.#parts.users;
  }

  /** Process ids of its servers. */
  get pids(): readonly number[] {
    return this.#parts.controlPlane.pids();
  }

  /** Plain requests with the admin's client certificate. */
  get client(): AdminClient {
    return this.#parts.site.client;
  }

  /** Runs kubectl 1.37 as the admin or another user. */
  kubectl(args: readonly string[], options: KubectlOptions = {}): Promise<KubectlResult> {
    return runKubectl(this.#kubectlRun(args, options));
  }

  /** Lines of a kubectl that goes on, as `logs -f`; it ends when the loop over them does. */
  kubectlLines(args: readonly string[], options: Omit<KubectlOptions, 'input'> = {}): AsyncGenerator<string> {
    return kubectlLines(this.#kubectlRun(args, options));
  }

  #kubectlRun(args: readonly string[], options: KubectlOptions): KubectlRun {
    const { user = 'admin', ...rest } = options;
    return {
      ...rest,
      args,
      controlPlane: this.#parts.kit.controlPlane,
      kubeconfig: this.users[user],
      cacheDir: join(this.dir, 'kubectl-cache', user),
    };
  }

  /** Adds kwok nodes and returns their names when they are ready. */
  addNodes(count: number, options: NodeOptions = {}): Promise<readonly string[]> {
    const prefix = options.namePrefix ?? 'node-';
    const last = this.#nodeNumbers.get(prefix) ?? 0;
    this.#nodeNumbers.set(prefix, last + count);
    const numbers = Array.from({ length: count }, (_, index) => last + index + 1);
    return createNodes(this.#parts.site.client, numbers, options, this.#parts.nodeSite);
  }

  /** Appends a line to the log that every container has. */
  appendLog(line: string, stream: 'stdout' | 'stderr' = 'stdout'): void {
    this.#parts.logFile.append(line, stream);
  }

  /** Appends a line to the log of every container's previous instance. */
  appendPreviousLog(line: string): void {
    this.#parts.previousLogFile.append(line);
  }

  /** Ends the API server as a crash does: every connection breaks, ports refuse. */
  stopApiServer(): Promise<void> {
    return this.#parts.controlPlane.stopApiServer();
  }

  /** Starts the API server again, on the same port and data, and waits until it is ready. */
  startApiServer(): Promise<void> {
    return this.#parts.controlPlane.startApiServer();
  }

  /** Ends the controllers for good, so that a status stays as a test wrote it. */
  stopControllers(): Promise<void> {
    return this.#parts.controlPlane.stopControllers();
  }

  async restartApiServer(): Promise<void> {
    await this.stopApiServer();
    await this.startApiServer();
  }

  /** etcd forgets its history up to now. What the API server has in memory it still serves, until it is started again. */
  compactHistory(): Promise<string> {
    return this.#parts.controlPlane.compactHistory();
  }

  /** Ends all that it started and removes its folder. May be called twice. */
  async stop(): Promise<void> {
    await this.#parts.owned.disposeAsync();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
