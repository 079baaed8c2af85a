import type { DemoClock, Timer } from '../clock.ts';
import type { ControllerRevision, DaemonSet, KubeObject, Pod } from '../objects.ts';
import { deletePod } from '../pod-deletion.ts';
import { type Collection, keyOfObject } from '../store/collection.ts';
import type { Store } from '../store/store.ts';

export const FOREGROUND = 'foregroundDeletion';
export const ORPHAN = 'orphan';
const DELAY_MS = 150;

/** Puts an object, or removes it when it is on its way out and nothing holds it any more. */
export function putOrFinish<T extends KubeObject>(collection: Collection<T>, object: T): T {
  const held = (object.metadata.finalizers ?? []).length > 0;
  if (object.metadata.deletionTimestamp === undefined || held) return collection.put(object);
  return collection.remove(keyOfObject(object)) ?? object;
}

/** Follows owners: dependents of a DaemonSet that is gone, or that is being deleted in the foreground or orphaned. */
export class GarbageCollector {
  readonly #store: Store;
  readonly #clock: DemoClock;
  readonly #timers = new Map<string, Timer>();
  readonly #unsubscribe: (() => void)[] = [];

  constructor(store: Store, clock: DemoClock) {
    this.#store = store;
    this.#clock = clock;
  }

  start(): void {
    this.#unsubscribe.push(
      this.#store.daemonSets.subscribe((change) => {
        if (change.type === 'DELETED' || change.object.metadata.deletionTimestamp !== undefined) {
          this.#soon(change.object.metadata.uid, change.key);
        }
      }),
      this.#store.pods.subscribe((change) => this.#onDependent(change.object)),
      this.#store.controllerRevisions.subscribe((change) => this.#onDependent(change.object)),
    );
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #onDependent(object: KubeObject): void {
    for (const owner of object.metadata.ownerReferences ?? []) {
      if (owner.kind !== 'DaemonSet') continue;
      const key = `${object.metadata.namespace}/${owner.name}`;
      const daemonSet = this.#store.daemonSets.get(key);
      const alive = daemonSet?.metadata.uid === owner.uid && daemonSet.metadata.deletionTimestamp === undefined;
      if (!alive) this.#soon(owner.uid, key);
    }
  }

  #soon(uid: string, key: string): void {
    if (this.#timers.has(uid)) return;
    const run = (): void => {
      this.#timers.delete(uid);
      this.#collect(uid, key);
    };
    this.#timers.set(uid, this.#clock.setTimeout(run, DELAY_MS));
  }

  #collect(uid: string, key: string): void {
    const found = this.#store.daemonSets.get(key);
    const owner = found?.metadata.uid === uid ? found : undefined;
    const pods = this.#store.podsByController.get(uid);
    const revisions = this.#store.revisionsByController.get(uid);
    if (owner === undefined) {
      this.#deleteDependents(pods, revisions);
      return;
    }
    const finalizers = owner.metadata.finalizers ?? [];
    if (finalizers.includes(ORPHAN)) {
      for (const pod of pods) this.#store.pods.put(withoutOwner(pod, uid));
      for (const revision of revisions) this.#store.controllerRevisions.put(withoutOwner(revision, uid));
      this.#dropFinalizer(owner, ORPHAN);
    } else if (finalizers.includes(FOREGROUND)) {
      this.#deleteDependents(pods, revisions);
      const left = this.#store.podsByController.get(uid).length + this.#store.revisionsByController.get(uid).length;
      if (left === 0) this.#dropFinalizer(owner, FOREGROUND);
    }
  }

  #deleteDependents(pods: readonly Pod[], revisions: readonly ControllerRevision[]): void {
    for (const revision of revisions) this.#store.controllerRevisions.remove(keyOfObject(revision));
    for (const pod of pods) {
      if (pod.metadata.deletionTimestamp === undefined) deletePod(this.#store, this.#clock, pod);
    }
  }

  #dropFinalizer(daemonSet: DaemonSet, finalizer: string): void {
    const finalizers = daemonSet.metadata.finalizers?.filter((entry) => entry !== finalizer) ?? [];
    putOrFinish(this.#store.daemonSets, { ...daemonSet, metadata: { ...daemonSet.metadata, finalizers } });
  }
}

function withoutOwner<T extends KubeObject>(object: T, uid: string): T {
  const { ownerReferences = [], ...metadata } = object.metadata;
  const kept = ownerReferences.filter((owner) => owner.uid !== uid);
  return { ...object, metadata: kept.length === 0 ? metadata : { ...metadata, ownerReferences: kept } };
}
