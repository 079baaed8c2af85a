import { assertNever } from '../errors/assert-never.ts';
import type { DaemonSetRow } from './rows.ts';

/** How long a missing pod may be on its way before it counts as a fault. */
export const YOUNG_MS = 10 * 60_000;

/** What a DaemonSet does now, in the order in which the rules are asked. `since` is RFC 3339. */
export type DaemonSetStatus =
  | { readonly kind: 'deleting'; readonly since: string }
  /** generation > observedGeneration: the counts are of an older spec. */
  | { readonly kind: 'notObserved' }
  | { readonly kind: 'noNodes' }
  /** OnDelete with pods of an older template: it never converges by itself, which is no fault. */
  | { readonly kind: 'onDelete'; readonly oldPods: number }
  | { readonly kind: 'progressing'; readonly waitsFor: 'updated' | 'available' }
  | { readonly kind: 'degraded' }
  | { readonly kind: 'rolledOut' };

export interface StatusContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the pods say, when they were read; without it a rollout of the last 10 minutes counts as young. */
  readonly cause?: { readonly missingPodsAreYoung: boolean };
}

function isWithin(timestamp: string | undefined, now: number): boolean {
  return timestamp !== undefined && now - Date.parse(timestamp) < YOUNG_MS;
}

/** Whether the DaemonSet was made or restarted in the last 10 minutes: pods may still be on their way. */
export function isRecentlyChanged(row: DaemonSetRow, now: number): boolean {
  return isWithin(row.creationTimestamp, now) || isWithin(row.restartedAt, now);
}

/** kubectl's own test: the counts of status are those of the current spec. */
export function isSpecObserved(row: DaemonSetRow): boolean {
  return row.generation <= row.observedGeneration;
}

/** Pods on eligible nodes that are of an older template; `current` counts nodes that run a pod and should. */
export function oldPodCount(row: DaemonSetRow): number {
  return Math.max(0, row.current - row.updated);
}

/**
 * For one resourceVersion it agrees with `rolloutStatusWords`: rolledOut exactly when kubectl says so, but while it is being deleted,
 * without an eligible node (kubectl calls both rolled out) and under OnDelete (where kubectl says nothing).
 */
export function daemonSetStatus(row: DaemonSetRow, { now, cause }: StatusContext): DaemonSetStatus {
  if (row.deletionTimestamp !== undefined) return { kind: 'deleting', since: row.deletionTimestamp };
  if (!isSpecObserved(row)) return { kind: 'notObserved' };
  if (row.desired === 0) return { kind: 'noNodes' };
  const oldPods = oldPodCount(row);
  if (row.strategy.type === 'OnDelete' && oldPods > 0) return { kind: 'onDelete', oldPods };
  if (row.updated < row.desired) return { kind: 'progressing', waitsFor: 'updated' };
  if (row.available < row.desired) {
    const young = cause?.missingPodsAreYoung ?? isRecentlyChanged(row, now);
    return young ? { kind: 'progressing', waitsFor: 'available' } : { kind: 'degraded' };
  }
  return { kind: 'rolledOut' };
}

export function isRolledOut(status: DaemonSetStatus): boolean {
  return status.kind === 'rolledOut';
}

/** Whether the core should look for a cause: something is missing and not by design. */
export function wantsCause(row: DaemonSetRow): boolean {
  return (
    row.deletionTimestamp === undefined &&
    row.desired > 0 &&
    (row.available < row.desired || (row.strategy.type === 'RollingUpdate' && row.updated < row.desired))
  );
}

/** Shown as a badge beside any status. */
export function isMisscheduled(row: DaemonSetRow): boolean {
  return row.misscheduled > 0;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The badge's words. */
export function statusWords(status: DaemonSetStatus): string {
  switch (status.kind) {
    case 'deleting':
      return 'Deleting';
    case 'notObserved':
      return 'Not observed yet';
    case 'noNodes':
      return 'No nodes';
    case 'onDelete':
      return `OnDelete: ${plural(status.oldPods, 'old pod', 'old pods')}`;
    case 'progressing':
      return 'Progressing';
    case 'degraded':
      return 'Degraded';
    case 'rolledOut':
      return 'Rolled out';
    default:
      return assertNever(status);
  }
}

function noNodesLine(row: DaemonSetRow): string {
  const selector = Object.entries(row.nodeSelector).map(([key, value]) => `${key}=${value}`);
  return selector.length === 0 ? 'no node is eligible' : `no eligible node with ${selector.join(',')}`;
}

/** The line under the badge, from the row alone; undefined where there is nothing to add. The cause is joined by the caller. */
export function statusSecondLine(row: DaemonSetRow, status: DaemonSetStatus): string | undefined {
  switch (status.kind) {
    case 'deleting':
    case 'rolledOut':
      return undefined;
    case 'notObserved':
      return 'the controller has not seen the latest spec';
    case 'noNodes':
      return noNodesLine(row);
    case 'onDelete':
      return 'new pods only as old ones are deleted';
    case 'progressing':
      return status.waitsFor === 'updated'
        ? `${row.updated} of ${row.desired} updated`
        : `${row.available} of ${row.desired} available`;
    case 'degraded':
      return `${row.available} of ${row.desired} available`;
    default:
      return assertNever(status);
  }
}

/**
 * What `kubectl rollout status` says of a DaemonSet, word for word (kubectl 0.37, pkg/polymorphichelpers/rollout_status.go, without
 * the line end). For OnDelete kubectl ends with an error of these words.
 */
export function rolloutStatusWords(row: DaemonSetRow): string {
  if (row.strategy.type !== 'RollingUpdate') return 'rollout status is only available for RollingUpdate strategy type';
  if (!isSpecObserved(row)) return 'Waiting for daemon set spec update to be observed...';
  if (row.updated < row.desired) {
    return `Waiting for daemon set "${row.name}" rollout to finish: ${row.updated} out of ${row.desired} new pods have been updated...`;
  }
  if (row.available < row.desired) {
    return `Waiting for daemon set "${row.name}" rollout to finish: ${row.available} of ${row.desired} updated pods are available...`;
  }
  return `daemon set "${row.name}" successfully rolled out`;
}
