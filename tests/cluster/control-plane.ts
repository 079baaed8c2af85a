import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { AdminClient } from './admin-client.ts';
import type { ClusterKit } from './cluster-kit.ts';
import { apiServerFlags, controllerManagerFlags, etcdFlags, kwokFlags, schedulerFlags } from './control-plane-flags.ts';
import type { ClusterLayout } from './control-plane-flags.ts';
import { compactEtcd } from './etcd-compaction.ts';
import { writeKubeconfig } from './kubeconfigs.ts';
import { ProcessGroup } from './process-group.ts';

const READY_WITHIN_MS = 60_000;
const POLL_MS = 50;

interface ComponentKubeconfigs {
  readonly controllerManager: string;
  readonly scheduler: string;
  readonly kwok: string;
}

/** The servers of one cluster. */
export class ControlPlane implements AsyncDisposable {
  readonly #kit: ClusterKit;
  readonly #layout: ClusterLayout;
  readonly #client: AdminClient;
  readonly #kubeconfigs: ComponentKubeconfigs;
  readonly #group: ProcessGroup;

  private constructor(
    kit: ClusterKit,
    layout: ClusterLayout,
    client: AdminClient,
    kubeconfigs: ComponentKubeconfigs,
    group: ProcessGroup,
  ) {
    this.#kit = kit;
    this.#layout = layout;
    this.#client = client;
    this.#kubeconfigs = kubeconfigs;
    this.#group = group;
  }

  /** Writes what the servers read; starts none. */
  static async prepare(
    kit: ClusterKit,
    layout: ClusterLayout,
    client: AdminClient,
    clusterName: string,
  ): Promise<ControlPlane> {
    const { certificates, ports } = layout;
    const dir = join(layout.dir, 'components');
    const logDir = join(layout.dir, 'logs');
    await Promise.all([mkdir(dir), mkdir(logDir)]);
    const serverUrl = `https://127.0.0.1:${ports.apiServer}`;
    const write = (user: 'controllerManager' | 'scheduler' | 'kwok'): Promise<string> =>
      writeKubeconfig({ dir, serverUrl, certificates, clusterName }, user, {
        kind: 'certificate',
        pair: certificates[user],
      });
    const kubeconfigs = {
      controllerManager: await write('controllerManager'),
      scheduler: await write('scheduler'),
      kwok: await write('kwok'),
    };
    return new ControlPlane(kit, layout, client, kubeconfigs, new ProcessGroup(logDir));
  }

  /** Returns when the API server is ready and the controllers have done their first work. */
  async start(kwokConfig: string): Promise<void> {
    this.#start('etcd', etcdFlags(this.#layout));
    await this.startApiServer();
    const { controllerManager, scheduler, kwok } = this.#kubeconfigs;
    this.#start('kube-controller-manager', controllerManagerFlags(this.#layout, controllerManager));
    this.#start('kube-scheduler', schedulerFlags(scheduler));
    this.startServer('kwok', this.#kit.kwok, kwokFlags(this.#layout, kwok, kwokConfig));
    // Without its service account no pod of the namespace is admitted.
    await this.until(['kube-controller-manager', 'kwok'], 'the default service account', () =>
      this.#answers('/api/v1/namespaces/default/serviceaccounts/default'),
    );
  }

  async startApiServer(): Promise<void> {
    this.#start('kube-apiserver', apiServerFlags(this.#layout));
    await this.until(['etcd', 'kube-apiserver'], 'the API server', () => this.#answers('/readyz'));
  }

  /** @returns the version before which nothing is known any more */
  compactHistory(): Promise<string> {
    return compactEtcd(`http://127.0.0.1:${this.#layout.ports.etcdClient}`);
  }

  stopApiServer(): Promise<void> {
    return this.#group.stop('kube-apiserver');
  }

  /** What a test writes into a status stays: nothing counts pods any more. */
  stopControllers(): Promise<void> {
    return this.#group.stop('kube-controller-manager');
  }

  /** Starts one more server of this cluster; its working files go to the run's folder. */
  startServer(name: string, file: string, args: readonly string[]): void {
    const env = { ...process.env, KWOK_WORKDIR: join(this.#layout.dir, 'kwok') };
    this.#group.start({ name, file, args, env });
  }

  pids(): readonly number[] {
    return this.#group.pids();
  }

  /** Waits for a condition while these servers run. */
  async until(servers: readonly string[], what: string, condition: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + READY_WITHIN_MS;
    while (!(await condition())) {
      const ended = servers.find((server) => !this.#group.isRunning(server));
      const late = performance.now() > deadline ? servers.at(-1) : undefined;
      const culprit = ended ?? late;
      if (culprit !== undefined) {
        const why = ended === undefined ? 'is not there in a minute' : `cannot be: ${ended} ended`;
        throw new Error(`${what} ${why}:\n${this.#group.lastLines(culprit)}`);
      }
      await wait(POLL_MS);
    }
  }

  #start(name: string, flags: readonly string[]): void {
    this.startServer(name, this.#kit.controlPlane, [name, ...flags]);
  }

  async #answers(path: string): Promise<boolean> {
    return this.#client.send('GET', path).then(
      ({ status }) => status === 200,
      () => false,
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#group[Symbol.asyncDispose]();
  }
}
