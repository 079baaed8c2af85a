import { daemonSetStatus } from './daemonset.ts';
import { explainRollout, type RolloutRevision } from './rollout.ts';
import { type RolloutWait, waitWords } from './rollout-waits.ts';
import type { DaemonSetRow, PodRow } from './rows.ts';
import type { StagedPlan } from './staged-plan.ts';

/** What a watched rollout is told of. */
export interface RolloutNews {
  readonly kind: 'ended' | 'stalled' | 'crashing' | 'held';
  /** "fluent-bit is rolled out". */
  readonly title: string;
  readonly words: string;
}

/** A rollout as it was looked at. What was told once is part of it, so that it is not told again. */
export interface RolloutLook {
  readonly name: string;
  /** The template that is rolled out: another one begins anew. */
  readonly template: number;
  readonly phase: 'runs' | 'onDelete' | 'ended' | 'other';
  readonly desired: number;
  /** The most that were seen at once, since pods that crash are available now and then. */
  readonly updated: number;
  readonly available: number;
  /** When one of the two last rose, milliseconds since 1970. */
  readonly progressAt: number;
  /** Why it does not go on; it stays until there is progress. */
  readonly stalled?: string;
  /** Hashes of revisions whose pods have been seen to crash. */
  readonly crashed: readonly string[];
  /** Why a staged rollout is held. */
  readonly held?: string;
  /** What crashes, in words. */
  readonly crash?: string;
}

export interface RolloutSeen {
  readonly row: DaemonSetRow;
  readonly pods: readonly PodRow[];
  readonly current: RolloutRevision | undefined;
  readonly staged?: StagedPlan | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const STALL_MS = 10 * 60_000;
/** These do not come right by waiting. */
const STUCK: ReadonlySet<string> = new Set(['crash', 'imagePull', 'failing', 'unschedulable']);

/** Looks once more, in the light of what was seen before. */
export function lookAtRollout({ row, pods, current, staged, now }: RolloutSeen, before?: RolloutLook): RolloutLook {
  const template = row.templateGeneration ?? row.generation;
  const same = before?.template === template ? before : undefined;
  const updated = Math.max(row.updated, same?.updated ?? 0);
  const available = Math.max(row.available, same?.available ?? 0);
  const progressed = same === undefined || updated > same.updated || available > same.available;
  const progressAt = progressed ? now : same.progressAt;
  const phase = phaseOf(row, now);
  const { waits, budget } = explainRollout({ row, pods, current, nodeRows: [], now });
  const isSpent = budget !== undefined && budget.spent >= budget.nodes;
  const stalled = phase === 'runs' ? stallOf({ waits, isSpent, lasts: now - progressAt }) : undefined;
  // A pod that crashes is well for moments, which is no progress.
  const kept = progressed || phase !== 'runs' ? stalled : (same.stalled ?? stalled);
  const crash = waits.find((wait) => wait.cause.kind === 'crash');
  const hash = crash?.pod.revisionHash ?? '';
  const crashed = before?.crashed ?? [];
  return {
    name: row.name,
    template,
    phase,
    desired: row.desired,
    updated,
    available,
    progressAt,
    ...(kept === undefined ? {} : { stalled: kept }),
    crashed: crash === undefined || crashed.includes(hash) ? crashed : [...crashed, hash],
    ...(crash === undefined ? {} : { crash: aboutWait(crash) }),
    ...(staged?.phase === 'held' ? { held: staged.why ?? '' } : {}),
  };
}

/** What is new since the look before; nothing of what was so already. */
export function rolloutNews(before: RolloutLook, after: RolloutLook): readonly RolloutNews[] {
  const { name, desired } = after;
  const news: RolloutNews[] = [];
  const ran = before.phase === 'runs' || before.phase === 'onDelete';
  if (ran && after.phase === 'ended')
    news.push({
      kind: 'ended',
      title: `${name} is rolled out`,
      words: `All ${desired} pods are of the current revision and available.`,
    });
  if (after.stalled !== undefined && before.stalled === undefined)
    news.push({ kind: 'stalled', title: `The rollout of ${name} does not go on`, words: after.stalled });
  if (after.crashed.length > before.crashed.length)
    news.push({ kind: 'crashing', title: `Pods of ${name} crash`, words: after.crash ?? '' });
  if (after.held !== undefined && before.held === undefined && after.held !== HELD_BY_USER)
    news.push({ kind: 'held', title: `The staged rollout of ${name} is held`, words: after.held });
  return news;
}

/** Who held it knows. */
const HELD_BY_USER = 'You held it.';

function phaseOf(row: DaemonSetRow, now: number): RolloutLook['phase'] {
  const { kind } = daemonSetStatus(row, { now });
  if (kind === 'onDelete') return 'onDelete';
  if (kind === 'rolledOut') return 'ended';
  return kind === 'progressing' || kind === 'degraded' || kind === 'notObserved' ? 'runs' : 'other';
}

interface Stall {
  readonly waits: readonly RolloutWait[];
  /** Whether the whole budget is spent, so that no further pod is replaced. */
  readonly isSpent: boolean;
  /** Milliseconds without progress. */
  readonly lasts: number;
}

function stallOf({ waits, isSpent, lasts }: Stall): string | undefined {
  const [first] = waits;
  const isStuck = isSpent && first !== undefined && waits.every(({ cause }) => STUCK.has(cause.kind));
  if (!isStuck && lasts < STALL_MS) return undefined;
  const why = first === undefined ? '' : ` ${aboutWait(first)}`;
  return isStuck ? `It is stuck.${why}` : `No progress for ${Math.floor(lasts / 60_000)} min.${why}`;
}

function aboutWait({ pod, nodeName, cause }: RolloutWait): string {
  return `${nodeName ?? pod.name}: ${waitWords(cause)}.`;
}
