import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDaemonSet } from '../../../tests/fakes/rows.ts';
import {
  daemonSetStatus,
  type DaemonSetStatus,
  isMisscheduled,
  rolloutStatusWords,
  statusSecondLine,
  statusWords,
  wantsCause,
} from './daemonset.ts';
import type { DaemonSetRow } from './rows.ts';

const NOW = Date.parse('2026-01-02T00:00:00Z');
const JUST_NOW = '2026-01-01T23:55:00Z';
const onDelete = { type: 'OnDelete' } as const;

interface Case {
  readonly name: string;
  readonly row: Partial<DaemonSetRow>;
  readonly young?: boolean;
  readonly kind: DaemonSetStatus['kind'];
  readonly words: string;
  readonly line?: string;
}

const CASES: readonly Case[] = [
  { name: 'all is well', row: {}, kind: 'rolledOut', words: 'Rolled out' },
  {
    name: 'it is being deleted, whatever else',
    row: { deletionTimestamp: JUST_NOW, generation: 2, desired: 0 },
    kind: 'deleting',
    words: 'Deleting',
  },
  {
    name: 'the spec is not yet observed, before its counts are believed',
    row: { generation: 3, observedGeneration: 2, desired: 0 },
    kind: 'notObserved',
    words: 'Not observed yet',
    line: 'the controller has not seen the latest spec',
  },
  { name: 'no node is eligible', row: { desired: 0 }, kind: 'noNodes', words: 'No nodes', line: 'no node is eligible' },
  {
    name: 'no node has the label',
    row: { desired: 0, nodeSelector: { 'kubernetes.io/arch': 'arm64' }, strategy: onDelete },
    kind: 'noNodes',
    words: 'No nodes',
    line: 'no eligible node with kubernetes.io/arch=arm64',
  },
  {
    name: 'OnDelete leaves old pods by design',
    row: { desired: 240, updated: 177, strategy: onDelete },
    kind: 'onDelete',
    words: 'OnDelete: 63 old pods',
    line: 'new pods only as old ones are deleted',
  },
  {
    name: 'OnDelete with one old pod',
    row: { updated: 2, strategy: onDelete },
    kind: 'onDelete',
    words: 'OnDelete: 1 old pod',
    line: 'new pods only as old ones are deleted',
  },
  {
    name: 'OnDelete with no old pod but one not available',
    row: { available: 2, strategy: onDelete },
    kind: 'degraded',
    words: 'Degraded',
    line: '2 of 3 available',
  },
  {
    name: 'OnDelete where a node lacks its pod altogether',
    row: { current: 2, updated: 2, available: 2, strategy: onDelete },
    kind: 'progressing',
    words: 'Progressing',
    line: '2 of 3 updated',
  },
  {
    name: 'a rollout runs',
    row: { desired: 235, updated: 191, available: 231 },
    kind: 'progressing',
    words: 'Progressing',
    line: '191 of 235 updated',
  },
  {
    name: 'old pods are missing and nobody said why',
    row: { desired: 24, available: 22 },
    kind: 'degraded',
    words: 'Degraded',
    line: '22 of 24 available',
  },
  {
    name: 'pods are missing five minutes after its making',
    row: { desired: 24, available: 22, creationTimestamp: JUST_NOW },
    kind: 'progressing',
    words: 'Progressing',
    line: '22 of 24 available',
  },
  {
    name: 'pods are missing five minutes after a restart',
    row: { desired: 24, available: 22, restartedAt: JUST_NOW },
    kind: 'progressing',
    words: 'Progressing',
    line: '22 of 24 available',
  },
  {
    name: 'every missing pod is young',
    row: { desired: 24, available: 22 },
    young: true,
    kind: 'progressing',
    words: 'Progressing',
    line: '22 of 24 available',
  },
  {
    name: 'a missing pod fails, though the rollout is young',
    row: { desired: 24, available: 22, restartedAt: JUST_NOW },
    young: false,
    kind: 'degraded',
    words: 'Degraded',
    line: '22 of 24 available',
  },
];

describe('the status of a DaemonSet', () => {
  it.each(CASES)('is "$words" when $name', ({ row: overrides, young, kind, words, line }) => {
    const row = aDaemonSet(overrides);
    const cause = young === undefined ? {} : { cause: { missingPodsAreYoung: young } };
    const status = daemonSetStatus(row, { now: NOW, ...cause });
    expect(status.kind).toBe(kind);
    expect(statusWords(status)).toBe(words);
    expect(statusSecondLine(row, status)).toBe(line);
  });

  it('shows misscheduled pods beside any status', () => {
    expect(isMisscheduled(aDaemonSet({ misscheduled: 3 }))).toBe(true);
    expect(isMisscheduled(aDaemonSet())).toBe(false);
  });

  it.each<[boolean, Partial<DaemonSetRow>]>([
    [false, {}],
    [true, { available: 2 }],
    [true, { updated: 2 }],
    [false, { updated: 2, strategy: onDelete }],
    [true, { available: 2, strategy: onDelete }],
    [false, { desired: 0 }],
    [false, { available: 0, deletionTimestamp: JUST_NOW }],
  ])('wants a cause: %j for %j', (expected, overrides) => {
    expect(wantsCause(aDaemonSet(overrides))).toBe(expected);
  });
});

describe('kubectl rollout status', () => {
  it.each<[Partial<DaemonSetRow>, string]>([
    [{}, 'daemon set "agent" successfully rolled out'],
    [{ generation: 2 }, 'Waiting for daemon set spec update to be observed...'],
    [{ updated: 1 }, 'Waiting for daemon set "agent" rollout to finish: 1 out of 3 new pods have been updated...'],
    [{ available: 2 }, 'Waiting for daemon set "agent" rollout to finish: 2 of 3 updated pods are available...'],
    [{ strategy: onDelete, updated: 0 }, 'rollout status is only available for RollingUpdate strategy type'],
  ])('of %j says: %s', (overrides, words) => {
    expect(rolloutStatusWords(aDaemonSet(overrides))).toBe(words);
  });

  it('says "rolled out" exactly when the status does, wherever there are nodes', () => {
    const count = fc.nat(5);
    fc.assert(
      fc.property(
        count,
        count,
        count,
        count,
        fc.integer({ min: 1, max: 5 }),
        (generation, observedGeneration, updated, available, desired) => {
          const row = aDaemonSet({ generation, observedGeneration, updated, available, desired });
          const done = rolloutStatusWords(row).endsWith('successfully rolled out');
          expect(daemonSetStatus(row, { now: NOW }).kind === 'rolledOut').toBe(done);
        },
      ),
    );
  });
});
