import { useEffect, useMemo, useRef, useState } from 'react';
import type { DaemonSetCause } from '../../../shared/contract/daemonset.ts';
import { wantsCause } from '../../../shared/kubernetes/daemonset.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { useServices } from '../../live/services.ts';

/** After the last scroll, before the core is asked. */
const SETTLED_MS = 250;
/** An answer of this age is asked for anew. */
const REFRESH_MS = 5_000;
/** The contract's limit of one call. */
const AT_ONCE = 10;

export type Causes = ReadonlyMap<string, DaemonSetCause>;

type Target = Pick<DaemonSetRow, 'uid' | 'namespace' | 'name'>;

/** Of the wanted rows those to ask about next, at most ten: who never had an answer first, then the oldest; none that had one lately. */
export function nextTargets(
  wanted: readonly Target[],
  answeredAt: ReadonlyMap<string, number>,
  now: number,
): readonly Target[] {
  const at = ({ uid }: Target) => answeredAt.get(uid) ?? -Infinity;
  return wanted
    .filter((target) => now - at(target) >= REFRESH_MS)
    .toSorted((left, right) => (at(left) < at(right) ? -1 : at(left) > at(right) ? 1 : 0))
    .slice(0, AT_ONCE);
}

/**
 * Why the visible rows are not rolled out, by uid: all of them, then some anew every few seconds. Given up as soon as other rows are on
 * screen; a row that comes or goes lets the others keep their answers.
 */
export function useCauses(contextName: string, visible: readonly DaemonSetRow[]): Causes {
  const { client, clock } = useServices();
  const [causes, setCauses] = useState<Causes>(new Map());
  const answeredAt = useRef(new Map<string, number>());
  const current = visible.filter(wantsCause).map(({ uid, namespace, name }) => ({ uid, namespace, name }));
  const id = JSON.stringify(current);
  // `id` holds all of it.
  // oxlint-disable-next-line react/exhaustive-deps
  const wanted = useMemo(() => current, [id]);
  useEffect(() => {
    const answers = answeredAt.current;
    // What was whole in the meantime fails for a new reason.
    for (const uid of answers.keys()) if (!wanted.some((target) => target.uid === uid)) answers.delete(uid);
    if (wanted.length === 0) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const ask = async () => {
      const targets = nextTargets(wanted, answers, clock.now());
      try {
        const found =
          targets.length === 0 ? [] : await client.daemonSet.causes({ contextName, targets: [...targets] }, { signal });
        if (signal.aborted) return;
        if (found.length > 0)
          setCauses((known) => new Map([...known, ...found.map((cause) => [cause.uid, cause] as const)]));
      } catch {
        // Pods or events may not be readable: the status line stands without a cause, and the next round may find one.
        if (signal.aborted) return;
      }
      for (const { uid } of targets) answers.set(uid, clock.now());
      const isComplete = wanted.every(({ uid }) => answers.has(uid));
      timer = clock.setTimeout(() => void ask(), isComplete ? REFRESH_MS : 0);
    };
    let timer = clock.setTimeout(() => void ask(), SETTLED_MS);
    return () => {
      clock.clearTimeout(timer);
      controller.abort();
    };
  }, [client, clock, contextName, wanted]);
  return causes;
}
