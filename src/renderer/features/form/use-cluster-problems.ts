import { useMemo } from 'react';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { limitRangeProblems } from '../../../shared/form/rules/limit-range-rules.ts';
import { selectorOverlaps } from '../../../shared/form/rules/selector-overlap.ts';
import type { JsonObject } from '../../../shared/manifest/json-value.ts';
import { useOffers } from './use-offers.ts';
import { useSettled } from './use-settled.ts';

export interface ClusterProblemsInput {
  readonly contextName: string;
  /** Where the DaemonSet is or would be; empty: nothing is asked. */
  readonly namespace: string;
  readonly manifest: JsonObject | undefined;
}

const NONE: readonly FormProblem[] = [];

/** What our rules say of a manifest together with what its namespace has. Nothing of what may not be read there. */
export function useClusterProblems({ contextName, namespace, manifest }: ClusterProblemsInput): readonly FormProblem[] {
  const settled = useSettled(namespace);
  const key = settled === '' ? undefined : `${contextName}/${settled}`;
  const scope = { contextName, namespace: settled };
  const daemonSets = useOffers(key, (client, signal) => client.offers.daemonSets(scope, { signal }));
  const ranges = useOffers(key, (client, signal) => client.offers.limitRanges(scope, { signal }));
  const isKnown = settled === namespace;
  return useMemo(() => {
    if (!manifest || !isKnown) return NONE;
    return [...selectorOverlaps(manifest, daemonSets.items), ...limitRangeProblems(manifest, ranges.items)];
  }, [manifest, isKnown, daemonSets.items, ranges.items]);
}
