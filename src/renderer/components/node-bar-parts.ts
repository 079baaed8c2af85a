/** Counts of a DaemonSet's status. */
export interface NodeBarCounts {
  readonly desired: number;
  readonly ready: number;
  readonly updated: number;
}

export interface NodeBarPart {
  readonly kind: 'ready' | 'old' | 'missing';
  readonly count: number;
}

function split(counts: NodeBarCounts): Readonly<Record<NodeBarPart['kind'], number>> {
  const ready = Math.min(counts.ready, counts.desired);
  const missing = counts.desired - ready;
  // Status does not say which of the ready pods are old: pods that are not updated are first those that are not ready.
  const old = Math.min(ready, Math.max(0, counts.desired - counts.updated - missing));
  return { ready: ready - old, old, missing };
}

/** The parts of the bar in order, without empty ones; together they are `desired`. */
export function nodeBarParts(counts: NodeBarCounts): readonly NodeBarPart[] {
  const { ready, old, missing } = split(counts);
  const parts: readonly NodeBarPart[] = [
    { kind: 'ready', count: ready },
    { kind: 'old', count: old },
    { kind: 'missing', count: missing },
  ];
  return parts.filter((part) => part.count > 0);
}

export function nodeBarWords(counts: NodeBarCounts): string {
  if (counts.desired === 0) return 'no nodes';
  const { old, missing } = split(counts);
  const words = [`${counts.ready} of ${counts.desired} ready`];
  if (old > 0) words.push(`${old} of the old revision`);
  if (missing > 0) words.push(`${missing} missing`);
  return words.join(', ');
}
