import { type DemoClock, toTimestamp } from './clock.ts';
import type { EventObject, KubeObject } from './objects.ts';
import type { SeededRandom } from './random.ts';
import type { Store } from './store/store.ts';

export interface EventInput {
  readonly about: KubeObject;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly component: string;
  readonly host?: string;
  readonly fieldPath?: string;
}

/** Events are kept for an hour, as by the API server's --event-ttl, and no more than this many. */
const TTL_MS = 3_600_000;
const LIMIT = 4_000;

/** Writes core/v1 Events; a repetition raises count and lastTimestamp of the first one, as client-go's recorder does. */
export class EventRecorder {
  readonly #store: Store;
  readonly #clock: DemoClock;
  readonly #random: SeededRandom;
  readonly #keyBySignature = new Map<string, { readonly key: string; readonly at: number }>();

  constructor(store: Store, clock: DemoClock, random: SeededRandom) {
    this.#store = store;
    this.#clock = clock;
    this.#random = random;
  }

  record(input: EventInput): void {
    const now = this.#clock.now();
    const signature = [input.about.metadata.uid, input.type, input.reason, input.message, input.fieldPath ?? ''].join(
      '\u0000',
    );
    const known = this.#keyBySignature.get(signature);
    const existing = known === undefined ? undefined : this.#store.events.get(known.key);
    // Re-inserting keeps the map in the order of last use, which is the order of forgetting.
    this.#keyBySignature.delete(signature);
    if (existing === undefined) {
      const event = this.#store.events.put(newEvent(input, now, this.#random.hex(16)));
      this.#keyBySignature.set(signature, { key: `${event.metadata.namespace}/${event.metadata.name}`, at: now });
    } else {
      this.#store.events.put({ ...existing, count: existing.count + 1, lastTimestamp: toTimestamp(now) });
      this.#keyBySignature.set(signature, { key: known?.key ?? '', at: now });
    }
    this.#forget(now);
  }

  /** An event of the opening state, `ageMs` old and seen `count` times since then. */
  load(input: EventInput, ageMs: number, count: number): void {
    const now = this.#clock.now();
    const first = newEvent(input, now - ageMs, this.#random.hex(16));
    const event = this.#store.events.load({
      ...first,
      count,
      lastTimestamp: toTimestamp(count > 1 ? now - 20_000 : now - ageMs),
    });
    const signature = [input.about.metadata.uid, input.type, input.reason, input.message, input.fieldPath ?? ''].join(
      '\u0000',
    );
    this.#keyBySignature.set(signature, { key: `${event.metadata.namespace}/${event.metadata.name}`, at: now });
  }

  #forget(now: number): void {
    for (const [signature, { key, at }] of this.#keyBySignature) {
      if (this.#keyBySignature.size <= LIMIT && now - at < TTL_MS) return;
      this.#keyBySignature.delete(signature);
      this.#store.events.remove(key);
    }
  }
}

function newEvent(input: EventInput, now: number, suffix: string): EventObject {
  const { metadata, apiVersion, kind } = input.about;
  const namespace = metadata.namespace ?? 'default';
  const timestamp = toTimestamp(now);
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${metadata.name}.${suffix}`,
      namespace,
      uid: `${suffix.slice(0, 8)}-${suffix.slice(8, 12)}-4${suffix.slice(12, 15)}-8${suffix.slice(0, 3)}-${suffix.slice(4)}`,
      resourceVersion: '',
      creationTimestamp: timestamp,
    },
    involvedObject: {
      apiVersion,
      kind,
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
      name: metadata.name,
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      ...(input.fieldPath === undefined ? {} : { fieldPath: input.fieldPath }),
    },
    reason: input.reason,
    message: input.message,
    type: input.type,
    count: 1,
    firstTimestamp: timestamp,
    lastTimestamp: timestamp,
    source:
      input.host === undefined ? { component: input.component } : { component: input.component, host: input.host },
    reportingComponent: input.component,
    reportingInstance: input.host ?? '',
  };
}
