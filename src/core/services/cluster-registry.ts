import type { ConnectionState, GuardLevel } from '../../shared/contract/context.ts';
import { AppError, toAppErrorData } from '../../shared/errors/app-error.ts';
import type { ApiConnection } from '../kubernetes/api-connection.ts';
import { ConnectedCluster, type ConnectedClusterOptions } from './connected-cluster.ts';
import type { OpenCluster } from './open-cluster.ts';

export interface ClusterRegistryDeps extends Omit<ConnectedClusterOptions, 'connection' | 'guardLevel'> {
  /** Makes the connection of a context, contacting nothing. Throws AppError KubeconfigInvalid. */
  connect(contextName: string): ApiConnection;
  guardLevelOf(contextName: string): GuardLevel;
}

/** 20 clusters are tried within a second, and one at once. */
const NUDGE_GAP_MS = 50;

/** The contexts that the user has opened. */
export class ClusterRegistry {
  readonly #deps: ClusterRegistryDeps;
  readonly #clusters = new Map<string, ConnectedCluster>();
  readonly #refused = new Map<string, ConnectionState>();
  readonly #opening = new Map<string, Promise<ConnectionState>>();

  constructor(deps: ClusterRegistryDeps) {
    this.#deps = deps;
  }

  /** Contacts the cluster; two callers share one attempt. Fails with the exact cause, which `stateOf` keeps. */
  open(contextName: string): Promise<ConnectionState> {
    const running = this.#opening.get(contextName);
    if (running) return running;
    const attempt = this.#contact(contextName).finally(() => this.#opening.delete(contextName));
    this.#opening.set(contextName, attempt);
    return attempt;
  }

  /** Ends the connection and everything that reads through it; also an attempt that is under way. */
  async close(contextName: string): Promise<void> {
    const cluster = this.#clusters.get(contextName);
    this.#clusters.delete(contextName);
    this.#refused.delete(contextName);
    this.#deps.onChange();
    await cluster?.dispose();
  }

  stateOf(contextName: string): ConnectionState {
    return this.#clusters.get(contextName)?.state ?? this.#refused.get(contextName) ?? { phase: 'closed' };
  }

  readonly find = (contextName: string): OpenCluster => {
    const cluster = this.#clusters.get(contextName);
    if (cluster) return cluster;
    const message = `The context "${contextName}" is not open.`;
    throw new AppError({ reason: 'Disconnected', message, contextName, retry: false });
  };

  openNames(): readonly string[] {
    return [...this.#clusters.keys()];
  }

  /** Every read of the context tries again now. */
  nudge(contextName: string): void {
    this.#clusters.get(contextName)?.nudge();
  }

  /** Every read is stale at once and soon tries again: each cluster at a moment of its own, never two in the same tick. */
  nudgeAll(): void {
    for (const [nth, cluster] of [...this.#clusters.values()].entries()) {
      cluster.nudge(Math.floor(NUDGE_GAP_MS * (nth + this.#deps.random())));
    }
  }

  async dispose(): Promise<void> {
    const all = [...this.#clusters.values()];
    this.#clusters.clear();
    await Promise.all(all.map((cluster) => cluster.dispose()));
  }

  async #contact(contextName: string): Promise<ConnectionState> {
    this.#refused.delete(contextName);
    try {
      const cluster = this.#clusters.get(contextName) ?? this.#connect(contextName);
      return cluster.state.phase === 'live' ? cluster.state : await cluster.contact();
    } catch (error) {
      await this.#refuse(contextName, error);
      throw error;
    }
  }

  #connect(contextName: string): ConnectedCluster {
    const connection = this.#deps.connect(contextName);
    const guardLevel = () => this.#deps.guardLevelOf(contextName);
    const cluster = new ConnectedCluster({ ...this.#deps, connection, guardLevel });
    this.#clusters.set(contextName, cluster);
    return cluster;
  }

  async #refuse(contextName: string, error: unknown): Promise<void> {
    const cluster = this.#clusters.get(contextName);
    const wasClosed = error instanceof AppError && error.reason === 'Cancelled';
    this.#clusters.delete(contextName);
    if (!wasClosed) this.#refused.set(contextName, { phase: 'refused', error: toAppErrorData(error) });
    this.#deps.onChange();
    await cluster?.dispose();
  }
}
