import type { NodePods } from './rollout-nodes.ts';
import { podsByNode } from './rollout-nodes.ts';
import { type RolloutWait, rolloutWaits, waitWords } from './rollout-waits.ts';
import type { DaemonSetRow, NodeRow, PodRow } from './rows.ts';
import { failureOf, type NodeStanding, restartsOf, standingOf } from './staged-node.ts';
import type { StagedNode, StagedPlan } from './staged-plan.ts';

/** What is known of the cluster at a moment. All of it is live, or `blind` says why not. */
export interface StagedFacts {
  /** Why nothing can be told just now: the API server is away, a list is on its way. */
  readonly blind?: string;
  /** The DaemonSet of this name, whatever its uid; absent: there is none. */
  readonly row: DaemonSetRow | undefined;
  /** Hash of its newest revision. */
  readonly currentHash: string | undefined;
  /** Its own pods. */
  readonly pods: readonly PodRow[];
  /** All nodes; absent where they may not be read. */
  readonly nodeRows: readonly NodeRow[] | undefined;
  /** Why the controller would make no new pod on this node, where that is known. */
  readonly keptAway: (node: NodeRow) => string | undefined;
}

export interface StagedWait {
  readonly nodeName: string;
  readonly words: string;
}

/** What is to be done now. Pods to delete are all of the wave that is under way, and carry the uid that the deletion must ask for. */
export type StagedAct =
  | { readonly kind: 'delete'; readonly pods: readonly { readonly name: string; readonly uid: string }[] }
  | { readonly kind: 'wait'; readonly why: string; readonly waits: readonly StagedWait[] }
  /** Nothing more: it is held, stopped or done, as the plan says. */
  | { readonly kind: 'end' };

export interface Stepped {
  readonly plan: StagedPlan;
  readonly act: StagedAct;
}

const BLIND_MS = 5 * 60_000;
/** A wave whose pods do not come within this time, beside minReadySeconds, is held. */
const STALL_MS = 10 * 60_000;

export function held(plan: StagedPlan, why: string, failed: readonly string[] = []): StagedPlan {
  const { gate: _, ...rest } = plan;
  return { ...rest, phase: 'held', why, failed };
}

export function stopped(plan: StagedPlan, why: string): StagedPlan {
  const { gate: _, ...rest } = plan;
  return { ...rest, phase: 'stopped', why, failed: [] };
}

/** The deletion of a pod is about to be asked for. */
export function asked(plan: StagedPlan, uid: string): StagedPlan {
  return { ...plan, asked: [...plan.asked, uid] };
}

/**
 * Goes on after a click: without the nodes that it was held for, and with all that it believed looked at anew. A template that was
 * changed and is the planned one again is taken up; `facts` must be read anew for that, not be those of a watch.
 */
export function continued(plan: StagedPlan, facts: StagedFacts, now: number): StagedPlan {
  const { why: _, gate: __, blindSince: ___, ...rest } = plan;
  const { row, currentHash } = facts;
  // A revision that the controller has not made yet is not among those that were read.
  const isObserved = row !== undefined && row.uid === plan.uid && row.observedGeneration >= row.generation;
  const isBack = isObserved && currentHash === plan.hash;
  const templateGeneration = (isBack ? row.templateGeneration : undefined) ?? plan.templateGeneration;
  const failed = new Set(plan.failed);
  const pass = (node: StagedNode): StagedNode =>
    failed.has(node.name) ? { ...node, state: 'passed', note: 'not ready when you continued' } : node;
  const waves = plan.waves.map((wave, nth) => (nth <= plan.at ? wave.map(pass) : wave));
  return { ...rest, phase: 'running', waves, templateGeneration, failed: [], asked: [], waveAt: now };
}

export type NewPlan = Omit<
  StagedPlan,
  'phase' | 'at' | 'failed' | 'asked' | 'waves' | 'waveAt' | 'startedAt' | 'restartsBefore'
> & {
  readonly waves: readonly (readonly string[])[];
};

/** A plan at its start: no pod was touched yet. */
export function begun({ waves, ...rest }: NewPlan, facts: StagedFacts, row: DaemonSetRow, now: number): StagedPlan {
  const plan: StagedPlan = {
    ...rest,
    waves: waves.map((names) => names.map((name) => ({ name, state: 'waiting' }))),
    at: 0,
    phase: 'running',
    failed: [],
    startedAt: now,
    waveAt: now,
    asked: [],
    restartsBefore: {},
  };
  return { ...plan, restartsBefore: new Look(plan, facts, row, now).restartsBefore(plan) };
}

/**
 * One step of a staged rollout: what to do now, and the plan as it stands then. Pure. It deletes nothing but old pods on nodes of the
 * wave that is under way, and begins a wave only when every node before it is ready, passed or skipped.
 */
export function step(plan: StagedPlan, facts: StagedFacts, now: number): Stepped {
  if (plan.phase !== 'running') return { plan, act: { kind: 'end' } };
  const barrier = barrierOf(plan, facts, now);
  if (barrier !== undefined || facts.row === undefined) return barrier ?? ended(plan);
  const { blindSince: _, ...seeing } = plan;
  return stepWave(seeing, facts, facts.row, now);
}

/** What stands against doing anything at all. */
function barrierOf(plan: StagedPlan, facts: StagedFacts, now: number): Stepped | undefined {
  const { row, blind, currentHash } = facts;
  if (blind !== undefined) {
    const { gate: _, ...rest } = plan;
    const blindSince = plan.blindSince ?? now;
    if (now - blindSince > BLIND_MS) return ended(held(plan, `The cluster could not be read for 5 minutes: ${blind}`));
    return { plan: { ...rest, blindSince }, act: { kind: 'wait', why: blind, waits: [] } };
  }
  if (row === undefined) return ended(stopped(plan, `${plan.name} was deleted.`));
  if (row.uid !== plan.uid)
    return ended(stopped(plan, `${plan.name} was deleted and made anew: this plan is not for the new one.`));
  if (row.deletionTimestamp !== undefined) return ended(stopped(plan, `${plan.name} is being deleted.`));
  if (row.templateGeneration !== plan.templateGeneration)
    return ended(held(plan, 'The pod template was changed: this plan brings another revision than the current one.'));
  if (row.strategy.type !== 'OnDelete')
    return ended(held(plan, 'The update strategy is RollingUpdate now: the controller replaces pods by itself.'));
  if (row.observedGeneration < row.generation)
    return { plan, act: { kind: 'wait', why: 'The controller has not seen the last change yet.', waits: [] } };
  if (currentHash !== plan.hash)
    return ended(held(plan, 'The current revision is another one than the one that this plan brings.'));
  return undefined;
}

function ended(plan: StagedPlan): Stepped {
  return { plan, act: { kind: 'end' } };
}

function stepWave(plan: StagedPlan, facts: StagedFacts, row: DaemonSetRow, now: number): Stepped {
  const look = new Look(plan, facts, row, now);
  const failures = plan.waves.slice(0, plan.at + 1).flatMap((wave) => wave.flatMap((node) => look.failureOn(node)));
  if (failures.length > 0) return ended(held(plan, failureWords(failures), nodesOf(failures)));
  const wave = plan.waves[plan.at];
  if (wave === undefined) return ended({ ...plan, phase: 'done' });
  const standings = wave.map((node) => ({ node, standing: look.at(node) }));
  const settled = wave.map((node, nth) => settledNode(node, standings[nth]?.standing));
  const next = { ...plan, waves: plan.waves.with(plan.at, settled) };
  const pods = standings.flatMap(({ standing }) => (standing?.kind === 'old' ? standing.pods : []));
  const earlier = plan.waves.slice(0, plan.at).flatMap((each) => each.flatMap((node) => look.lossOn(node)));
  if (pods.length > 0 && earlier.length === 0) return { plan: withoutGate(next), act: deletion(pods) };
  const own = standings.flatMap(({ node, standing }): StagedWait[] =>
    standing?.kind === 'waits' ? [{ nodeName: node.name, words: standing.why }] : [],
  );
  const waits = [...earlier, ...own];
  if (waits.length > 0) return waiting(withoutGate(next), waits, row, now);
  const keys = standings.flatMap(({ standing }) => (standing?.kind === 'ready' ? [standing.key] : []));
  const gated = throughGate(next, keys, row, now);
  if (gated.act.kind !== 'end' || gated.plan.phase !== 'running') return gated;
  return stepWave({ ...gated.plan, restartsBefore: look.restartsBefore(gated.plan) }, facts, row, now);
}

function deletion(pods: readonly PodRow[]): StagedAct {
  return { kind: 'delete', pods: pods.map(({ name, uid }) => ({ name, uid })) };
}

/** Whose waiting is over: nothing is to be done on it. */
function settledNode(node: StagedNode, standing: NodeStanding | undefined): StagedNode {
  return standing?.kind === 'skip' ? { ...node, state: 'skipped', note: standing.why } : node;
}

function waiting(plan: StagedPlan, waits: readonly StagedWait[], row: DaemonSetRow, now: number): Stepped {
  const limit = STALL_MS + row.minReadySeconds * 1000;
  if (now - plan.waveAt <= limit) return { plan, act: { kind: 'wait', why: 'Pods are not ready yet.', waits } };
  return ended(
    held(plan, `No new pod was ready within ${Math.round(limit / 60_000)} min: ${waitsWords(waits)}`, nodesOf(waits)),
  );
}

/** Once all new pods have been ready for long enough, the next wave is under way: then nothing is to wait for, and it runs. */
function throughGate(plan: StagedPlan, keys: readonly string[], row: DaemonSetRow, now: number): Stepped {
  const key = keys.join('\n');
  // By our own clock since we saw them ready: that of a node may be another.
  const since = plan.gate?.key === key ? plan.gate.since : now;
  const gateSeconds = Math.max(plan.gateSeconds, row.minReadySeconds);
  const left = keys.length === 0 ? 0 : Math.ceil((since + gateSeconds * 1000 - now) / 1000);
  if (left > 0) {
    const why = `All new pods of the wave are ready; they must stay so for ${left} s more.`;
    return { plan: { ...plan, gate: { since, key } }, act: { kind: 'wait', why, waits: [] } };
  }
  const done = (plan.waves[plan.at] ?? []).map((node): StagedNode =>
    node.state === 'waiting' ? { ...node, state: 'ready' } : node,
  );
  const at = plan.at + 1;
  const next = { ...withoutGate(plan), waves: plan.waves.with(plan.at, done), at, waveAt: now, asked: [] };
  return ended(at >= plan.waves.length ? { ...next, phase: 'done' } : next);
}

function withoutGate({ gate: _, ...plan }: StagedPlan): StagedPlan {
  return plan;
}

function failureWords(failures: readonly StagedWait[]): string {
  return `${failures.length === 1 ? 'A new pod fails' : 'New pods fail'}: ${waitsWords(failures)}`;
}

function waitsWords(waits: readonly StagedWait[]): string {
  const some = waits.slice(0, 3).map(({ nodeName, words }) => `${nodeName}: ${words}`);
  return `${some.join('; ')}${waits.length > 3 ? ` and ${waits.length - 3} more` : ''}.`;
}

function nodesOf(waits: readonly StagedWait[]): readonly string[] {
  return waits.map(({ nodeName }) => nodeName);
}

/** The cluster at one moment, asked about single nodes of a plan. */
class Look {
  readonly #row: DaemonSetRow;
  readonly #plan: StagedPlan;
  readonly #facts: StagedFacts;
  readonly #nodes: ReadonlyMap<string, NodePods>;
  readonly #rows: ReadonlyMap<string, NodeRow> | undefined;
  readonly #now: number;

  constructor(plan: StagedPlan, facts: StagedFacts, row: DaemonSetRow, now: number) {
    const own = facts.pods.filter((pod) => pod.ownerUid === plan.uid);
    this.#row = row;
    this.#plan = plan;
    this.#facts = facts;
    this.#nodes = new Map(podsByNode(own, plan.hash).map((node) => [node.nodeName, node]));
    this.#rows = facts.nodeRows && new Map(facts.nodeRows.map((node) => [node.name, node]));
    this.#now = now;
  }

  /** Undefined for a node that nothing is asked of any more. */
  at({ name, state }: StagedNode): NodeStanding | undefined {
    if (state !== 'waiting') return undefined;
    const node = this.#nodes.get(name);
    const nodeRow = this.#rows?.get(name);
    const keptAway = nodeRow && this.#facts.keptAway(nodeRow);
    const isRemoved = this.#rows !== undefined && nodeRow === undefined;
    return standingOf({ plan: this.#plan, name, node, isRemoved, keptAway, waits: this.#waits(node) });
  }

  /** A new pod that fails holds the rollout, also on a node of an earlier wave. */
  failureOn({ name, state }: StagedNode): readonly StagedWait[] {
    if (state === 'passed' || state === 'skipped') return [];
    const node = this.#nodes.get(name);
    const words = failureOf(this.#plan, node, this.#waits(node));
    return words === undefined ? [] : [{ nodeName: name, words }];
  }

  /** A node of an earlier wave that is not ready any more: no further pod goes until it is. */
  lossOn({ name, state }: StagedNode): readonly StagedWait[] {
    if (state !== 'ready' || (this.#rows !== undefined && !this.#rows.has(name))) return [];
    const node = this.#nodes.get(name);
    if (node?.newPods.some(({ ready }) => ready) === true) return [];
    const cause = this.#waits(node)[0]?.cause;
    return [{ nodeName: name, words: `not ready any more${cause === undefined ? '' : `: ${waitWords(cause)}`}` }];
  }

  /** For the wave that begins: what restarted before it is not its doing. */
  restartsBefore(plan: StagedPlan): Readonly<Record<string, number>> {
    const pods = (plan.waves[plan.at] ?? []).flatMap(({ name }) => this.#nodes.get(name)?.newPods ?? []);
    return { ...plan.restartsBefore, ...Object.fromEntries(pods.map((pod) => [pod.uid, restartsOf(pod)])) };
  }

  #waits(node: NodePods | undefined): readonly RolloutWait[] {
    if (node === undefined) return [];
    const nodeRow = this.#rows?.get(node.nodeName);
    const nodeRows = nodeRow === undefined ? [] : [nodeRow];
    return rolloutWaits({ row: this.#row, nodes: [node], placeless: [], nodeRows, events: [], now: this.#now });
  }
}
