import { type IntOrString, parsePercent, resolveIntOrPercent } from './int-or-string.ts';
import type { NodePods } from './rollout-nodes.ts';
import type { NodeRow, PodRow } from './rows.ts';
import { isSelectorError, parseLabelSelector, selectorMatches } from './selector.ts';

/** Which nodes with old pods are chosen, and how many of them at a time. */
export interface StagedOptions {
  /** A label selector over nodes in its string form; '' selects all. */
  readonly nodeSelector: string;
  /** Values of topology.kubernetes.io/zone; none: all. */
  readonly zones: readonly string[];
  /** The first so many of them by name: 3, "25%" (rounded up), "100%". */
  readonly share: IntOrString;
  /** Nodes per wave: 2, or a percent of the chosen ones (rounded down, at least one). */
  readonly waveSize: IntOrString;
}

export interface WavePlan {
  /** Names of nodes; no node stands twice, no wave is empty. */
  readonly waves: readonly (readonly string[])[];
  /** Nodes with old pods that were not chosen. */
  readonly left: readonly string[];
  /** Nodes whose pods carry no hash: nobody can tell whether they are old, so they are left alone. */
  readonly unknown: readonly string[];
}

/** What became of a node of a plan. `passed`: the user went on without it; `skipped`: there was nothing to do on it. */
export type StagedNodeState = 'waiting' | 'ready' | 'passed' | 'skipped';

export interface StagedNode {
  readonly name: string;
  readonly state: StagedNodeState;
  /** Why it was passed or skipped. */
  readonly note?: string;
}

/** A staged rollout, as it is kept. Times are milliseconds since 1970. */
export interface StagedPlan {
  readonly contextName: string;
  readonly namespace: string;
  readonly name: string;
  /** Of the DaemonSet. */
  readonly uid: string;
  /** Label controller-revision-hash of the revision that it brings, and its number when it began. */
  readonly hash: string;
  readonly revision: number;
  /** Annotation deprecated.daemonset.template.generation: rises with every change of the template. */
  readonly templateGeneration: number;
  /** How long all new pods of a wave must have been ready before the next wave. */
  readonly gateSeconds: number;
  readonly waves: readonly (readonly StagedNode[])[];
  /** Index of the wave that is under way. */
  readonly at: number;
  readonly phase: 'running' | 'held' | 'stopped' | 'done';
  /** Of held and stopped: one sentence. */
  readonly why?: string;
  /** Nodes that it was held for: to continue passes over them. */
  readonly failed: readonly string[];
  readonly startedAt: number;
  /** Since when it waits for this wave, its own waiting for a click left out. */
  readonly waveAt: number;
  /** All pods of the wave have been ready since then, and are the ones that `key` names. */
  readonly gate?: { readonly since: number; readonly key: string };
  /** Since when the cluster cannot be read. */
  readonly blindSince?: number;
  /** Uids of pods whose deletion was asked for and is not seen yet. */
  readonly asked: readonly string[];
  /** Restarts of new pods that were there before their wave began, by uid; those made later began with none. */
  readonly restartsBefore: Readonly<Record<string, number>>;
}

const ZONE = 'topology.kubernetes.io/zone';

export function zoneOf(node: NodeRow): string | undefined {
  return Object.hasOwn(node.labels, ZONE) ? node.labels[ZONE] : undefined;
}

/** Pods of a node that a staged rollout may delete: they stay, and their hash is known and another one than the current. */
export function replaceablePods(node: NodePods): readonly PodRow[] {
  return node.oldPods.filter(({ revisionHash }) => revisionHash !== undefined && revisionHash !== '');
}

/** Why a number or percent is none, or undefined. */
export function amountProblem(amount: IntOrString): string | undefined {
  const value = typeof amount === 'number' ? amount : parsePercent(amount);
  if (value === undefined || !Number.isSafeInteger(value)) return 'A whole number or a percentage, such as 25%.';
  if (value < 1) return 'At least 1.';
  return typeof amount === 'string' && value > 100 ? 'At most 100%.' : undefined;
}

/**
 * The waves of a staged rollout over the nodes that run old pods, by name. `nodes` is podsByNode of the current hash; `nodeRows` are
 * needed where nodes are chosen by label or zone. Answers one sentence where the options are none.
 */
export function planWaves(
  nodes: readonly NodePods[],
  nodeRows: readonly NodeRow[],
  options: StagedOptions,
): WavePlan | { readonly problem: string } {
  const problem = amountProblem(options.share) ?? amountProblem(options.waveSize);
  if (problem !== undefined) return { problem };
  const selector = parseLabelSelector(options.nodeSelector);
  if (isSelectorError(selector)) return { problem: `The node selector cannot be read: ${selector.error}` };
  const rows = new Map(nodeRows.map((row) => [row.name, row]));
  const isChosen = (name: string) => {
    if (options.nodeSelector.trim() === '' && options.zones.length === 0) return true;
    const row = rows.get(name);
    if (row === undefined || !selectorMatches(selector, row.labels)) return false;
    return options.zones.length === 0 || options.zones.includes(zoneOf(row) ?? '');
  };
  const old = nodes.filter((node) => replaceablePods(node).length > 0).map(({ nodeName }) => nodeName);
  const matching = old.filter(isChosen).toSorted(byName);
  const chosen = matching.slice(0, resolveIntOrPercent(options.share, matching.length, 'up'));
  const size = Math.max(1, resolveIntOrPercent(options.waveSize, chosen.length, 'down') ?? 1);
  const isIn = new Set(chosen);
  return {
    waves: inWaves(chosen, size),
    left: old.filter((name) => !isIn.has(name)).toSorted(byName),
    unknown: nodes
      .filter(({ oldPods }) => oldPods.some(({ revisionHash = '' }) => revisionHash === ''))
      .map(({ nodeName }) => nodeName),
  };
}

const { compare: byName } = new Intl.Collator('en', { numeric: true });

function inWaves(names: readonly string[], size: number): readonly (readonly string[])[] {
  const count = Math.ceil(names.length / size);
  return Array.from({ length: count }, (_, nth) => names.slice(nth * size, (nth + 1) * size));
}
