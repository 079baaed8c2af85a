import type { ApiConnection } from '../../src/core/kubernetes/api-connection.ts';
import { createConnection } from '../../src/core/kubernetes/connection.ts';
import { createDecodePool } from '../../src/core/kubernetes/decode-pool.ts';
import { createReflector, type Reflector } from '../../src/core/kubernetes/reflector.ts';
import { resourceDecoder } from '../../src/core/kubernetes/row-decoder.ts';
import type { RowsChange } from '../../src/core/live-rows.ts';
import { assertNever } from '../../src/shared/errors/assert-never.ts';
import type { DaemonSetRow } from '../../src/shared/kubernetes/rows.ts';
import { testAuthority } from '../fakes/connection-fixture.ts';
import { aContext } from '../fakes/contexts.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { FaultProxy } from './fault-proxy.ts';
import { LivenessJudge } from './liveness-judge.ts';
import { RowWitness } from './row-witness.ts';
import type { Step } from './schedule.ts';
import { settled } from './settled.ts';
import { type Protocol, TruthfulApi } from './truthful-api.ts';
import { CLEAR, type Weather } from './weather.ts';

const DAEMONSETS = '/apis/apps/v1/daemonsets';
/** A page's own time limit, the longest back-off with its jitter, and the silence limit, twice over. */
const RECOVERY_MS = 8 * 60_000;

export type MakeReflector = typeof createReflector<DaemonSetRow>;

export interface FaultWorldOptions {
  /** What the first list meets. */
  readonly opening: Weather;
  readonly protocol?: Protocol;
  /** Another reflector to judge than the application's own. */
  readonly makeReflector?: MakeReflector;
}

/** A cluster, a network with weather, a still clock and one reflector; whatever it shows is held against the cluster's history. */
export class FaultWorld {
  readonly clock: FakeClock;
  readonly api: TruthfulApi;
  readonly proxy: FaultProxy;
  readonly connection: ApiConnection;
  readonly reflector: Reflector<DaemonSetRow>;
  readonly #witness = new RowWitness<DaemonSetRow>();
  readonly #lies: string[] = [];
  readonly #liveness = new LivenessJudge();
  #garbled = 0;

  private constructor(api: TruthfulApi, proxy: FaultProxy, clock: FakeClock, options: FaultWorldOptions) {
    const { protocol = 'http', makeReflector = createReflector } = options;
    this.api = api;
    this.proxy = proxy;
    this.clock = clock;
    const scheme = protocol === 'http' ? 'http' : 'https';
    const authority = protocol === 'http' ? {} : { certificateAuthorityData: testAuthority.cert };
    const context = aContext(`${scheme}://127.0.0.1:${proxy.port}`, authority);
    this.connection = createConnection(context, { clock, env: {} });
    this.reflector = makeReflector({
      connection: this.connection,
      path: DAEMONSETS,
      decoder: resourceDecoder(createDecodePool({ size: 1 }), 'daemonsets'),
      clock,
      random: () => 0.5,
    });
    this.reflector.subscribe((change) => this.#told(change));
  }

  static async start(options: FaultWorldOptions): Promise<FaultWorld> {
    const clock = new FakeClock();
    const api = await TruthfulApi.start(options.protocol);
    for (const name of ['agent', 'proxy', 'exporter', 'calico']) api.write(name);
    const proxy = await FaultProxy.start(api.port, { clock });
    proxy.weather = options.opening;
    return new FaultWorld(api, proxy, clock, options);
  }

  /** What was shown and never was, or went back in time, or was called live and was not. */
  get lies(): readonly string[] {
    const inventions = this.#witness.inventions((row) => this.api.everWas(row.uid, row.resourceVersion));
    const misread = this.reflector.parseErrors - this.#garbled;
    const misreadings = misread > 0 ? [`${misread} events could not be read that were well written`] : [];
    return [...this.#lies, ...this.#liveness.lies, ...this.#witness.lies, ...inventions, ...misreadings];
  }

  async act(step: Step): Promise<void> {
    await this.#do(step);
    await turns(step.do === 'weather' ? 40 : 12);
    this.#judgeState();
  }

  /** Fair weather again: answers whether the rows came to equal the LIST, within what recovery may take. */
  async recovers(): Promise<boolean> {
    await this.act({ do: 'recover' });
    const end = this.clock.now() + RECOVERY_MS;
    while (this.clock.now() < end) {
      if (this.#isRight) return true;
      await this.clock.advance(1000);
      await turns(8);
      this.#judgeState();
    }
    return this.#isRight;
  }

  /** How rows and LIST differ, in words. */
  get difference(): string {
    const rows = [...this.reflector.rows.values()].map((row) => `${row.name}@${row.resourceVersion}`);
    const state = JSON.stringify(this.reflector.state);
    return `rows ${rows.join(' ')} are not the list ${[...this.api.truth.values()].join(' ')} (${state})`;
  }

  /**
   * What is left open: first of the reflector when it has stopped, then of its connection. On a line that was cut in silence a
   * handshake may still wait for its own time limit, and the server may hold a watch whose end it cannot hear of: one of each
   * for every such line, until the connection is disposed.
   */
  async leftovers(): Promise<readonly string[]> {
    let hasStopped = false;
    void this.reflector.stop().then(() => {
      hasStopped = true;
    });
    const ofReflector = await settled(() => [...(hasStopped ? [] : ['the reflector']), ...this.#left(this.proxy.dead)]);
    await this.connection.dispose();
    const ofConnection = await settled(() => {
      const { open } = this.proxy;
      return [...(open > 0 ? [`${open} connections`] : []), ...this.#left(0)];
    });
    return [...ofReflector, ...ofConnection];
  }

  #left(excused: number): readonly string[] {
    const { openWatches } = this.api;
    const { pendingTimers } = this.clock;
    return [
      ...(openWatches > excused ? [`${openWatches} watches`] : []),
      ...(pendingTimers > excused ? [`${pendingTimers} timers`] : []),
    ];
  }

  async close(): Promise<void> {
    await Promise.all([this.reflector.stop(), this.connection.dispose()]);
    await this.proxy.close();
    await this.api.close();
  }

  get #isRight(): boolean {
    const { rows, state } = this.reflector;
    const { truth } = this.api;
    const isSame =
      rows.size === truth.size && [...rows.values()].every((row) => truth.get(row.uid) === row.resourceVersion);
    return state.phase === 'live' && isSame && this.#witness.equals(truth);
  }

  #judgeState(): void {
    const { reflector, clock, proxy } = this;
    const isLive = reflector.state.phase === 'live';
    const facts = { now: clock.now(), isLive, isRight: this.#isRight, lastByteAt: proxy.lastSlowByteAt };
    this.#liveness.judge(facts, () => this.difference);
  }

  async #do(step: Step): Promise<void> {
    switch (step.do) {
      case 'write':
        return this.api.write(step.name);
      case 'garble':
        this.#garbled += 1;
        return this.api.garble(step.name);
      case 'part':
        return this.api.writePart(step.name, step.bytes);
      case 'delete':
        return this.api.delete(step.name);
      case 'recreate':
        this.api.delete(step.name);
        return this.api.write(step.name);
      case 'refuse':
        this.api.refusal = step;
        return;
      case 'weather':
        this.proxy.weather = step.weather;
        return;
      case 'cut':
        return this.proxy.cut(step.by);
      case 'recover':
        this.proxy.weather = CLEAR;
        this.api.refusal = undefined;
        return;
      case 'wait':
        return this.clock.advance(step.seconds * 1000);
      case 'sleep':
        return this.clock.jump(step.seconds * 1000);
      case 'nudge':
        return this.reflector.nudge();
      case 'elsewhere':
      case 'bookmark':
      case 'compact':
      case 'endWatches':
      case 'expireWatches':
        return this.api[step.do]();
      default:
        return assertNever(step);
    }
  }

  #told(change: RowsChange<DaemonSetRow>): void {
    if (change.type === 'reset') this.#witness.replaceAll([...this.reflector.rows.values()]);
    if (change.type === 'rows') this.#witness.apply(change.upserted, change.deletedUids);
    if (this.reflector.state.phase !== 'live') this.#liveness.confess();
    if (change.type === 'state') return;
    // The truthful API writes an object's version into its status.
    for (const row of this.reflector.rows.values()) {
      if (`${row.desired}` !== row.resourceVersion) this.#lies.push(`mixed: ${row.name} ${row.resourceVersion}`);
    }
  }
}

/** Lets sockets and promises go on. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
