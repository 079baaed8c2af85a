import type { Clock } from '../../../shared/clock.ts';
import type { ValueItem } from '../../../shared/contract/live.ts';
import type { OpenStagedRollout, StagedRolloutView } from '../../../shared/contract/staged-rollout.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { StagedPlan } from '../../../shared/kubernetes/staged-plan.ts';
import { begun, continued, held, type StagedFacts, stopped } from '../../../shared/kubernetes/staged-step.ts';
import type { LatestSource } from '../../streams/latest-stream.ts';
import type { Target } from '../daemonset-changes.ts';
import type { FindCluster, OpenCluster } from '../open-cluster.ts';
import { PlanLocks } from './plan-lock.ts';
import { PlanStore } from './plan-store.ts';
import { ANY_PLAN, PlanWatchers } from './plan-watchers.ts';
import { type FreshFacts, readFresh } from './staged-facts.ts';
import { StagedRun } from './staged-run.ts';

export interface StagedRolloutsOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly findCluster: FindCluster;
}

export interface StagedStart extends Target {
  readonly hash: string;
  readonly waves: readonly (readonly string[])[];
  readonly gateSeconds: number;
}

const NOTHING: StagedRolloutView = { waits: [], runsElsewhere: false };
const ENDED = 'Everynode ended while this ran. It has done nothing since.';

/** Staged rollouts by the uid of their DaemonSet: at most one each, run by at most one host, and begun and continued by a click alone. */
export class StagedRollouts {
  readonly #options: StagedRolloutsOptions;
  readonly #store: PlanStore;
  readonly #locks: PlanLocks;
  readonly #runs = new Map<string, StagedRun>();
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #watchers: PlanWatchers;

  constructor(options: StagedRolloutsOptions) {
    this.#options = options;
    this.#store = new PlanStore(options.folder);
    this.#locks = new PlanLocks(options.folder, options.clock);
    this.#watchers = new PlanWatchers(options.clock);
  }

  /** The plan of this uid, whichever context it was made in. */
  view({ uid }: Target): LatestSource<ValueItem<StagedRolloutView>> {
    return this.#watchers.watch(uid, () =>
      this.#look(uid).catch((error: unknown) => ({ ...NOTHING, problem: String(error) })),
    );
  }

  /** Those of a context that run or are held, by namespace and name. */
  open(contextName: string): LatestSource<ValueItem<readonly OpenStagedRollout[]>> {
    return this.#watchers.watch(ANY_PLAN, async () => {
      const views = await Promise.all((await this.#store.uids()).map((uid) => this.#look(uid).catch(() => NOTHING)));
      return views
        .flatMap(({ plan, runsElsewhere, why }) =>
          plan?.contextName === contextName ? openStagedRollout(plan, runsElsewhere, why) : [],
        )
        .toSorted((one, other) => (`${one.namespace}/${one.name}` < `${other.namespace}/${other.name}` ? -1 : 1));
    });
  }

  /** @throws AppError Conflict, Forbidden, why the cluster cannot be read, InternalError when the disk does not take the plan */
  start(input: StagedStart): Promise<void> {
    return this.#inTurn(input.uid, async () => {
      const { hash, waves, gateSeconds, ...target } = input;
      await this.#ending(input.uid);
      const before = await this.#kept(input.uid);
      if (before?.phase === 'running' || before?.phase === 'held')
        throw conflict(target, 'There is a staged rollout of this DaemonSet already: stop or discard it first.');
      const cluster = this.#cluster(target);
      await this.#run(cluster, target, (fresh) => {
        assertStartable(fresh, target, hash);
        const { row, revision } = fresh;
        const templateGeneration = row.templateGeneration ?? 0;
        const { contextName, namespace, name, uid } = target;
        const plan = { contextName, namespace, name, uid, hash, revision, templateGeneration, gateSeconds, waves };
        return begun(plan, factsOf(fresh), row, cluster.clock.now());
      });
    });
  }

  hold(target: Target): Promise<void> {
    return this.#endRun(target, (run) => run.hold('You held it.'));
  }

  stop(target: Target): Promise<void> {
    return this.#inTurn(target.uid, async () => {
      const run = this.#runs.get(target.uid);
      run?.stop('You stopped it.');
      await run?.finished;
      const plan = await this.#kept(target.uid);
      if (run && plan?.phase !== 'held') return;
      if (plan?.phase !== 'held') throw conflict(target, 'No staged rollout of this DaemonSet is held here.');
      await this.#withLock(target, () => this.#store.write(stopped(plan, 'You stopped it.')));
      this.#tell(target.uid);
    });
  }

  /** @throws AppError Conflict when it is not held here, or was made in another context */
  continue(target: Target): Promise<void> {
    return this.#inTurn(target.uid, async () => {
      await this.#ending(target.uid);
      const plan = await this.#heldPlan(target);
      const cluster = this.#cluster(target);
      await this.#run(cluster, target, (fresh) => continued(plan, factsOf(fresh), cluster.clock.now()));
    });
  }

  discard(target: Target): Promise<void> {
    return this.#inTurn(target.uid, async () => {
      await this.#ending(target.uid);
      if (this.#runs.has(target.uid)) throw conflict(target, 'It runs: hold or stop it first.');
      await this.#withLock(target, () => this.#store.remove(target.uid));
      this.#tell(target.uid);
    });
  }

  /** What runs is held, and the disk says so. */
  async dispose(): Promise<void> {
    const runs = [...this.#runs.values()];
    for (const run of runs) run.hold(ENDED);
    await Promise.all(runs.map((run) => run.finished));
  }

  async #look(uid: string): Promise<StagedRolloutView> {
    const run = this.#runs.get(uid);
    if (run) {
      const { plan, act } = run;
      const said = act.kind === 'wait' ? { why: act.why, waits: act.waits } : { waits: [] };
      return { plan, ...said, runsElsewhere: false };
    }
    const found = await this.#store.read(uid);
    if (found === undefined) return NOTHING;
    if ('problem' in found) return { ...NOTHING, problem: found.problem };
    if (found.plan.phase !== 'running') return { ...NOTHING, plan: found.plan };
    const runsElsewhere = await this.#locks.isHeld(uid);
    return { ...NOTHING, runsElsewhere, plan: runsElsewhere ? found.plan : held(found.plan, ENDED) };
  }

  async #kept(uid: string): Promise<StagedPlan | undefined> {
    return (await this.#look(uid)).plan;
  }

  async #heldPlan(target: Target): Promise<StagedPlan> {
    const plan = await this.#kept(target.uid);
    if (plan?.phase !== 'held') throw conflict(target, 'No staged rollout of this DaemonSet is held here.');
    if (plan.contextName !== target.contextName)
      throw conflict(target, `This staged rollout was made in context "${plan.contextName}": go on with it there.`);
    return plan;
  }

  /** Takes the lock, reads everything anew, keeps the plan, and lets it run. */
  async #run(cluster: OpenCluster, target: Target, make: (fresh: FreshFacts) => StagedPlan): Promise<void> {
    const lock = await this.#locks.acquire(target.uid);
    if (!lock) throw runsElsewhere(target);
    try {
      const fresh = await readFresh(cluster, target, cluster.ended);
      const plan = make(fresh);
      await this.#store.write(plan);
      const onChange = () => this.#tell(target.uid);
      const run = new StagedRun({ cluster, store: this.#store, lock, plan, fresh, onChange });
      this.#runs.set(target.uid, run);
      void run.finished.then(() => {
        if (this.#runs.get(target.uid) === run) this.#runs.delete(target.uid);
        onChange();
      });
    } catch (error) {
      await lock.release();
      throw error;
    }
    this.#tell(target.uid);
  }

  async #endRun(target: Target, end: (run: StagedRun) => void): Promise<void> {
    // One that is being begun is held as soon as it runs.
    if (!this.#runs.has(target.uid)) await this.#turns.get(target.uid);
    const run = this.#runs.get(target.uid);
    if (!run) {
      const { runsElsewhere: elsewhere } = await this.#look(target.uid);
      throw elsewhere ? runsElsewhere(target) : conflict(target, 'No staged rollout of this DaemonSet runs.');
    }
    end(run);
    await run.finished;
  }

  async #withLock(target: Target, work: () => Promise<void>): Promise<void> {
    const lock = await this.#locks.acquire(target.uid);
    if (!lock) throw runsElsewhere(target);
    try {
      await work();
    } finally {
      await lock.release();
    }
  }

  #cluster(target: Target): OpenCluster {
    const cluster = this.#options.findCluster(target.contextName);
    if (cluster.guardLevel === 'free') return cluster;
    const message = `Context "${target.contextName}" is read-only in Everynode; nothing was begun.`;
    throw new AppError({ reason: 'Forbidden', message, contextName: target.contextName });
  }

  /** A run that has come to its end gives its lock back before anything else is done. */
  async #ending(uid: string): Promise<void> {
    const run = this.#runs.get(uid);
    if (run === undefined || run.plan.phase === 'running') return;
    await run.finished;
    this.#runs.delete(uid);
  }

  /** One call about a uid at a time. */
  #inTurn(uid: string, work: () => Promise<void>): Promise<void> {
    const before = this.#turns.get(uid) ?? Promise.resolve();
    const done = before.then(work);
    const settled = done.catch(() => undefined);
    this.#turns.set(uid, settled);
    return done;
  }

  #tell(uid: string): void {
    this.#watchers.tell(uid);
  }
}

function assertStartable({ row, currentHash }: FreshFacts, target: Target, hash: string): void {
  if (row.strategy.type !== 'OnDelete')
    throw conflict(
      target,
      'The update strategy is RollingUpdate: the controller replaces the pods by itself. Pause it first.',
    );
  if (row.deletionTimestamp !== undefined) throw conflict(target, `${target.name} is being deleted.`);
  if (row.observedGeneration < row.generation || row.templateGeneration === undefined)
    throw conflict(target, 'The controller has not seen the last change of this DaemonSet yet. Try again in a moment.');
  if (currentHash !== hash)
    throw conflict(target, 'Another revision is the current one by now. Look at the plan anew; nothing was begun.');
}

function factsOf({ row, currentHash, pods, keptAway }: FreshFacts): StagedFacts {
  return { row, currentHash, pods, nodeRows: undefined, keptAway };
}

function openStagedRollout(plan: StagedPlan, runsElsewhere: boolean, why = plan.why): readonly OpenStagedRollout[] {
  const { namespace, name, uid, phase, waves } = plan;
  if (phase !== 'running' && phase !== 'held') return [];
  const nodes = waves.flat();
  const replaced = nodes.filter(({ state }) => state === 'ready').length;
  const said = why === undefined ? {} : { why };
  return [{ namespace, name, uid, phase, nodes: nodes.length, replaced, runsElsewhere, ...said }];
}

function runsElsewhere(target: Target): AppError {
  return conflict(target, 'Another Everynode on the same data folder runs this staged rollout: hold or stop it there.');
}

function conflict({ contextName, namespace, name }: Target, message: string): AppError {
  return new AppError({ reason: 'Conflict', message, contextName, ref: { contextName, namespace, name } });
}
