import fc from 'fast-check';
import { expect } from 'vitest';
import { ClusterWorld } from './cluster-world.ts';
import type { FaultyCluster } from './faulty-cluster.ts';
import { FaultWorld, type MakeReflector } from './fault-world.ts';
import { clusterSchedule, type ClusterSchedule, clusterScheduleWords } from './schedule-cluster.ts';
import { schedule, type Schedule, scheduleWords } from './schedule.ts';

/** Shrinking may cost seconds a step: it ends with the shortest that was found before the test's own time limit. */
const LONGEST_MS = 12 * 60_000;

/** Acts out a schedule; the sentence says what went wrong, or is empty. */
export async function verdict({ steps, ...start }: Schedule, makeReflector?: MakeReflector): Promise<string> {
  const world = await FaultWorld.start(makeReflector ? { ...start, makeReflector } : start);
  try {
    for (const each of steps) await world.act(each);
    const recovered = await world.recovers();
    if (!recovered) return world.difference;
    if (world.lies.length > 0) return world.lies.join('; ');
    return (await world.leftovers()).join(', ');
  } finally {
    await world.close();
  }
}

/** Fails with the shortest schedule that goes wrong, its seed and its steps in words. */
export async function expectEverySchedule(numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(schedule, async (each) => {
      expect(await verdict(each), scheduleWords(each)).toBe('');
    }),
    { numRuns, interruptAfterTimeLimit: LONGEST_MS, markInterruptAsFailure: true },
  );
}

/** Acts out a schedule on a whole cluster; the sentence says what went wrong, or is empty. */
export async function clusterVerdict(cluster: FaultyCluster, steps: ClusterSchedule): Promise<string> {
  await using world = await ClusterWorld.start(cluster);
  for (const each of steps) await world.act(each);
  if (!(await world.recovers())) return await world.difference();
  const lies = await world.lies();
  return lies.length > 0 ? lies.join('; ') : (await world.leftovers()).join(', ');
}

/** As `expectEverySchedule`, with the whole core before a whole cluster. */
export async function expectEveryClusterSchedule(cluster: FaultyCluster, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(clusterSchedule, async (steps) => {
      expect(await clusterVerdict(cluster, steps), clusterScheduleWords(steps)).toBe('');
    }),
    { numRuns, interruptAfterTimeLimit: LONGEST_MS, markInterruptAsFailure: true },
  );
}
