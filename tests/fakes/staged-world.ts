import type { DaemonSetRow, PodRow } from '../../src/shared/kubernetes/rows.ts';
import type { StagedPlan } from '../../src/shared/kubernetes/staged-plan.ts';
import { asked, begun, step, type StagedAct, type StagedFacts } from '../../src/shared/kubernetes/staged-step.ts';
import { aDaemonSet, aNodeRow, aPodRow } from './rows.ts';

/** A DaemonSet under OnDelete as its controller keeps it, one action at a time, and a plan that runs on it. */
export class StagedWorld {
  now = Date.parse('2026-01-02T00:00:00Z');
  row: DaemonSetRow;
  currentHash = 'new';
  blind: string | undefined;
  /** A watch that is behind shows deleted pods as they were. */
  isBehind = false;
  readonly nodes: Set<string>;
  readonly pods = new Map<string, PodRow>();
  readonly keptAway = new Map<string, string>();
  readonly deleted: PodRow[] = [];
  plan: StagedPlan;
  act: StagedAct = { kind: 'end' };
  #made = 0;

  constructor(waves: readonly (readonly string[])[], gateSeconds = 10) {
    const names = waves.flat();
    this.nodes = new Set(names);
    this.row = aDaemonSet({ desired: names.length, strategy: { type: 'OnDelete' }, templateGeneration: 2, updated: 0 });
    for (const nodeName of names) this.#add(aPodRow({ nodeName, revisionHash: 'old' }));
    const { namespace, name, uid } = this.row;
    const about = { contextName: 'prod', namespace, name, uid, hash: 'new', revision: 2, templateGeneration: 2 };
    this.plan = begun({ ...about, gateSeconds, waves }, this.facts, this.row, this.now);
  }

  get facts(): StagedFacts {
    const { row, currentHash, blind } = this;
    return {
      ...(blind === undefined ? {} : { blind }),
      row,
      currentHash,
      pods: [...this.pods.values()].map((pod) => (this.isBehind ? withoutDeletion(pod) : pod)),
      nodeRows: [...this.nodes].map((name) => aNodeRow(name)),
      keptAway: ({ name }) => this.keptAway.get(name),
    };
  }

  /** One step, without doing what it asks for. */
  look(seconds = 0): StagedAct {
    this.now += seconds * 1000;
    const stepped = step(this.plan, this.facts, this.now);
    this.plan = stepped.plan;
    this.act = stepped.act;
    return this.act;
  }

  /** One step, and what it asks for: the deletion of the first pod, as the runner does it. */
  run(seconds = 0): StagedAct {
    const act = this.look(seconds);
    if (act.kind !== 'delete') return act;
    const [first] = act.pods;
    if (first === undefined) throw new Error('a deletion of nothing');
    this.plan = asked(this.plan, first.uid);
    const pod = this.pods.get(first.uid);
    if (pod === undefined) throw new Error(`${first.name} is not there`);
    this.deleted.push(pod);
    this.patch(pod.uid, { deletionTimestamp: new Date(this.now).toISOString() });
    return act;
  }

  /** Until there is nothing to delete. */
  runAll(seconds = 0): StagedAct {
    let act = this.run(seconds);
    while (act.kind === 'delete') act = this.run();
    return act;
  }

  patch(uid: string, change: Partial<PodRow>): void {
    const pod = this.pods.get(uid);
    if (pod !== undefined) this.pods.set(uid, { ...pod, ...change });
  }

  podsOn(nodeName: string): readonly PodRow[] {
    return [...this.pods.values()].filter((pod) => pod.nodeName === nodeName);
  }

  podOn(nodeName: string): PodRow {
    const [pod] = this.podsOn(nodeName);
    if (pod === undefined) throw new Error(`no pod on ${nodeName}`);
    return pod;
  }

  /** Ends what is terminating, and makes the pod that each node lacks. */
  reconcile(): void {
    for (const pod of this.pods.values()) if (pod.deletionTimestamp !== undefined) this.pods.delete(pod.uid);
    for (const nodeName of this.nodes) {
      if (this.podsOn(nodeName).length > 0 || this.keptAway.has(nodeName)) continue;
      this.#made += 1;
      const unready = { ready: false, phase: 'Pending', reason: 'ContainerCreating' };
      const name = `agent-new-${this.#made}`;
      this.#add(aPodRow({ nodeName, name, uid: `uid-new-${this.#made}`, revisionHash: this.currentHash, ...unready }));
    }
  }

  ready(nodeName: string): void {
    const pod = this.podOn(nodeName);
    if (pod.deletionTimestamp === undefined)
      this.patch(pod.uid, {
        ready: true,
        phase: 'Running',
        reason: 'Running',
        readySince: new Date(this.now).toISOString(),
      });
  }

  allReady(): void {
    this.reconcile();
    for (const { nodeName, ready } of this.pods.values()) if (nodeName !== undefined && !ready) this.ready(nodeName);
  }

  crash(nodeName: string): void {
    const containers = [
      { name: 'main', kind: 'worker', ready: false, restarts: 3, state: 'CrashLoopBackOff', lastExitCode: 1 },
    ] as const;
    this.patch(this.podOn(nodeName).uid, { ready: false, reason: 'CrashLoopBackOff', restarts: 3, containers });
  }

  #add(pod: PodRow): void {
    this.pods.set(pod.uid, pod);
  }
}

function withoutDeletion({ deletionTimestamp: _, ...pod }: PodRow): PodRow {
  return pod;
}
