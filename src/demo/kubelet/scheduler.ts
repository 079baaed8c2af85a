import { untoleratedTaints } from '../../shared/kubernetes/toleration.ts';
import { type DemoClock, type Timer, toTimestamp } from '../clock.ts';
import { targetNodeName } from '../controller/pod-factory.ts';
import type { EventRecorder } from '../event-recorder.ts';
import type { Node, Pod } from '../objects.ts';
import { between } from '../random.ts';
import { keyOfObject } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import { fitProblems } from './fit.ts';
import { withCondition } from './pod-conditions.ts';

const RETRY_MS = 5_000;

/** Binds daemon pods to the node that their affinity names, when it has room; else says why, and looks again. */
export class Scheduler {
  readonly #store: Store;
  readonly #clock: DemoClock;
  readonly #events: EventRecorder;
  readonly #timers = new Map<string, Timer>();
  readonly #unsubscribe: (() => void)[] = [];

  constructor(store: Store, clock: DemoClock, events: EventRecorder) {
    this.#store = store;
    this.#clock = clock;
    this.#events = events;
  }

  start(): void {
    this.#unsubscribe.push(
      this.#store.pods.subscribe((change) => {
        if (change.type === 'ADDED' && change.object.spec.nodeName === undefined) {
          this.#later(change.key, between(change.object.metadata.uid, 20, 120));
        }
      }),
    );
    for (const pod of this.#store.pods.items()) {
      if (pod.spec.nodeName === undefined) this.#later(keyOfObject(pod), between(pod.metadata.uid, 500, RETRY_MS));
    }
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #later(key: string, delayMs: number): void {
    this.#timers.get(key)?.cancel();
    const run = (): void => {
      this.#timers.delete(key);
      const pod = this.#store.pods.get(key);
      if (pod !== undefined && pod.spec.nodeName === undefined) this.#schedule(pod, key);
    };
    this.#timers.set(key, this.#clock.setTimeout(run, delayMs));
  }

  #schedule(pod: Pod, key: string): void {
    const wanted = targetNodeName(pod);
    const node = wanted === undefined ? undefined : this.#store.nodes.get(wanted);
    const problems = node === undefined ? [] : problemsOf(pod, node, this.#store.podsByNode.get(node.metadata.name));
    if (node !== undefined && problems.length === 0) this.#bind(pod, node);
    else {
      this.#refuse(pod, unschedulableMessage(this.#store.nodes.size, problems));
      this.#later(key, RETRY_MS);
    }
  }

  #bind(pod: Pod, node: Node): void {
    const at = toTimestamp(this.#clock.now());
    const { name } = node.metadata;
    this.#store.pods.put({
      ...pod,
      spec: { ...pod.spec, nodeName: name },
      status: withCondition(pod.status, {
        type: 'PodScheduled',
        status: 'True',
        lastTransitionTime: at,
        observedGeneration: 1,
      }),
    });
    const message = `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${name}`;
    this.#events.record({ about: pod, type: 'Normal', reason: 'Scheduled', message, component: 'default-scheduler' });
  }

  #refuse(pod: Pod, message: string): void {
    const now = this.#clock.now();
    const known = pod.status.conditions?.find((condition) => condition.type === 'PodScheduled');
    if (known?.message !== message) {
      const at = toTimestamp(now);
      this.#store.pods.put({
        ...pod,
        status: withCondition(pod.status, {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message,
          lastTransitionTime: at,
          observedGeneration: 1,
        }),
      });
    }
    const refusal = {
      about: pod,
      type: 'Warning',
      reason: 'FailedScheduling',
      message,
      component: 'default-scheduler',
    } as const;
    // The scheduler repeats itself about every minute, not at each of its looks.
    if (known?.message !== message || Math.floor(now / RETRY_MS) % 12 === 0) this.#events.record(refusal);
  }
}

function problemsOf(pod: Pod, node: Node, others: readonly Pod[]): readonly string[] {
  const taints = untoleratedTaints(node.spec.taints ?? [], pod.spec.tolerations ?? [], ['NoSchedule', 'NoExecute']);
  const tainted = taints.map(
    (taint) => `node(s) had untolerated taint(s)${taint.key === '' ? '' : ` {${taint.key}: ${taint.value ?? ''}}`}`,
  );
  return tainted.length > 0 ? tainted.slice(0, 1) : fitProblems(pod, node, others);
}

/** The scheduler's FitError; all other nodes fail the affinity that pins a daemon pod to its own. */
export function unschedulableMessage(nodes: number, problems: readonly string[]): string {
  const counted = problems.map((problem) => `1 ${problem}`);
  const others = nodes - (problems.length === 0 ? 0 : 1);
  const reasons = [...counted, `${others} node(s) didn't satisfy plugin(s) [NodeAffinity]`].sort().join(', ');
  const preemption = `preemption: 0/${nodes} nodes are available: ${problems.length === 0 ? '' : '1 No preemption victims found for incoming pod, '}${others} Preemption is not helpful for scheduling.`;
  return `0/${nodes} nodes are available: ${reasons}. ${preemption}`;
}
