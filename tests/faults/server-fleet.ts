import type { ApiConnection } from '../../src/core/kubernetes/api-connection.ts';
import { createConnection } from '../../src/core/kubernetes/connection.ts';
import { createDecodePool } from '../../src/core/kubernetes/decode-pool.ts';
import { createReflector, type Reflector } from '../../src/core/kubernetes/reflector.ts';
import { resourceDecoder } from '../../src/core/kubernetes/row-decoder.ts';
import type { DaemonSetRow } from '../../src/shared/kubernetes/rows.ts';
import { aContext } from '../fakes/contexts.ts';
import { FakeApiServer, type OpenReply, type Scripted, type SeenRequest } from '../fakes/fake-api-server.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { aDaemonSetList, aDaemonSetObject } from '../fakes/objects.ts';
import { until } from '../fakes/until.ts';

/** One request as the server met it. */
export interface Asked extends SeenRequest {
  /** By the clock. */
  readonly at: number;
  readonly isWatch: boolean;
}

/** Repeatable numbers from 0 to below 1 (a linear congruential generator). */
export function seeded(seed = 42): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

/** One scripted API server, a still clock, and many reads over one connection; each reads the DaemonSets of a namespace of its own. */
export class Fleet {
  readonly clock = new FakeClock();
  readonly asked: Asked[] = [];
  /** What every request is answered from now on, unless undefined: then the server is well. */
  storm: ((request: Asked) => Scripted | undefined) | undefined;
  #server: FakeApiServer | undefined;
  #connection: ApiConnection | undefined;
  #reads: readonly Reflector<DaemonSetRow>[] = [];
  #open: OpenReply[] = [];
  #opened = 0;

  static async start(reads: number): Promise<Fleet> {
    const fleet = new Fleet();
    const server = await FakeApiServer.start((request) => fleet.#answer(request));
    const { clock } = fleet;
    const connection = createConnection(aContext(server.url), { clock, env: {} });
    const random = seeded();
    fleet.#server = server;
    fleet.#connection = connection;
    fleet.#reads = Array.from({ length: reads }, (_, nth) =>
      createReflector({
        connection,
        path: `/apis/apps/v1/namespaces/team-${nth}/daemonsets`,
        decoder: resourceDecoder(createDecodePool({ size: 1 }), 'daemonsets'),
        clock,
        random,
      }),
    );
    return fleet;
  }

  get reads(): readonly Reflector<DaemonSetRow>[] {
    return this.#reads;
  }

  phase(phase: string): Promise<void> {
    return until(`all ${phase}`, () => this.#reads.every((read) => read.state.phase === phase));
  }

  /** Ends every open watch, as a server at their timeoutSeconds. */
  async endWatches(): Promise<void> {
    for (; this.#opened > 0; this.#opened -= 1) {
      const reply = await this.#server?.nextOpen();
      if (reply !== undefined) this.#open.push(reply);
    }
    for (const reply of this.#open.splice(0)) reply.end();
  }

  /** Lets the time pass in steps; the sockets have theirs after each. */
  async pass(ms: number, stepMs = 100): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) await this.clock.advance(stepMs);
  }

  async close(): Promise<void> {
    await Promise.all(this.#reads.map((read) => read.stop()));
    await this.#connection?.dispose();
    await this.#server?.close();
  }

  #answer(request: SeenRequest): Scripted {
    const asked = { ...request, at: this.clock.now(), isWatch: request.query['watch'] === 'true' };
    this.asked.push(asked);
    const trouble = this.storm?.(asked);
    if (trouble !== undefined) return trouble;
    if (asked.isWatch) {
      this.#opened += 1;
      return 'open';
    }
    const namespace = request.path.split('/')[5] ?? '';
    const object = aDaemonSetObject('agent', { namespace, uid: `uid-${namespace}`, resourceVersion: '7' });
    return { body: aDaemonSetList([object], { resourceVersion: '10' }) };
  }
}
