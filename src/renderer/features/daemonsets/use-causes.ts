import { useEffect, useMemo, useState } from 'react';
import type { DaemonSetCause } from '../../../shared/contract/daemonset.ts';
import { wantsCause } from '../../../shared/kubernetes/daemonset.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { useServices } from '../../live/services.ts';

/** After the last scroll, before the core is asked. */
const SETTLED_MS = 250;
/** While the rows stay on screen the answer is asked for anew. */
const REFRESH_MS = 5_000;
/** The contract's limit of one call. */
const AT_ONCE = 10;

export type Causes = ReadonlyMap<string, DaemonSetCause>;

/** Which of the rows on screen the core is asked about, so many at once. */
export function causeBatches<Row extends DaemonSetRow>(visible: readonly Row[]): readonly (readonly Row[])[] {
  const wanted = visible.filter(wantsCause);
  return Array.from({ length: Math.ceil(wanted.length / AT_ONCE) }, (_, at) =>
    wanted.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
}

/**
 * Why the visible rows are not rolled out, by uid: all of them one batch after the other, then a batch anew each few seconds. Given up as
 * soon as other rows are on screen.
 */
export function useCauses(contextName: string, visible: readonly DaemonSetRow[]): Causes {
  const { client, clock } = useServices();
  const [causes, setCauses] = useState<Causes>(new Map());
  const wanted = causeBatches(visible).map((rows) =>
    rows.map(({ uid, namespace, name }) => ({ uid, namespace, name })),
  );
  const id = JSON.stringify(wanted);
  // `id` holds all of it.
  // oxlint-disable-next-line react/exhaustive-deps
  const batches = useMemo(() => wanted, [id]);
  useEffect(() => {
    if (batches.length === 0) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const ask = async (round: number) => {
      const targets = batches[round % batches.length] ?? [];
      try {
        const found = await client.daemonSet.causes({ contextName, targets }, { signal });
        if (signal.aborted) return;
        setCauses((known) => new Map([...known, ...found.map((cause) => [cause.uid, cause] as const)]));
      } catch {
        // Pods or events may not be readable: the status line stands without a cause, and the next round may find one.
        if (signal.aborted) return;
      }
      timer = clock.setTimeout(() => void ask(round + 1), round + 1 < batches.length ? 0 : REFRESH_MS);
    };
    let timer = clock.setTimeout(() => void ask(0), SETTLED_MS);
    return () => {
      clock.clearTimeout(timer);
      controller.abort();
    };
  }, [client, clock, contextName, batches]);
  return causes;
}
