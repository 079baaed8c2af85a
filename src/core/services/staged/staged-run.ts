import type { Timer } from '../../../shared/clock.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { StagedPlan } from '../../../shared/kubernetes/staged-plan.ts';
import {
  asked,
  held,
  type StagedAct,
  type StagedFacts,
  step,
  stopped,
  type Stepped,
} from '../../../shared/kubernetes/staged-step.ts';
import { deletePod } from '../pod-changes.ts';
import type { OpenCluster } from '../open-cluster.ts';
import type { HeldLock } from './plan-lock.ts';
import type { PlanStore } from './plan-store.ts';
import { followFacts, type FreshFacts, type LiveFacts, readFresh } from './staged-facts.ts';

const EVERY_MS = 1000;
/** What comes at once is looked at once. */
const SOON_MS = 100;
/** A machine that slept looks at nothing: it goes on after a click, not by waking up. */
const SLEPT_MS = 120_000;

export interface StagedRunOptions {
  readonly cluster: OpenCluster;
  readonly store: PlanStore;
  /** Given back at the end. */
  readonly lock: HeldLock;
  /** On disk already, and running. */
  readonly plan: StagedPlan;
  readonly fresh: FreshFacts;
  /** The plan or what it waits for has changed. */
  readonly onChange: () => void;
}

/**
 * One stretch of a staged rollout, from a click to its end: it follows the cluster, takes one step at a time, and deletes one pod at a
 * time on the path of every write. Before the first pod of each wave everything is read anew. Whatever it did not expect holds it.
 */
export class StagedRun {
  readonly #options: StagedRunOptions;
  readonly #live: LiveFacts;
  readonly #finished = Promise.withResolvers<void>();
  readonly #undo: readonly (() => void)[];
  #plan: StagedPlan;
  #act: StagedAct = { kind: 'wait', why: 'The cluster is being read.', waits: [] };
  #timer: Timer | undefined;
  #dueAt = 0;
  #isTurning = false;
  #turnAgain = false;
  #isOver = false;
  #lastLook: number;

  constructor(options: StagedRunOptions) {
    const { cluster, plan, fresh } = options;
    this.#options = options;
    this.#plan = plan;
    this.#lastLook = cluster.clock.now();
    this.#live = followFacts(cluster, plan, fresh);
    const onEnd = () => this.hold('The context was disconnected.');
    cluster.ended.addEventListener('abort', onEnd, { once: true });
    this.#undo = [
      this.#live.subscribe(() => this.#schedule(SOON_MS)),
      // A watch that is silent without knowing must not pass a gate: it is probed as if a page looked.
      cluster.connection.attention.hold(),
      () => cluster.ended.removeEventListener('abort', onEnd),
    ];
    if (cluster.ended.aborted) onEnd();
    else void this.#turn();
  }

  get plan(): StagedPlan {
    return this.#plan;
  }

  get act(): StagedAct {
    return this.#act;
  }

  /** Resolves when nothing is under way any more, and the disk says so. */
  get finished(): Promise<void> {
    return this.#finished.promise;
  }

  /** Nothing further is deleted from now on. */
  hold(why: string): void {
    if (this.#plan.phase === 'running') this.#plan = held(this.#plan, why);
    void this.#turn();
  }

  stop(why: string): void {
    if (this.#plan.phase === 'running') this.#plan = stopped(this.#plan, why);
    void this.#turn();
  }

  async #turn(): Promise<void> {
    this.#turnAgain = true;
    if (this.#isTurning || this.#isOver) return;
    this.#isTurning = true;
    try {
      while (this.#turnAgain && !this.#isOver) {
        this.#turnAgain = false;
        await this.#advance();
      }
    } catch (error) {
      this.#plan = held(this.#plan, `It could not go on: ${messageOf(error)}`);
      await this.#finish();
    } finally {
      this.#isTurning = false;
    }
  }

  async #advance(): Promise<void> {
    this.#noticeSleep();
    const stepped = await this.#nextStep();
    await this.#adopt(stepped);
    if (this.#plan.phase !== 'running') return this.#finish();
    if (stepped.act.kind === 'delete') {
      const [pod] = stepped.act.pods;
      if (pod !== undefined) await this.#delete(pod);
      this.#turnAgain = true;
      return;
    }
    this.#schedule(EVERY_MS);
  }

  /** One step on what the watches say; where it would begin to delete, on what the server says just now. */
  async #nextStep(): Promise<Stepped> {
    const before = this.#plan;
    const facts = this.#live.read();
    const live = step(before, facts, this.#now());
    const begins = live.plan.at !== before.at || before.asked.length === 0;
    if (live.act.kind !== 'delete' || !begins) return live;
    const fresh = await this.#readAnew(facts);
    // Held meanwhile: the step sees it.
    return step(this.#plan, fresh, this.#now());
  }

  async #readAnew(facts: StagedFacts): Promise<StagedFacts> {
    const { cluster, plan } = this.#options;
    try {
      return { ...facts, ...(await readFresh(cluster, plan, cluster.ended)) };
    } catch (error) {
      return { ...facts, blind: messageOf(error) };
    }
  }

  /** What a crash must find is on disk before anything is done. */
  async #adopt({ plan, act }: Stepped): Promise<void> {
    // While it was awaited, a click may have held it.
    if (this.#plan.phase !== 'running') return;
    const isNews = keptPart(plan) !== keptPart(this.#plan);
    this.#plan = plan;
    this.#act = act;
    if (isNews) await this.#options.store.write(plan);
    this.#options.onChange();
  }

  async #delete({ name, uid }: { readonly name: string; readonly uid: string }): Promise<void> {
    const { cluster, lock } = this.#options;
    if (!(await lock.isOwn())) {
      this.#plan = held(this.#plan, 'Another Everynode on this data folder has taken it over.');
      return;
    }
    if (this.#plan.phase !== 'running') return;
    this.#plan = asked(this.#plan, uid);
    const { contextName, namespace } = this.#plan;
    try {
      // What was sent is never left half way: it ends with the connection alone.
      await deletePod(cluster, { contextName, namespace, name, uid }, cluster.ended);
    } catch (error) {
      // It vanished by itself: that counts.
      if (error instanceof AppError && error.reason === 'NotFound') return;
      if (this.#plan.phase === 'running')
        this.#plan = held(this.#plan, `Pod ${name} was not deleted: ${messageOf(error)}`);
    }
  }

  #noticeSleep(): void {
    const now = this.#now();
    if (this.#plan.phase === 'running' && now - this.#lastLook > SLEPT_MS)
      this.#plan = held(this.#plan, 'Everynode or this machine was asleep while it ran.');
    this.#lastLook = now;
  }

  /** Looks after so many milliseconds at the latest. */
  #schedule(delayMs: number): void {
    const { clock } = this.#options.cluster;
    const dueAt = clock.now() + delayMs;
    if (this.#isOver || (this.#timer !== undefined && this.#dueAt <= dueAt)) return;
    this.#cancelTimer();
    this.#dueAt = dueAt;
    this.#timer = clock.setTimeout(() => {
      this.#timer = undefined;
      void this.#turn();
    }, delayMs);
  }

  #cancelTimer(): void {
    if (this.#timer !== undefined) this.#options.cluster.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #finish(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    const { store, lock, onChange } = this.#options;
    this.#cancelTimer();
    for (const undo of this.#undo) undo();
    this.#live.release();
    this.#act = { kind: 'end' };
    try {
      // Whoever took it over writes its plan from now on.
      if (await lock.isOwn()) await store.write(this.#plan);
    } catch (error) {
      this.#plan = {
        ...this.#plan,
        why: `${this.#plan.why ?? ''} It could not be kept on disk: ${messageOf(error)}`.trim(),
      };
    }
    await lock.release().catch(() => undefined);
    this.#finished.resolve();
    onChange();
  }

  #now(): number {
    return this.#options.cluster.clock.now();
  }
}

function keptPart({ phase, at, waves, why, failed, templateGeneration }: StagedPlan): string {
  return JSON.stringify({ phase, at, waves, why, failed, templateGeneration });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
