import fc from 'fast-check';
import { assertNever } from '../../src/shared/errors/assert-never.ts';
import type { Protocol } from './truthful-api.ts';
import type { CutBy, Weather } from './weather.ts';

/** One thing that happens to a cluster, its network or this machine. */
export type Step =
  /** `garble` is a write whose watch event cannot be read. */
  | { readonly do: 'write' | 'delete' | 'recreate' | 'garble'; readonly name: string }
  /** A write whose watch event stops after so many bytes, and whose rest never comes: a cut follows. */
  | { readonly do: 'part'; readonly name: string; readonly bytes: number }
  | { readonly do: 'elsewhere' | 'bookmark' | 'compact' | 'endWatches' | 'expireWatches' | 'nudge' }
  | { readonly do: 'refuse'; readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly do: 'weather'; readonly weather: Weather }
  | { readonly do: 'cut'; readonly by: 'close' | 'reset' }
  | { readonly do: 'recover' }
  /** Seconds on the injected clock; `sleep` lets the clock jump, as after a suspend. */
  | { readonly do: 'wait' | 'sleep'; readonly seconds: number };

const NAMES = ['agent', 'proxy', 'exporter', 'csi-node', 'calico', 'größe'] as const;
const CUTS: readonly CutBy[] = ['close', 'reset', 'halfClose', 'silence'];

const name = fc.constantFrom(...NAMES);
export const weather: fc.Arbitrary<Weather> = fc.oneof(
  fc.constantFrom<Weather>(
    { kind: 'clear' },
    { kind: 'silent' },
    { kind: 'silent', toward: 'client' },
    { kind: 'silent', toward: 'server' },
    { kind: 'refuse' },
    { kind: 'bytewise' },
  ),
  fc.record({ kind: fc.constant('delay'), ms: fc.integer({ min: 1, max: 9000 }) }),
  fc.record({ kind: fc.constant('slow'), bytesPerSecond: fc.integer({ min: 50, max: 20_000 }) }),
  fc.record({ kind: fc.constant('cut'), afterBytes: fc.integer({ min: 1, max: 4000 }), by: fc.constantFrom(...CUTS) }),
);

/** Changes are most of it, since a fault that meets none shows nothing. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('write', 'write', 'delete', 'recreate', 'garble'), name }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('elsewhere', 'bookmark', 'compact', 'endWatches', 'expireWatches', 'nudge'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        do: fc.constant('refuse'),
        status: fc.constantFrom(429, 500, 503, 504),
        retryAfterSeconds: fc.integer({ min: 1, max: 20 }),
      },
      { requiredKeys: ['do', 'status'] },
    ),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('weather'), weather }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut'), by: fc.constantFrom('close', 'reset') }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'recover' }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait'), seconds: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep'), seconds: fc.integer({ min: 60, max: 7200 }) }) },
);

/** What the first list meets, and everything after it. */
export interface Schedule {
  readonly protocol: Protocol;
  readonly opening: Weather;
  readonly steps: readonly Step[];
}

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  // Plain HTTP first: what fails on every protocol is shrunk to it.
  protocol: fc.constantFrom<Protocol>('http', 'http', 'http', 'h2', 'https'),
  opening: weather,
  steps: fc.array(step, { minLength: 1, maxLength: 25 }),
});

/** For a message that a person can act out again. */
export function scheduleWords({ protocol, opening, steps }: Schedule): string {
  return [protocol, JSON.stringify(opening), ...steps.map(stepWords)].join(' | ');
}

function stepWords(each: Step): string {
  switch (each.do) {
    case 'write':
    case 'delete':
    case 'recreate':
    case 'garble':
      return `${each.do} ${each.name}`;
    case 'part':
      return `write ${each.bytes} bytes of ${each.name}`;
    case 'refuse':
      return `refuse ${each.status}`;
    case 'weather':
      return JSON.stringify(each.weather);
    case 'cut':
      return `cut by ${each.by}`;
    case 'wait':
    case 'sleep':
      return `${each.do} ${each.seconds} s`;
    case 'elsewhere':
    case 'bookmark':
    case 'compact':
    case 'endWatches':
    case 'expireWatches':
    case 'nudge':
    case 'recover':
      return each.do;
    default:
      return assertNever(each);
  }
}
