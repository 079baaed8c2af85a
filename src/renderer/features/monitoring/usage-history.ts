import type { Usage, UsageSample } from '../../../shared/kubernetes/pod-usage.ts';

export const MEASURES = ['cpu', 'memory'] as const;
export type Measure = (typeof MEASURES)[number];

/** A value for each time of the history; null where there was none. */
export type Points = readonly (number | null)[];

export interface PodHistory {
  readonly name: string;
  readonly now: Usage | undefined;
  readonly peak: Readonly<Record<Measure, number>>;
  /** For the last times alone, as many as are kept of a pod. */
  readonly points: Readonly<Record<Measure, Points>>;
}

export interface UsageHistoryView {
  /** Milliseconds since 1970, growing. */
  readonly times: readonly number[];
  readonly max: Readonly<Record<Measure, Points>>;
  readonly median: Readonly<Record<Measure, Points>>;
  readonly pods: ReadonlyMap<string, PodHistory>;
}

/** Two hours of a sample every 15 s. */
const TIMES_KEPT = 480;
/** Of all pods together, by measure: 20 points of 10,000 pods, or two hours of 400. */
const POINTS_KEPT = 200_000;
const POINTS_OF_A_POD = 20;

const NOTHING: UsageHistoryView = {
  times: [],
  max: { cpu: [], memory: [] },
  median: { cpu: [], memory: [] },
  pods: new Map(),
};

/** What was sampled since the page opened, bounded however many pods there are. */
export class UsageHistory {
  view: UsageHistoryView = NOTHING;

  /** Adds a sample that is newer than all before; the same one again changes nothing. */
  add({ time, pods }: UsageSample): void {
    const { times } = this.view;
    if (time <= (times.at(-1) ?? 0)) return;
    const known = Math.max(1, pods.length, this.view.pods.size);
    const kept = Math.min(TIMES_KEPT, Math.max(POINTS_OF_A_POD, Math.floor(POINTS_KEPT / known)));
    this.view = {
      times: appended(times, time, TIMES_KEPT),
      max: aggregated(this.view.max, pods, (values) => values.at(-1) ?? null),
      median: aggregated(this.view.median, pods, (values) => values[Math.floor((values.length - 1) / 2)] ?? null),
      pods: withSample(this.view.pods, pods, kept),
    };
  }
}

function appended<Value>(values: readonly Value[], value: Value, kept: number): readonly Value[] {
  return [...values.slice(Math.max(0, values.length + 1 - kept)), value];
}

/** `choose` gets the values of all pods in ascending order. */
function aggregated(
  before: UsageHistoryView['max'],
  pods: readonly Usage[],
  choose: (values: Float64Array) => number | null,
): UsageHistoryView['max'] {
  const next = (measure: Measure) =>
    appended(before[measure], choose(Float64Array.from(pods, (pod) => pod[measure]).sort()), TIMES_KEPT);
  return { cpu: next('cpu'), memory: next('memory') };
}

/** A pod that is no longer sampled stays until nothing of it is left. */
function withSample(
  before: UsageHistoryView['pods'],
  pods: readonly Usage[],
  kept: number,
): ReadonlyMap<string, PodHistory> {
  const sampled = new Map(pods.map((pod) => [pod.name, pod]));
  const next = new Map<string, PodHistory>();
  for (const name of new Set([...before.keys(), ...sampled.keys()])) {
    const history = podWith(name, before.get(name), sampled.get(name), kept);
    if (history.points.cpu.some((value) => value !== null)) next.set(name, history);
  }
  return next;
}

function podWith(name: string, before: PodHistory | undefined, now: Usage | undefined, kept: number): PodHistory {
  const points = (measure: Measure) => appended(before?.points[measure] ?? [], now?.[measure] ?? null, kept);
  const peak = (measure: Measure) => Math.max(before?.peak[measure] ?? 0, now?.[measure] ?? 0);
  return {
    name,
    now,
    peak: { cpu: peak('cpu'), memory: peak('memory') },
    points: { cpu: points('cpu'), memory: points('memory') },
  };
}

/** A pod's points for every time of the history: what is no longer kept, or was not yet, is null. */
export function alignedPoints({ times }: UsageHistoryView, pod: PodHistory, measure: Measure): Points {
  const points = pod.points[measure].slice(-times.length);
  const missing: Points = Array.from({ length: times.length - points.length }, () => null);
  return [...missing, ...points];
}

/** The pods that use most now, most first. */
export function topPods({ pods }: UsageHistoryView, measure: Measure, count: number): readonly PodHistory[] {
  return [...pods.values()]
    .filter(({ now }) => now !== undefined)
    .toSorted((a, b) => (b.now?.[measure] ?? 0) - (a.now?.[measure] ?? 0) || (a.name < b.name ? -1 : 1))
    .slice(0, count);
}
