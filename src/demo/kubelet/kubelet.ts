import type { DemoClock, Timer } from '../clock.ts';
import type { EventRecorder } from '../event-recorder.ts';
import type { Pod } from '../objects.ts';
import { between } from '../random.ts';
import { keyOf, keyOfObject } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import type { ConfigReader } from './configuration.ts';
import { nextStep } from './next-step.ts';
import type { NodeSide, PodEvent } from './pod-step.ts';
import { lacksConfiguration } from './start-step.ts';

const DEFAULT_HOST = '127.0.0.1';

interface Pending {
  readonly name: string;
  readonly timer: Timer;
}

/** The kubelets of all nodes in one: takes each bound pod from one step of its life to the next. */
export class Kubelet {
  readonly #store: Store;
  readonly #clock: DemoClock;
  readonly #events: EventRecorder;
  readonly #pending = new Map<string, Pending>();
  readonly #images = new Set<string>();
  #unsubscribe: () => void = () => undefined;

  constructor(store: Store, clock: DemoClock, events: EventRecorder) {
    this.#store = store;
    this.#clock = clock;
    this.#events = events;
  }

  start(): void {
    this.#unsubscribe = this.#store.pods.subscribe((change) => {
      const { uid } = change.object.metadata;
      if (change.type === 'DELETED') this.#cancel(uid);
      else {
        const killed = change.object.metadata.deletionTimestamp !== undefined;
        if (killed && change.previous?.metadata.deletionTimestamp === undefined) this.#sayKilling(change.object);
        this.#plan(change.object);
      }
    });
    for (const pod of this.#store.pods.items()) {
      for (const image of imagesOf(pod)) this.#images.add(`${pod.spec.nodeName}/${image}`);
      this.#plan(pod);
    }
  }

  stop(): void {
    this.#unsubscribe();
    for (const uid of [...this.#pending.keys()]) this.#cancel(uid);
  }

  #cancel(uid: string): void {
    this.#pending.get(uid)?.timer.cancel();
    this.#pending.delete(uid);
  }

  #plan(pod: Pod): void {
    if (pod.spec.nodeName === undefined) return;
    if (pod.metadata.deletionTimestamp !== undefined) {
      const graceMs = (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000;
      const delayMs = Math.min(graceMs, between(`${pod.metadata.uid}/stop`, 400, 1_500));
      this.#schedule(
        pod,
        `terminate/${graceMs}`,
        delayMs,
        (current) => void this.#store.pods.remove(keyOfObject(current)),
      );
      return;
    }
    const step = nextStep(pod, this.#clock.now(), this.#configFor(pod));
    if (step === undefined) {
      this.#cancel(pod.metadata.uid);
      return;
    }
    this.#schedule(pod, step.name, step.delayMs, (current) => {
      const node = this.#nodeSide(current);
      // Others may have changed the pod's metadata since, so the step is asked for again of the pod as it is.
      const outcome = nextStep(current, this.#clock.now(), node.config)?.apply(this.#clock.now(), node);
      if (outcome === undefined) return;
      const stored = this.#store.pods.put({ ...current, status: outcome.status });
      if (hasPulled(stored)) for (const image of imagesOf(stored)) this.#images.add(`${stored.spec.nodeName}/${image}`);
      this.#say(stored, outcome.events);
    });
  }

  #schedule(pod: Pod, name: string, delayMs: number, run: (current: Pod) => void): void {
    const { uid } = pod.metadata;
    const pending = this.#pending.get(uid);
    if (pending?.name === name) return;
    pending?.timer.cancel();
    const timer = this.#clock.setTimeout(() => {
      this.#pending.delete(uid);
      const current = this.#store.pods.get(keyOfObject(pod));
      if (current?.metadata.uid === uid) run(current);
    }, delayMs);
    this.#pending.set(uid, { name, timer });
  }

  #nodeSide(pod: Pod): NodeSide {
    const node = this.#store.nodes.get(pod.spec.nodeName ?? '');
    const hostIP = node?.status.addresses.find((address) => address.type === 'InternalIP')?.address ?? DEFAULT_HOST;
    const hasImage = (image: string): boolean => this.#images.has(`${pod.spec.nodeName}/${image}`);
    return { hostIP, hasImage, config: this.#configFor(pod) };
  }

  #configFor(pod: Pod): ConfigReader {
    const { namespace = '' } = pod.metadata;
    const { configMaps, secrets } = this.#store;
    return {
      namespace,
      configMap: (name) => configMaps.get(keyOf(namespace, name)),
      secret: (name) => secrets.get(keyOf(namespace, name)),
    };
  }

  #sayKilling(pod: Pod): void {
    const events = (pod.status.containerStatuses ?? [])
      .filter((entry) => entry.state.running !== undefined)
      .map((entry): PodEvent => {
        return {
          type: 'Normal',
          reason: 'Killing',
          message: `Stopping container ${entry.name}`,
          fieldPath: `spec.containers{${entry.name}}`,
        };
      });
    this.#say(pod, events);
  }

  #say(pod: Pod, events: readonly PodEvent[]): void {
    const host = pod.spec.nodeName;
    for (const event of events) {
      this.#events.record({ ...event, about: pod, component: 'kubelet', ...(host === undefined ? {} : { host }) });
    }
  }
}

/** A container's environment is made after its image was pulled. */
function hasPulled({ status }: Pod): boolean {
  return status.phase === 'Running' || (status.containerStatuses ?? []).some(lacksConfiguration);
}

function imagesOf(pod: Pod): readonly string[] {
  return [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map((container) => container.image);
}
