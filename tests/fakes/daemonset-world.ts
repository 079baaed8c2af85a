import { createDecodePool } from '../../src/core/kubernetes/decode-pool.ts';
import { createConnection } from '../../src/core/kubernetes/connection.ts';
import { createReflector, type Reflector } from '../../src/core/kubernetes/reflector.ts';
import { resourceDecoder } from '../../src/core/kubernetes/row-decoder.ts';
import type { ApiConnection } from '../../src/core/kubernetes/api-connection.ts';
import type { DaemonSetRow } from '../../src/shared/kubernetes/rows.ts';
import { FakeApiServer, type Scripted, type SeenRequest } from './fake-api-server.ts';
import { FakeClock } from './fake-clock.ts';
import { aContext } from './contexts.ts';
import { until } from './until.ts';

export const DAEMONSETS = '/apis/apps/v1/daemonsets';

export interface WorldScript {
  /** Answers lists; `nth` counts from 0. */
  list(request: SeenRequest, nth: number): Scripted;
  /** Answers watches; by default each stays open. */
  watch?(request: SeenRequest, nth: number): Scripted;
}

/** A scripted API server, a still clock and one reflector of its DaemonSets. */
export class DaemonSetWorld {
  readonly clock = new FakeClock();
  readonly server: FakeApiServer;
  readonly connection: ApiConnection;
  readonly reflector: Reflector<DaemonSetRow>;
  readonly changes: string[] = [];

  private constructor(server: FakeApiServer, query: Readonly<Record<string, string>>) {
    this.server = server;
    this.connection = createConnection(aContext(server.url), { clock: this.clock, env: {} });
    this.reflector = createReflector({
      connection: this.connection,
      path: DAEMONSETS,
      query,
      decoder: resourceDecoder(createDecodePool({ size: 1 }), 'daemonsets'),
      clock: this.clock,
      random: () => 0,
    });
    this.reflector.subscribe((change) => this.changes.push(`${change.type}:${this.reflector.state.phase}`));
  }

  static async start(script: WorldScript, query: Readonly<Record<string, string>> = {}): Promise<DaemonSetWorld> {
    let lists = 0;
    let watches = 0;
    const server = await FakeApiServer.start((request) =>
      request.query['watch'] === 'true'
        ? (script.watch?.(request, watches++) ?? 'open')
        : script.list(request, lists++),
    );
    return new DaemonSetWorld(server, query);
  }

  get lists(): readonly SeenRequest[] {
    return this.server.seen.filter((request) => request.query['watch'] === undefined);
  }

  get watches(): readonly SeenRequest[] {
    return this.server.seen.filter((request) => request.query['watch'] === 'true');
  }

  get names(): readonly string[] {
    return [...this.reflector.rows.values()].map((row) => row.name).toSorted();
  }

  phase(phase: string): Promise<void> {
    return until(
      `phase ${phase}, not ${JSON.stringify(this.reflector.state)}`,
      () => this.reflector.state.phase === phase,
    );
  }

  async close(): Promise<void> {
    await this.reflector.stop();
    await this.connection.dispose();
    await this.server.close();
  }
}
