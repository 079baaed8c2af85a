import { DaemonController } from '../controller/daemon-controller.ts';
import { GarbageCollector } from '../controller/garbage-collector.ts';
import { EventRecorder } from '../event-recorder.ts';
import type { JsonObject } from '../json.ts';
import { Kubelet } from '../kubelet/kubelet.ts';
import { Scheduler } from '../kubelet/scheduler.ts';
import { ManualClock } from '../manual-clock.ts';
import type { DaemonSet, Node, Pod } from '../objects.ts';
import { SeededRandom } from '../random.ts';
import { decodeAs } from '../schema/decode.ts';
import { newNode, planNodes } from '../seed/nodes.ts';
import { Store } from '../store/store.ts';
import { STRATEGIES } from '../api/strategy.ts';
import { asJson } from '../json.ts';
import { aManifest } from './api-client.ts';

/** A cluster without an API and without DaemonSets: workers only, on a clock that a test moves. */
export class QuietCluster {
  readonly clock = new ManualClock();
  readonly random = new SeededRandom(7);
  readonly store = new Store({ startVersion: 1_000, window: 1_000 });
  readonly events = new EventRecorder(this.store, this.clock, this.random);
  readonly #parts: readonly { start(): void; stop(): void }[];

  constructor(nodes: number) {
    const workers = planNodes(nodes * 3).filter((plan) => plan.pool === 'worker' && !plan.maintenance);
    for (const plan of workers.slice(0, nodes)) this.store.nodes.load(newNode(plan, this.random, this.clock.now()));
    this.store.seal();
    this.#parts = [
      new Kubelet(this.store, this.clock, this.events),
      new Scheduler(this.store, this.clock, this.events),
      new DaemonController(this),
      new GarbageCollector(this.store, this.clock),
    ];
    for (const part of this.#parts) part.start();
  }

  stop(): void {
    for (const part of this.#parts) part.stop();
  }

  /** Creates a DaemonSet as the API would: decoded, with defaults and the server's metadata. */
  create(name: string, podSpec: JsonObject = {}, spec: JsonObject = {}, template: JsonObject = {}): DaemonSet {
    const { value } = decodeAs('DaemonSet', aManifest(name, podSpec, spec, template));
    const metadata = {
      name,
      namespace: 'default',
      uid: this.random.uid(),
      creationTimestamp: new Date(this.clock.now()).toISOString(),
    };
    const strategy = STRATEGIES.daemonsets;
    const complete = strategy.prepareCreate(strategy.applyDefaults({ ...value, metadata }));
    return this.store.daemonSets.put(complete as unknown as DaemonSet);
  }

  /** Changes a DaemonSet's spec as an update would: generations rise as they do there. */
  update(name: string, change: (daemonSet: DaemonSet) => DaemonSet): void {
    const current = this.daemonSet(name);
    const next = STRATEGIES.daemonsets.prepareUpdate(asJson(change(current)), asJson(current));
    this.store.daemonSets.put(next as unknown as DaemonSet);
  }

  setImage(name: string, image: string): void {
    this.update(name, (daemonSet) => withImage(daemonSet, image));
  }

  daemonSet(name: string): DaemonSet {
    const found = this.store.daemonSets.get(`default/${name}`);
    if (found === undefined) throw new Error(`there is no DaemonSet ${name}`);
    return found;
  }

  pods(name: string): readonly Pod[] {
    return this.store.pods.items().filter((pod) => pod.metadata.labels?.['app'] === name);
  }

  node(index: number): Node {
    const found = this.store.nodes.items()[index];
    if (found === undefined) throw new Error(`there is no node ${index}`);
    return found;
  }

  /** Moves time on in steps until a question is answered yes; fails after ten minutes of the cluster's time. */
  until(question: () => boolean, what: string): void {
    for (let waited = 0; waited < 600_000; waited += 100) {
      if (question()) return;
      this.clock.advance(100);
    }
    throw new Error(`never came true: ${what}`);
  }

  untilRolledOut(name: string): void {
    this.until(() => {
      const { metadata, status } = this.daemonSet(name);
      const {
        desiredNumberScheduled: desired,
        updatedNumberScheduled: updated = 0,
        numberAvailable: available = 0,
      } = status;
      return (
        status.observedGeneration === metadata.generation &&
        updated === desired &&
        available === desired &&
        this.pods(name).length === desired
      );
    }, `${name} is rolled out`);
  }

  eventReasons(name: string): readonly string[] {
    return this.store.events.items().flatMap((event) => (event.involvedObject.name === name ? [event.reason] : []));
  }
}

export function withImage(daemonSet: DaemonSet, image: string): DaemonSet {
  const { template } = daemonSet.spec;
  const containers = template.spec.containers.map((container) => ({ ...container, image }));
  return {
    ...daemonSet,
    spec: { ...daemonSet.spec, template: { ...template, spec: { ...template.spec, containers } } },
  };
}

export function imagesOf(pods: readonly Pod[]): readonly string[] {
  return pods.flatMap((pod) => pod.spec.containers.map((container) => container.image));
}
