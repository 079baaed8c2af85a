import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDaemonSet, aPodRow } from '../../../tests/fakes/rows.ts';
import { StagedWorld } from '../../../tests/fakes/staged-world.ts';
import { lookAtRollout, type RolloutLook, rolloutNews, type RolloutSeen } from './rollout-news.ts';
import type { DaemonSetRow, PodRow } from './rows.ts';
import { held } from './staged-step.ts';

const START = Date.parse('2026-01-02T00:00:00Z');
const MINUTE = 60_000;
const current = { revision: 2, hash: 'new', creationTimestamp: '2026-01-02T00:00:00Z' };
const old = (nodeName: string) => aPodRow({ nodeName, revisionHash: 'old' });
const fresh = (nodeName: string, more: Partial<PodRow> = {}) =>
  aPodRow({ nodeName, name: `new-${nodeName}`, revisionHash: 'new', ...more });
const crashing = (nodeName: string, revisionHash = 'new') =>
  fresh(nodeName, {
    revisionHash,
    ready: false,
    reason: 'CrashLoopBackOff',
    containers: [
      { name: 'main', kind: 'worker', ready: false, restarts: 2, state: 'CrashLoopBackOff', lastExitCode: 1 },
    ],
  });
const starting = (nodeName: string) => fresh(nodeName, { ready: false, phase: 'Pending', reason: 'ContainerCreating' });
const rowOf = (more: Partial<DaemonSetRow> = {}) =>
  aDaemonSet({ templateGeneration: 2, restartedAt: '2026-01-02T00:00:00Z', ...more });
const RUNS = rowOf({ updated: 1, available: 2 });

interface Seen extends Partial<RolloutSeen> {
  readonly minute: number;
}

/** The kinds of news of each look, the first being that of the toggle. */
function kindsOf(...seen: readonly Seen[]): readonly (readonly string[])[] {
  let before: RolloutLook | undefined;
  return seen.map(({ minute, ...more }) => {
    const now = START + minute * MINUTE;
    const after = lookAtRollout(
      { row: RUNS, pods: [old('a'), old('b'), starting('c')], current, now, ...more },
      before,
    );
    const news = before === undefined ? [] : rolloutNews(before, after);
    before = after;
    return news.map(({ kind }) => kind);
  });
}

describe('news of a rollout', () => {
  it('tells its end once, in words', () => {
    const row = rowOf();
    expect(kindsOf({ minute: 0 }, { minute: 1, row }, { minute: 2, row })).toEqual([[], ['ended'], []]);
    const before = lookAtRollout({ row: RUNS, pods: [], current, now: START });
    expect(rolloutNews(before, lookAtRollout({ row, pods: [], current, now: START }, before))).toEqual([
      { kind: 'ended', title: 'agent is rolled out', words: 'All 3 pods are of the current revision and available.' },
    ]);
  });

  it('tells nothing of what was so at the time of the toggle', () => {
    const bad = { row: RUNS, pods: [old('a'), old('b'), crashing('c')] };
    expect(kindsOf({ minute: 30, ...bad }, { minute: 31, ...bad })).toEqual([[], []]);
    expect(kindsOf({ minute: 0, row: rowOf() }, { minute: 1, row: rowOf() })).toEqual([[], []]);
  });

  it('tells after ten minutes without progress that it does not go on, once, and again only after progress', () => {
    const further = rowOf({ updated: 2, available: 2 });
    expect(
      kindsOf(
        { minute: 0 },
        { minute: 9 },
        { minute: 10 },
        { minute: 25 },
        { minute: 26, row: further },
        { minute: 36, row: further },
      ),
    ).toEqual([[], [], ['stalled'], [], [], ['stalled']]);
  });

  it('tells at once when all of the budget is spent by pods that do not come right', () => {
    const stuck = { pods: [old('a'), old('b'), fresh('c', { ready: false, reason: 'ImagePullBackOff' })] };
    expect(kindsOf({ minute: 0 }, { minute: 1, ...stuck }, { minute: 2 }, { minute: 3, ...stuck })).toEqual([
      [],
      ['stalled'],
      [],
      [],
    ]);
  });

  it('tells that pods begin to crash, once a revision, however often they come and go', () => {
    const row = { ...RUNS, strategy: { type: 'RollingUpdate', maxUnavailable: 2, maxSurge: 0 } } as const;
    const bad = { row, pods: [old('a'), old('b'), crashing('c')] };
    const well = { row, pods: [old('a'), old('b'), fresh('c')] };
    expect(kindsOf({ minute: 0, row }, { minute: 1, ...bad }, { minute: 2, ...well }, { minute: 3, ...bad })).toEqual([
      [],
      ['crashing'],
      [],
      [],
    ]);
    const next = rowOf({ templateGeneration: 3, updated: 1, available: 2, strategy: row.strategy });
    const newer = {
      row: next,
      pods: [old('a'), old('b'), crashing('c', 'newer')],
      current: { ...current, hash: 'newer' },
    };
    expect(kindsOf({ minute: 0, ...bad }, { minute: 1, ...newer })).toEqual([[], ['crashing']]);
  });

  it('tells the end of a rollout under OnDelete, and no stall while nobody deletes pods', () => {
    const row = rowOf({ strategy: { type: 'OnDelete' }, updated: 0 });
    const done = rowOf({ strategy: { type: 'OnDelete' } });
    expect(
      kindsOf({ minute: 0, row, pods: [old('a')] }, { minute: 60, row, pods: [old('a')] }, { minute: 61, row: done }),
    ).toEqual([[], [], ['ended']]);
  });

  it('tells that a staged rollout is held, but not to the one who held it', () => {
    const { plan } = new StagedWorld([['a']]);
    const staged = held(plan, 'A new pod fails: a.');
    expect(kindsOf({ minute: 0, staged: plan }, { minute: 1, staged }, { minute: 2, staged })).toEqual([
      [],
      ['held'],
      [],
    ]);
    expect(kindsOf({ minute: 0, staged: plan }, { minute: 1, staged: held(plan, 'You held it.') })).toEqual([[], []]);
  });

  it('of an unchanged state is none, and no news comes twice without a change of the template or progress', () => {
    const pod = fc.constantFrom(crashing('c'), starting('c'), fresh('c'), old('c'));
    const look = fc.record({
      pod,
      available: fc.integer({ min: 0, max: 2 }),
      seconds: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(look, { minLength: 2, maxLength: 60 }), (looks) => {
        let now = START;
        let before: RolloutLook | undefined;
        const crashes: number[] = [];
        let stalls = 0;
        let best = 0;
        looks.forEach(({ pod: third, available, seconds }, nth) => {
          now += seconds * 1000;
          const seen = { row: rowOf({ updated: 1, available }), pods: [old('a'), old('b'), third], current, now };
          const after = lookAtRollout(seen, before);
          const kinds = before === undefined ? [] : rolloutNews(before, after).map(({ kind }) => kind);
          expect(rolloutNews(after, lookAtRollout(seen, after))).toEqual([]);
          if (available > best) stalls = 0;
          best = Math.max(best, available);
          if (kinds.includes('crashing')) crashes.push(nth);
          if (kinds.includes('stalled')) stalls += 1;
          expect(crashes.length).toBeLessThanOrEqual(1);
          expect(stalls).toBeLessThanOrEqual(1);
          expect(kinds).not.toContain('ended');
          before = after;
        });
      }),
    );
  });
});
