import type { LimitRangeOffer } from '../../contract/offers.ts';
import { addQuantities, compareQuantities, parseQuantity, type Quantity } from '../../kubernetes/quantity.ts';
import type { Place } from './place.ts';

const KINDS = ['request', 'limit'] as const;
export type AmountKind = (typeof KINDS)[number];

/** What a container, or all of a pod's together, have of each resource once every default is filled in. */
export interface ContainerAmounts {
  readonly amount: (kind: AmountKind, resource: string) => Quantity | undefined;
  /** Whether what is written of it is a quantity. */
  readonly isReadable: (resource: string) => boolean;
  /** Field paths where the amount is written that counts; where there is none, where it would be. */
  readonly pathsOf: (kind: AmountKind, resource: string) => readonly string[];
}

export interface EffectiveContainer extends ContainerAmounts {
  readonly type: 'worker' | 'init' | 'sidecar';
}

/**
 * Each container's amounts as admission sees them: a request that is not written is the limit (SetDefaults_Pod,
 * pkg/apis/core/v1/defaults.go), then what is still absent is the LimitRange's default (mergeContainerResources, 1.37). Of several
 * LimitRanges the server takes any first; here it is the first one.
 */
export function effectiveContainers(pod: Place, ranges: readonly LimitRangeOffer[]): readonly EffectiveContainer[] {
  const defaults = ranges.filter(({ type }) => type === 'Container');
  const init = pod.at('initContainers').items.map((container) => {
    const type = container.at('restartPolicy').text === 'Always' ? 'sidecar' : 'init';
    return effective(container, type, defaults);
  });
  return [...pod.at('containers').items.map((container) => effective(container, 'worker', defaults)), ...init];
}

function effective(
  container: Place,
  type: EffectiveContainer['type'],
  defaults: readonly LimitRangeOffer[],
): EffectiveContainer {
  const written = (kind: AmountKind, resource: string) => container.at('resources', `${kind}s`).member(resource);
  const isFromLimit = (kind: AmountKind, resource: string) =>
    kind === 'request' && !written('request', resource).isSet && written('limit', resource).isSet;
  return {
    type,
    amount: (kind, resource) => {
      const place = written(isFromLimit(kind, resource) ? 'limit' : kind, resource);
      if (place.isSet) return parseQuantity(String(place.value));
      const given = defaults.map((range) => (kind === 'limit' ? range.default : range.defaultRequest)[resource]);
      return parseQuantity(given.find((each) => each !== undefined) ?? '');
    },
    isReadable: (resource) =>
      KINDS.map((kind) => written(kind, resource)).every(
        ({ isSet, value }) => !isSet || parseQuantity(String(value)) !== undefined,
      ),
    pathsOf: (kind, resource) => [written(isFromLimit(kind, resource) ? 'limit' : kind, resource).path],
  };
}

/**
 * The amounts of the whole pod (podRequests and podLimits, limitranger): workers and sidecars together, or the largest of what an
 * init container needs beside the sidecars that were started before it.
 */
export function podAmounts(containers: readonly EffectiveContainer[]): ContainerAmounts {
  return {
    amount: (kind, resource) => {
      let [running, sidecars, starting]: (Quantity | undefined)[] = [];
      for (const { type, amount } of containers) {
        const own = amount(kind, resource);
        if (type !== 'init') running = sum(running, own);
        if (type === 'sidecar') sidecars = sum(sidecars, own);
        if (type !== 'worker') starting = larger(starting, type === 'init' ? sum(sidecars, own) : sidecars);
      }
      return larger(running, starting);
    },
    isReadable: (resource) => containers.every(({ isReadable }) => isReadable(resource)),
    pathsOf: (kind, resource) => {
      const having = containers.filter(({ amount }) => amount(kind, resource) !== undefined);
      return (having.length > 0 ? having : containers).flatMap(({ pathsOf }) => pathsOf(kind, resource));
    },
  };
}

function sum(a: Quantity | undefined, b: Quantity | undefined): Quantity | undefined {
  return a && b ? addQuantities(a, b) : (a ?? b);
}

function larger(a: Quantity | undefined, b: Quantity | undefined): Quantity | undefined {
  if (!a || !b) return a ?? b;
  return compareQuantities(a, b) < 0 ? b : a;
}
