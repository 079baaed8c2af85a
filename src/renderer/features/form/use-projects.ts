import type { NamespaceOffer } from '../../../shared/contract/offers.ts';
import { useOffers } from './use-offers.ts';

export interface Projects {
  /** Those in which the user may create DaemonSets, as far as it was asked. */
  readonly names: readonly string[];
  /** Those in which the user may not. */
  readonly denied: readonly string[];
  /** What is not offered, and why; undefined when all is. */
  readonly said: string | undefined;
}

/** The namespaces in which a DaemonSet may be created. */
export function useProjects(contextName: string): Projects {
  const { items, none } = useOffers(contextName, (client, signal) =>
    client.offers.namespaces({ contextName }, { signal }),
  );
  const named = (right: (item: NamespaceOffer) => boolean) => items.filter(right).map(({ name }) => name);
  const denied = named(({ mayCreate }) => mayCreate === 'denied');
  const unasked = named(({ mayCreate }) => mayCreate === 'unasked');
  return {
    names: named(({ mayCreate }) => mayCreate !== 'denied'),
    denied,
    said: none ?? wordsOf(items.length, denied.length, unasked.length),
  };
}

function wordsOf(all: number, denied: number, unasked: number): string | undefined {
  if (denied > 0 && denied === all) return 'You may create DaemonSets in none of the namespaces.';
  const withoutRight = denied > 0 ? [`Those in which you may not create DaemonSets are not offered (${denied}).`] : [];
  const notAsked =
    unasked > 0 && denied > 0 ? [`Your right was not asked for in ${unasked} more, which are offered.`] : [];
  return [...withoutRight, ...notAsked].join(' ') || undefined;
}
