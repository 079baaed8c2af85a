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

/** Which of the rows on screen the core is asked about. */
export function causeTargets(visible: readonly DaemonSetRow[]): readonly DaemonSetRow[] {
  return visible.filter(wantsCause).slice(0, AT_ONCE);
}

/** Why the visible rows are not rolled out, by uid. Given up as soon as other rows are on screen. */
export function useCauses(contextName: string, visible: readonly DaemonSetRow[]): Causes {
  const { client, clock } = useServices();
  const [causes, setCauses] = useState<Causes>(new Map());
  const wanted = causeTargets(visible).map(({ uid, namespace, name }) => ({ uid, namespace, name }));
  const id = JSON.stringify(wanted);
  // `id` holds all of it.
  // oxlint-disable-next-line react/exhaustive-deps
  const targets = useMemo(() => wanted, [id]);
  useEffect(() => {
    if (targets.length === 0) return undefined;
    const controller = new AbortController();
    const ask = async () => {
      try {
        const found = await client.daemonSet.causes(
          { contextName, targets: [...targets] },
          { signal: controller.signal },
        );
        if (controller.signal.aborted) return;
        setCauses((known) => new Map([...known, ...found.map((cause) => [cause.uid, cause] as const)]));
      } catch {
        // Pods or events may not be readable: the status line stands without a cause, and the next round may find one.
        if (controller.signal.aborted) return;
      }
      timer = clock.setTimeout(() => void ask(), REFRESH_MS);
    };
    let timer = clock.setTimeout(() => void ask(), SETTLED_MS);
    return () => {
      clock.clearTimeout(timer);
      controller.abort();
    };
  }, [client, clock, contextName, targets]);
  return causes;
}
