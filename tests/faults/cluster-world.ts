import { assertNever } from '../../src/shared/errors/assert-never.ts';
import type { JsonObject } from '../../src/shared/kubernetes/json-fields.ts';
import type { DaemonSetRow, PodRow, Row } from '../../src/shared/kubernetes/rows.ts';
import { ClusterHistory } from './cluster-history.ts';
import { CONTEXT, CoreWorld } from './core-world.ts';
import { DAEMONSETS, DefaultNamespace, isOwnedBy, NAMESPACE, PODS } from './default-namespace.ts';
import type { FaultyCluster } from './faulty-cluster.ts';
import { RowReader } from './row-reader.ts';
import type { ClusterStep } from './schedule-cluster.ts';
import { CLEAR } from './weather.ts';

/** It is there for the whole schedule, so that its pods can be followed. */
const STEADY = 'steady';
const TICK_MS = 250;
const RECOVERY_MS = 8 * 60_000;

/** What a page shows of one collection, beside all that the server ever had of it. */
interface Followed<R extends Row> {
  readonly reader: RowReader<R>;
  readonly history: ClusterHistory;
  readonly isShown: (item: JsonObject) => boolean;
}

interface Parts {
  readonly cluster: FaultyCluster;
  readonly namespace: DefaultNamespace;
  readonly core: CoreWorld;
  readonly steadyUid: string;
  readonly daemonSets: Followed<DaemonSetRow>;
  readonly pods: Followed<PodRow>;
}

/** A whole cluster, a network with weather, and the core whose page reads DaemonSets and the pods of one of them. */
export class ClusterWorld implements AsyncDisposable {
  readonly #parts: Parts;
  #isDown = false;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static async start(cluster: FaultyCluster): Promise<ClusterWorld> {
    const namespace = new DefaultNamespace(cluster);
    await namespace.empty();
    const steadyUid = await namespace.write(STEADY);
    const ofDaemonSets = await ClusterHistory.start(cluster.api, DAEMONSETS);
    const ofPods = await ClusterHistory.start(cluster.api, PODS);
    const core = await CoreWorld.start(cluster);
    const { context, daemonSet } = core.client;
    await context.open({ contextName: CONTEXT });
    const list = await daemonSet.watchList({ contextName: CONTEXT, namespaces: [NAMESPACE] });
    const target = { contextName: CONTEXT, namespace: NAMESPACE, name: STEADY, uid: steadyUid };
    const pods = await daemonSet.watchPods(target);
    const isShown = (item: JsonObject) => isOwnedBy(item, steadyUid);
    const world = new ClusterWorld({
      cluster,
      namespace,
      core,
      steadyUid,
      daemonSets: { reader: new RowReader(list), history: ofDaemonSets, isShown: () => true },
      pods: { reader: new RowReader(pods), history: ofPods, isShown },
    });
    if (!(await world.recovers())) throw new Error(`the first rows do not come: ${await world.difference()}`);
    return world;
  }

  async act(step: ClusterStep): Promise<void> {
    await this.#do(step);
    await this.#pass(TICK_MS);
    await this.#judgeStates();
  }

  /** Fair weather again: answers whether the rows came to equal the LIST, within what recovery may take. */
  async recovers(): Promise<boolean> {
    await this.#recover();
    for (let waited = 0; waited < RECOVERY_MS; waited += TICK_MS) {
      if (await this.#isRight()) return true;
      await this.#pass(TICK_MS);
    }
    return this.#isRight();
  }

  /** What was shown and never was, or went back in time, or was called live and was not. */
  async lies(): Promise<readonly string[]> {
    // The history's own watch may be an event behind a page that has it already.
    for (let turn = 0; turn < 40 && this.#inventions.length > 0; turn += 1) await this.#parts.cluster.pass(TICK_MS);
    const { daemonSets, pods } = this.#parts;
    const readers = [daemonSets.reader, pods.reader];
    return [
      ...this.#inventions,
      ...readers.flatMap(({ witness, liveness }) => [...witness.lies, ...liveness.lies]),
      ...readers.flatMap(({ error }) => (error === undefined ? [] : [`a stream ended: ${String(error)}`])),
    ];
  }

  leftovers(): Promise<readonly string[]> {
    return this.#parts.core.leftovers();
  }

  /** How rows and LIST differ, in words. */
  async difference(): Promise<string> {
    const { daemonSets, pods } = this.#parts;
    return `DaemonSets: ${await differenceOf(daemonSets)}; pods: ${await differenceOf(pods)}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { core, daemonSets, pods } = this.#parts;
    await core.close();
    await daemonSets.history[Symbol.asyncDispose]();
    await pods.history[Symbol.asyncDispose]();
  }

  get #inventions(): readonly string[] {
    const { daemonSets, pods } = this.#parts;
    return [
      ...daemonSets.reader.witness.inventions((row) => daemonSets.history.everWas(row)),
      ...pods.reader.witness.inventions((row) => pods.history.everWas(row)),
    ];
  }

  async #isRight(): Promise<boolean> {
    const { daemonSets, pods } = this.#parts;
    const isRight = (await isLiveAndRight(daemonSets)) && (await isLiveAndRight(pods));
    return isRight;
  }

  async #judgeStates(): Promise<void> {
    const { core, daemonSets, pods } = this.#parts;
    for (const { reader, history, isShown } of [daemonSets, pods]) {
      const isLive = reader.state.phase === 'live';
      const isRight = !isLive || reader.witness.equals(await history.truth(isShown));
      const facts = { now: core.clock.now(), isLive, isRight, lastByteAt: core.proxy.lastSlowByteAt };
      reader.liveness.judge(facts, () => [...reader.witness.rows.values()].map(({ name }) => name).join(', '));
    }
  }

  async #pass(ms: number): Promise<void> {
    const { core, cluster } = this.#parts;
    for (let passed = 0; passed < ms; passed += TICK_MS) {
      await cluster.pass(TICK_MS);
      await core.clock.advance(TICK_MS);
    }
  }

  async #do(step: ClusterStep): Promise<void> {
    const { namespace, core, steadyUid } = this.#parts;
    switch (step.do) {
      case 'write':
        await namespace.write(step.name);
        return;
      case 'delete':
        return namespace.delete(step.name);
      case 'recreate':
        await namespace.delete(step.name);
        await namespace.write(step.name);
        return;
      case 'deletePod':
        return namespace.deletePodOf(steadyUid);
      case 'annotate':
        return namespace.annotate(STEADY);
      case 'weather':
        core.proxy.weather = step.weather;
        return;
      case 'cut':
        return core.proxy.cut(step.by);
      case 'down':
        if (!this.#isDown) await core.proxy.goDown();
        this.#isDown = true;
        return;
      case 'recover':
        return this.#recover();
      case 'nudge':
        return core.nudge();
      case 'wait':
        return this.#pass(step.seconds * 1000);
      default:
        return assertNever(step);
    }
  }

  async #recover(): Promise<void> {
    const { proxy } = this.#parts.core;
    proxy.weather = CLEAR;
    if (this.#isDown) await proxy.comeBack();
    this.#isDown = false;
  }
}

async function isLiveAndRight<R extends Row>({ reader, history, isShown }: Followed<R>): Promise<boolean> {
  return reader.state.phase === 'live' && reader.witness.equals(await history.truth(isShown));
}

async function differenceOf<R extends Row>({ reader, history, isShown }: Followed<R>): Promise<string> {
  const rows = [...reader.witness.rows.values()].map((row) => `${row.uid}@${row.resourceVersion}`);
  const list = [...(await history.truth(isShown))].map((each) => each.join('@'));
  return `rows ${rows.join(' ')} beside the list ${list.join(' ')} (${JSON.stringify(reader.state)})`;
}
