import type { LimitRangeOffer } from '../../../shared/contract/offers.ts';

/** What the namespace's LimitRanges give and take for one resource of a container, in one line; undefined for nothing. */
export function limitWords(ranges: readonly LimitRangeOffer[], resource: string): string | undefined {
  const said = ranges
    .filter((range) => range.type === 'Container')
    .flatMap((range) => [
      ...part('request', range.defaultRequest[resource]),
      ...part('limit', range.default[resource]),
      ...part('min', range.min[resource]),
      ...part('max', range.max[resource]),
    ]);
  return said.length === 0 ? undefined : `LimitRange of this namespace: ${said.join(', ')}.`;
}

function part(word: string, quantity: string | undefined): readonly string[] {
  return quantity === undefined ? [] : [`${word} ${quantity}`];
}
