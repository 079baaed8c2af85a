import type { ApiConnection } from '../../src/core/kubernetes/api-connection.ts';
import { createConnection } from '../../src/core/kubernetes/connection.ts';
import { createDecodePool } from '../../src/core/kubernetes/decode-pool.ts';
import { createReflector, type Reflector } from '../../src/core/kubernetes/reflector.ts';
import { resourceDecoder } from '../../src/core/kubernetes/row-decoder.ts';
import type { RowsChange } from '../../src/core/live-rows.ts';
import { assertNever } from '../../src/shared/errors/assert-never.ts';
import type { DaemonSetRow } from '../../src/shared/kubernetes/rows.ts';
import { aContext } from '../fakes/contexts.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { FaultProxy } from './fault-proxy.ts';
import type { Step } from './schedule.ts';
import { TruthfulApi } from './truthful-api.ts';
import { CLEAR, type Weather } from './weather.ts';

const DAEMONSETS = '/apis/apps/v1/daemonsets';
/** The rule: 90 s without a byte on a watch, and a moment to notice. */
const SILENCE_LIMIT_MS = 95_000;
/** A page's own time limit, the longest back-off with its jitter, and the silence limit, twice over. */
const RECOVERY_MS = 8 * 60_000;

/** A cluster, a network with weather, a still clock and one reflector; whatever it shows is held against the cluster's history. */
export class FaultWorld {
  readonly clock = new FakeClock();
  readonly api: TruthfulApi;
  readonly proxy: FaultProxy;
  readonly connection: ApiConnection;
  readonly reflector: Reflector<DaemonSetRow>;
  /** What was shown and never was, or went back in time. */
  readonly lies: string[] = [];
  readonly #shown = new Map<string, DaemonSetRow>();
  #silentSince: number | undefined;

  private constructor(api: TruthfulApi, proxy: FaultProxy, clock: FakeClock) {
    this.api = api;
    this.proxy = proxy;
    this.clock = clock;
    this.connection = createConnection(aContext(`http://127.0.0.1:${proxy.port}`), { clock, env: {} });
    this.reflector = createReflector({
      connection: this.connection,
      path: DAEMONSETS,
      decoder: resourceDecoder(createDecodePool({ size: 1 }), 'daemonsets'),
      clock,
      random: () => 0.5,
    });
    this.reflector.subscribe((change) => this.#told(change));
  }

  /** @param opening what the first list meets */
  static async start(opening: Weather): Promise<FaultWorld> {
    const clock = new FakeClock();
    const api = await TruthfulApi.start();
    for (const name of ['agent', 'proxy', 'exporter', 'calico']) api.write(name);
    const proxy = await FaultProxy.start(api.port, { clock });
    proxy.weather = opening;
    return new FaultWorld(api, proxy, clock);
  }

  async act(step: Step): Promise<void> {
    await this.#do(step);
    await turns(step.do === 'weather' ? 40 : 12);
    if (this.proxy.weather.kind !== 'silent') this.#silentSince = undefined;
    else this.#silentSince ??= this.clock.now();
    const { phase } = this.reflector.state;
    if (phase === 'live' && this.clock.now() - (this.#silentSince ?? this.clock.now()) > SILENCE_LIMIT_MS) {
      this.lies.push('live after 95 seconds of silence');
    }
  }

  /** Fair weather again: answers whether the rows came to equal the LIST, within what recovery may take. */
  async recovers(): Promise<boolean> {
    await this.act({ do: 'recover' });
    const end = this.clock.now() + RECOVERY_MS;
    while (this.clock.now() < end) {
      if (this.#isTrue) return true;
      await this.clock.advance(1000);
      await turns(8);
    }
    return this.#isTrue;
  }

  /** How rows and LIST differ, in words. */
  get difference(): string {
    const rows = [...this.reflector.rows.values()].map((row) => `${row.name}@${row.resourceVersion}`);
    const state = JSON.stringify(this.reflector.state);
    return `rows ${rows.join(' ')} are not the list ${[...this.api.truth.values()].join(' ')} (${state})`;
  }

  /** What is left open after the reflector and its connection have ended. */
  async leftovers(): Promise<readonly string[]> {
    await this.reflector.stop();
    await this.connection.dispose();
    const left = () => [
      ...(this.proxy.connections.length > 0 ? [`${this.proxy.connections.length} connections`] : []),
      ...(this.api.openWatches > 0 ? [`${this.api.openWatches} watches`] : []),
      ...(this.clock.pendingTimers > 0 ? [`${this.clock.pendingTimers} timers`] : []),
    ];
    for (let turn = 0; turn < 2000 && left().length > 0; turn += 1) await turns(1);
    return left();
  }

  async close(): Promise<void> {
    await this.reflector.stop();
    await this.connection.dispose();
    await this.proxy.close();
    await this.api.close();
  }

  get #isTrue(): boolean {
    const { truth } = this.api;
    const { rows, state } = this.reflector;
    if (state.phase !== 'live' || rows.size !== truth.size) return false;
    const same = [...rows.values()].every((row) => truth.get(row.uid) === row.resourceVersion);
    return same && this.#shown.size === rows.size && [...rows.keys()].every((uid) => this.#shown.has(uid));
  }

  async #do(step: Step): Promise<void> {
    switch (step.do) {
      case 'write':
        return this.api.write(step.name);
      case 'garble':
        return this.api.garble(step.name);
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

  /** A reader of its own: it keeps what it was told, as the page does. */
  #told(change: RowsChange<DaemonSetRow>): void {
    if (change.type === 'state') return;
    if (change.type === 'reset') {
      const rows = [...this.reflector.rows.values()];
      for (const row of rows) this.#judge(row);
      this.#shown.clear();
      for (const row of rows) this.#shown.set(row.uid, row);
      return;
    }
    for (const uid of change.deletedUids) this.#shown.delete(uid);
    for (const row of change.upserted) {
      this.#judge(row);
      this.#shown.set(row.uid, row);
    }
    const names = [...this.#shown.values()].map((row) => row.name);
    if (new Set(names).size < names.length) this.lies.push(`two of one name: ${names.join(', ')}`);
  }

  #judge(row: DaemonSetRow): void {
    if (!this.api.everWas(row.uid, row.resourceVersion))
      this.lies.push(`never was: ${row.name} ${row.resourceVersion}`);
    if (`${row.desired}` !== row.resourceVersion) this.lies.push(`mixed: ${row.name}`);
    const before = this.#shown.get(row.uid);
    if (before && Number(before.resourceVersion) > Number(row.resourceVersion)) {
      this.lies.push(`back in time: ${row.name} ${before.resourceVersion} to ${row.resourceVersion}`);
    }
  }
}

/** Lets sockets and promises go on. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
