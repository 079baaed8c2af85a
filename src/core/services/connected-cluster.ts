import type { Clock } from '../../shared/clock.ts';
import type { ConnectionState, GuardLevel } from '../../shared/contract/context.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { at, text } from '../../shared/kubernetes/json-fields.ts';
import type { RowOf, RowResource } from '../../shared/kubernetes/rows.ts';
import { reviewSelf } from '../change.ts';
import type { Journal } from '../journal.ts';
import type { ApiConnection } from '../kubernetes/api-connection.ts';
import type { DecodePool } from '../kubernetes/decode-pool.ts';
import { createLivePool, type LivePool, type LiveScope } from '../kubernetes/live-pool.ts';
import { type LiveObject, watchObject } from '../kubernetes/watch-object.ts';
import type { Lease, LiveRows } from '../live-rows.ts';
import type { ClusterIdentity, OpenCluster } from './open-cluster.ts';
import { ReadHealth } from './read-health.ts';

export interface ConnectedClusterOptions {
  readonly connection: ApiConnection;
  readonly guardLevel: () => GuardLevel;
  readonly decode: DecodePool;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: () => number;
  /** The state has changed. */
  readonly onChange: () => void;
}

/** One opened context: its connection, its live reads, and the state of its dot in the rail. */
export class ConnectedCluster implements OpenCluster {
  readonly contextName: string;
  readonly connection: ApiConnection;
  readonly decode: DecodePool;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: () => number;
  readonly #options: ConnectedClusterOptions;
  readonly #pool: LivePool;
  readonly #objects = new Set<ReturnType<typeof watchObject>>();
  readonly #ended = new AbortController();
  readonly #health = new ReadHealth(() => this.#followHealth());
  #identity: ClusterIdentity = { serverVersion: '' };
  #state: ConnectionState = { phase: 'closed' };

  constructor(options: ConnectedClusterOptions) {
    const { connection, decode, journal, clock, random } = options;
    this.#options = options;
    this.contextName = connection.contextName;
    this.connection = connection;
    this.decode = decode;
    this.journal = journal;
    this.clock = clock;
    this.random = random;
    this.#pool = createLivePool({ connection, decode, clock, random });
  }

  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  get guardLevel(): GuardLevel {
    return this.#options.guardLevel();
  }

  get state(): ConnectionState {
    const { waitingFor } = this.connection;
    if (this.#state.phase === 'connecting' && waitingFor !== undefined) return { ...this.#state, waitingFor };
    return this.#state;
  }

  identity(): ClusterIdentity {
    return this.#identity;
  }

  /** Asks the server who it is. Throws AppError with the exact cause. */
  async contact(): Promise<ConnectionState> {
    this.#set({ phase: 'connecting', since: this.clock.now() });
    this.decode.warm();
    this.#identity = await identify(this.connection, this.#ended.signal);
    this.#set({ phase: 'live', since: this.clock.now(), ...this.#identity });
    return this.#state;
  }

  rows<R extends RowResource>(scope: LiveScope<R>): Lease<LiveRows<RowOf[R]>> {
    const lease = this.#pool.open(scope);
    const end = this.#health.follow(lease.value);
    return {
      value: lease.value,
      release: () => {
        end();
        lease.release();
      },
    };
  }

  object(scope: { readonly path: string; readonly name: string }): Lease<LiveObject> {
    const { connection, clock, random } = this;
    const watched = watchObject({ connection, clock, random, ...scope });
    this.#objects.add(watched);
    const end = this.#health.follow(watched);
    return {
      value: watched,
      release: () => {
        if (!this.#objects.delete(watched)) return;
        end();
        void watched.stop();
      },
    };
  }

  /** Every read tries again after so many milliseconds. */
  nudge(delayMs = 0): void {
    this.#pool.nudge(delayMs);
    for (const watched of this.#objects) watched.nudge(delayMs);
  }

  async dispose(): Promise<void> {
    this.#ended.abort();
    await Promise.all([this.#pool.dispose(), ...[...this.#objects].map((watched) => watched.stop())]);
    this.#objects.clear();
    await this.connection.dispose();
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    this.#options.onChange();
  }

  #followHealth(): void {
    const { phase } = this.#state;
    if (phase === 'connecting' || phase === 'closed' || this.#ended.signal.aborted) return;
    const { trouble } = this.#health;
    if (trouble?.phase === 'stale') {
      const since = this.#state.phase === 'stale' ? this.#state.since : trouble.since;
      const retryAt = trouble.retryAt === undefined ? {} : { retryAt: trouble.retryAt };
      this.#set({ phase: 'stale', since, error: trouble.error, ...retryAt });
    } else if (trouble?.phase === 'failed') {
      this.#set({ phase: 'refused', error: trouble.error });
    } else if (phase !== 'live') {
      this.#set({ phase: 'live', since: this.clock.now(), ...this.#identity });
    }
  }
}

/** Who answers and as whom: /version needs no rights on most clusters; the user's name is a courtesy of newer servers. */
async function identify(connection: ApiConnection, signal: AbortSignal): Promise<ClusterIdentity> {
  const response = await connection.get({ path: '/version', signal, priority: 'user' });
  const body: unknown = JSON.parse(new TextDecoder().decode(response.body));
  const serverVersion = text(at(body, 'gitVersion'));
  const userName = await reviewSelf(connection, signal).catch((error: unknown) => {
    if (error instanceof AppError && error.reason !== 'Unauthorized') return undefined;
    throw error;
  });
  return { serverVersion, ...(userName === undefined ? {} : { userName }) };
}
