import { selectorMatches } from '../../shared/kubernetes/selector.ts';
import { generatedName } from '../generated-name.ts';
import { admitPodSpec, podRefusal } from '../admission/pod-admission.ts';
import type { DemoClock, Timer } from '../clock.ts';
import type { EventRecorder } from '../event-recorder.ts';
import { semanticEqual } from '../json.ts';
import type { ControllerRevision, DaemonSet, Node, Pod } from '../objects.ts';
import { deletePod } from '../pod-deletion.ts';
import { isPodTerminal } from '../pod-readiness.ts';
import type { SeededRandom } from '../random.ts';
import { type Collection, keyOf, keyOfObject } from '../store/collection.ts';
import type { Change } from '../store/event-log.ts';
import { type Store, controllerUid } from '../store/store.ts';
import { daemonStatus } from './daemon-status.ts';
import type { DaemonView, PodPlan } from './daemon-view.ts';
import { planMembership } from './manage.ts';
import { controllerReference, newDaemonPod, targetNodeName } from './pod-factory.ts';
import { cleanUpHistory, constructHistory, hashOf } from './revision-history.ts';
import { planRollingUpdate } from './rolling-update.ts';

/** No more than this many pods are made, and deleted, in one sync (BurstReplicas, daemon_controller.go, 1.37). */
const BURST = 250;
/** The work queue's wait after a refusal; the real one doubles from 5 ms to 1000 s. */
const REFUSED_RETRY_MS = 15_000;
const COMPONENT = 'daemonset-controller';

export interface DaemonControllerParts {
  readonly store: Store;
  readonly clock: DemoClock;
  readonly random: SeededRandom;
  readonly events: EventRecorder;
}

/** Keeps pods, revisions and status of every DaemonSet as its spec says. One sync looks at one DaemonSet as a whole. */
export class DaemonController {
  readonly #store: Store;
  readonly #clock: DemoClock;
  readonly #random: SeededRandom;
  readonly #events: EventRecorder;
  readonly #queued = new Map<string, { readonly dueMs: number; readonly timer: Timer }>();
  readonly #unsubscribe: (() => void)[] = [];

  constructor(parts: DaemonControllerParts) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#events = parts.events;
  }

  start(): void {
    this.#unsubscribe.push(
      this.#store.daemonSets.subscribe((change) => this.#onDaemonSet(change)),
      this.#store.pods.subscribe((change) => this.#onPod(change)),
      this.#store.nodes.subscribe((change) => this.#onNode(change)),
    );
    for (const daemonSet of this.#store.daemonSets.items()) this.#enqueue(daemonSet);
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    for (const { timer } of this.#queued.values()) timer.cancel();
    this.#queued.clear();
  }

  #onDaemonSet(change: Change<DaemonSet>): void {
    if (change.type === 'ADDED') this.#adoptFor(change.object);
    if (change.type !== 'DELETED') this.#enqueue(change.object);
  }

  #onPod(change: Change<Pod>): void {
    const uid =
      controllerUid(change.object) ?? (change.previous === undefined ? undefined : controllerUid(change.previous));
    const { namespace } = change.object.metadata;
    for (const daemonSet of this.#store.daemonSets.items()) {
      if (daemonSet.metadata.namespace !== namespace) continue;
      if (uid === daemonSet.metadata.uid) this.#enqueue(daemonSet);
      else if (uid === undefined && change.type !== 'DELETED') adopt(daemonSet, this.#store.pods, change.object);
    }
  }

  #onNode(change: Change<Node>): void {
    const { previous, object } = change;
    const sameForUs =
      previous !== undefined &&
      semanticEqual(previous.metadata.labels, object.metadata.labels) &&
      semanticEqual(previous.spec.taints, object.spec.taints);
    if (sameForUs) return;
    for (const daemonSet of this.#store.daemonSets.items()) this.#enqueue(daemonSet);
  }

  /** Pods and revisions that a DaemonSet deleted with Orphan has left. */
  #adoptFor(daemonSet: DaemonSet): void {
    for (const pod of this.#store.pods.items()) adopt(daemonSet, this.#store.pods, pod);
    for (const revision of this.#store.controllerRevisions.items())
      adopt(daemonSet, this.#store.controllerRevisions, revision);
  }

  /** Changes that come together are looked at together; the more nodes there are, the longer is "together". The sooner look wins. */
  #enqueue(daemonSet: DaemonSet, delayMs = 20 + this.#store.nodes.size / 20): void {
    const key = keyOf(daemonSet.metadata.namespace, daemonSet.metadata.name);
    const dueMs = this.#clock.now() + delayMs;
    const queued = this.#queued.get(key);
    if (queued !== undefined && queued.dueMs <= dueMs) return;
    queued?.timer.cancel();
    const run = (): void => {
      this.#queued.delete(key);
      this.#sync(key);
    };
    this.#queued.set(key, { dueMs, timer: this.#clock.setTimeout(run, delayMs) });
  }

  #sync(key: string): void {
    const daemonSet = this.#store.daemonSets.get(key);
    if (daemonSet === undefined || daemonSet.metadata.deletionTimestamp !== undefined) return;
    const nowMs = this.#clock.now();
    const history = constructHistory(this.#store, daemonSet, this.#random, nowMs);
    if (history === undefined) return;
    const hash = hashOf(history.current);
    const nodes = this.#store.nodes.items();
    const look = (): DaemonView => ({ daemonSet, nodes, hash, nowMs, podsByNode: this.#podsByNode(daemonSet) });

    const view = look();
    const membership = planMembership(view);
    const refused = this.#carryOut(view, membership);
    const settled = membership.createOn.length + membership.remove.length === 0;
    // As in Kubernetes, a rolling update waits until what the membership step asked for is seen.
    if (settled && daemonSet.spec.updateStrategy.type === 'RollingUpdate')
      this.#carryOut(view, planRollingUpdate(view));
    cleanUpHistory(this.#store, daemonSet, history.old, this.#store.podsByController.get(daemonSet.metadata.uid));
    this.#writeStatus(key, look(), { settled, refused });
  }

  #podsByNode(daemonSet: DaemonSet): ReadonlyMap<string, readonly Pod[]> {
    const result = new Map<string, Pod[]>();
    for (const pod of this.#store.podsByController.get(daemonSet.metadata.uid)) {
      if (!selectorMatches(daemonSet.spec.selector, pod.metadata.labels)) {
        this.#release(daemonSet, pod);
        continue;
      }
      if (isPodTerminal(pod) && pod.metadata.deletionTimestamp !== undefined) continue;
      const nodeName = targetNodeName(pod);
      if (nodeName === undefined) continue;
      const group = result.get(nodeName);
      if (group === undefined) result.set(nodeName, [pod]);
      else group.push(pod);
    }
    return result;
  }

  #release(daemonSet: DaemonSet, pod: Pod): void {
    const ownerReferences = pod.metadata.ownerReferences?.filter((owner) => owner.uid !== daemonSet.metadata.uid) ?? [];
    this.#store.pods.put({ ...pod, metadata: { ...pod.metadata, ownerReferences } });
  }

  /** Makes and deletes pods. True when one was refused: that shows as an event alone, and is tried again later. */
  #carryOut(view: DaemonView, plan: PodPlan): boolean {
    const { daemonSet } = view;
    let refused = false;
    for (const nodeName of plan.createOn.slice(0, BURST)) {
      const refusal = this.#create(view, nodeName);
      if (refusal !== undefined) {
        this.#say(daemonSet, 'Warning', 'FailedCreate', `Error creating: ${refusal}`);
        refused = true;
        break;
      }
    }
    for (const pod of plan.remove.slice(0, BURST)) {
      deletePod(this.#store, this.#clock, pod);
      this.#say(daemonSet, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
    }
    return refused;
  }

  #create(view: DaemonView, nodeName: string): string | undefined {
    const { daemonSet, hash, nowMs } = view;
    const { spec } = daemonSet.spec.template;
    const refusal = podRefusal(spec, `${daemonSet.metadata.name}-`);
    if (refusal !== undefined) return refusal;
    const { name, namespace } = daemonSet.metadata;
    const suffix = this.#random.nameSuffix(
      (drawn) => this.#store.pods.get(keyOf(namespace, generatedName(`${name}-`, drawn))) !== undefined,
    );
    const identity = { suffix, uid: this.#random.uid() };
    const made = newDaemonPod({ daemonSet, nodeName, hash, createdAtMs: nowMs, ...identity });
    const pod = this.#store.pods.put({ ...made, spec: admitPodSpec(made.spec) });
    this.#say(daemonSet, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
    return undefined;
  }

  #say(about: DaemonSet, type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#events.record({ about, type, reason, message, component: COMPONENT });
  }

  #writeStatus(key: string, view: DaemonView, step: { readonly settled: boolean; readonly refused: boolean }): void {
    const latest = this.#store.daemonSets.get(key);
    if (latest === undefined || latest.metadata.uid !== view.daemonSet.metadata.uid) return;
    const observedGeneration = view.daemonSet.metadata.generation ?? 1;
    const status = daemonStatus({ ...view, daemonSet: latest }, observedGeneration);
    if (!semanticEqual(status, latest.status)) this.#store.daemonSets.put({ ...latest, status });
    const { minReadySeconds = 0 } = latest.spec;
    if (step.refused) this.#enqueue(latest, REFUSED_RETRY_MS);
    else if (!step.settled) this.#enqueue(latest);
    else if (status.numberReady !== (status.numberAvailable ?? 0)) this.#enqueue(latest, minReadySeconds * 1000);
  }
}

/** Takes an orphan that the selector matches (pkg/controller/controller_ref_manager.go, 1.37). */
function adopt<T extends Pod | ControllerRevision>(daemonSet: DaemonSet, collection: Collection<T>, orphan: T): void {
  const leaving = [daemonSet, orphan].some(({ metadata }) => metadata.deletionTimestamp !== undefined);
  if (leaving || orphan.metadata.namespace !== daemonSet.metadata.namespace) return;
  if (controllerUid(orphan) !== undefined || !selectorMatches(daemonSet.spec.selector, orphan.metadata.labels)) return;
  const current = collection.get(keyOfObject(orphan));
  if (current === undefined || controllerUid(current) !== undefined) return;
  const ownerReferences = [...(current.metadata.ownerReferences ?? []), controllerReference(daemonSet)];
  collection.put({ ...current, metadata: { ...current.metadata, ownerReferences } });
}
