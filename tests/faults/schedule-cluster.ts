import fc from 'fast-check';
import { assertNever } from '../../src/shared/errors/assert-never.ts';
import { weather } from './schedule.ts';
import type { Weather } from './weather.ts';

/** One thing that happens to a whole cluster, its network or this machine. */
export type ClusterStep =
  /** write: created, or its template changed, so that its pods roll. */
  | { readonly do: 'write' | 'delete' | 'recreate'; readonly name: string }
  /** A pod of the DaemonSet that is always there; or a change of its annotations alone. */
  | { readonly do: 'deletePod' | 'annotate' }
  | { readonly do: 'weather'; readonly weather: Weather }
  | { readonly do: 'cut'; readonly by: 'close' | 'reset' }
  /** The server is gone, refuses connections, and is there again under its address. */
  | { readonly do: 'down' | 'recover' | 'nudge' }
  | { readonly do: 'wait'; readonly seconds: number };

const name = fc.constantFrom('agent', 'proxy', 'exporter');

const step: fc.Arbitrary<ClusterStep> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('write', 'write', 'delete', 'recreate'), name }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('deletePod', 'annotate') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('weather'), weather }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut'), by: fc.constantFrom('close', 'reset') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('down', 'recover', 'nudge') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait'), seconds: fc.integer({ min: 1, max: 120 }) }) },
);

export type ClusterSchedule = readonly ClusterStep[];

export const clusterSchedule: fc.Arbitrary<ClusterSchedule> = fc.array(step, { minLength: 1, maxLength: 14 });

/** For a message that a person can act out again. */
export function clusterScheduleWords(steps: ClusterSchedule): string {
  return steps.map(words).join(' | ');
}

function words(each: ClusterStep): string {
  switch (each.do) {
    case 'write':
    case 'delete':
    case 'recreate':
      return `${each.do} ${each.name}`;
    case 'weather':
      return JSON.stringify(each.weather);
    case 'cut':
      return `cut by ${each.by}`;
    case 'wait':
      return `wait ${each.seconds} s`;
    case 'deletePod':
    case 'annotate':
    case 'down':
    case 'recover':
    case 'nudge':
      return each.do;
    default:
      return assertNever(each);
  }
}
