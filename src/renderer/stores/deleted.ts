import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Clock } from '../../shared/clock.ts';
import type { PropagationPolicy } from '../../shared/contract/daemonset.ts';

/** A DaemonSet that was deleted on this page, and what it can be made again from. */
export interface DeletedDaemonSet {
  readonly contextName: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly propagationPolicy: PropagationPolicy;
  /** The whole object as it was, as JSON text with every digit. */
  readonly jsonText: string;
  /** Milliseconds since 1970. */
  readonly deletedAt: number;
}

/** Of one context. */
const MOST_KEPT = 10;
const KEPT_MS = 30 * 60_000;

/** Newest first; in memory alone, since a manifest may hold what belongs on no disk. */
const deleted = createStore<readonly DeletedDaemonSet[]>(() => []);

/** Keeps it for half an hour, or until ten others of its context were deleted. */
export function rememberDeleted(one: DeletedDaemonSet, clock: Clock): void {
  const others = deleted.getState().filter((each) => !isSame(each, one));
  const here = others.filter(({ contextName }) => contextName === one.contextName);
  const tooMany = new Set(here.slice(MOST_KEPT - 1));
  deleted.setState([one, ...others.filter((each) => !tooMany.has(each))], true);
  clock.setTimeout(() => forgetDeleted(one), KEPT_MS);
}

export function forgetDeleted(one: DeletedDaemonSet): void {
  deleted.setState((before) => before.filter((each) => !isSame(each, one)), true);
}

/** What was deleted in a context lately, newest first. */
export function useDeleted(contextName: string): readonly DeletedDaemonSet[] {
  const all = useStore(deleted);
  return useMemo(() => all.filter((each) => each.contextName === contextName), [all, contextName]);
}

function isSame(a: DeletedDaemonSet, b: DeletedDaemonSet): boolean {
  return a.contextName === b.contextName && a.uid === b.uid;
}
