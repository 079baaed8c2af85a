import { describe, expect, it } from 'vitest';
import { aDaemonSet, aPodRow, aRevisionRow } from '../../../../tests/fakes/rows.ts';
import type { ControllerRevisionRow } from '../../../shared/kubernetes/rows.ts';
import { containerWords, quantitiesWords, startWords, stateTone, stateWords } from './container-words.ts';
import { firstContainer, firstPod } from './log-target.ts';
import { filterPods } from './pod-filter.ts';
import { podStatusWords, podTone } from './pod-status.ts';
import { readWords } from './read-words.ts';
import { podRevisions } from './revision-names.ts';
import { rolloutProgress, strategyWords } from './rollout-progress.ts';

const NOW = Date.parse('2026-01-02T00:00:00Z');

function aRevision(revision: number, hash: string): ControllerRevisionRow {
  return aRevisionRow({ revision, hash });
}

const revisions = [aRevision(3, 'aaa'), aRevision(12, 'bbb'), aRevision(11, 'ccc')];

describe('the revision of a pod', () => {
  it('is a number, and old when it is not the newest', () => {
    const revisionOf = podRevisions(revisions);
    expect(revisionOf(aPodRow({ revisionHash: 'bbb' }))).toEqual({ words: '#12', isOld: false, number: 12 });
    expect(revisionOf(aPodRow({ revisionHash: 'ccc' }))).toEqual({ words: '#11', isOld: true, number: 11 });
  });

  it('is old when the history no longer holds it', () => {
    expect(podRevisions(revisions)(aPodRow({ revisionHash: 'gone' }))).toMatchObject({ words: 'old', isOld: true });
  });

  it('calls nothing old while the revisions are not known', () => {
    expect(podRevisions([])(aPodRow({ revisionHash: 'bbb' }))).toMatchObject({ words: 'bbb', isOld: false });
    expect(podRevisions(revisions)(aPodRow())).toMatchObject({ words: '–', isOld: false });
  });
});

describe('the status of a pod', () => {
  it('joins the server’s STATUS and READY', () => {
    expect(podStatusWords(aPodRow({ reason: 'CrashLoopBackOff', readyContainers: 1, totalContainers: 2 }))).toBe(
      'CrashLoopBackOff 1/2',
    );
  });

  it('has the colour of what it means', () => {
    const notReady = { ready: false, readyContainers: 0 };
    expect(podTone(aPodRow(), false, NOW)).toBe('good');
    expect(podTone(aPodRow(), true, NOW)).toBe('quiet');
    expect(podTone(aPodRow({ ...notReady, reason: 'CrashLoopBackOff' }), true, NOW)).toBe('bad');
    expect(podTone(aPodRow({ ...notReady, reason: 'ContainerCreating', phase: 'Pending' }), false, NOW)).toBe('info');
    expect(podTone(aPodRow({ deletionTimestamp: '2026-01-01T00:00:00Z' }), false, NOW)).toBe('quiet');
  });
});

describe('the filter of the pods', () => {
  const pods = [
    aPodRow({ name: 'agent-1', nodeName: 'node-001', podIP: '10.4.0.1', revisionHash: 'bbb' }),
    aPodRow({ name: 'agent-2', nodeName: 'node-002', reason: 'CrashLoopBackOff', revisionHash: 'ccc' }),
  ];
  const names = (filter: string) => filterPods(pods, filter, podRevisions(revisions)).map((pod) => pod.name);

  it('finds by name, node, address, status and revision', () => {
    expect(names('NODE-002')).toEqual(['agent-2']);
    expect(names('10.4.0')).toEqual(['agent-1']);
    expect(names('crash')).toEqual(['agent-2']);
    expect(names('#12')).toEqual(['agent-1']);
    expect(names('old')).toEqual(['agent-2']);
  });

  it('wants every word, and without one shows all', () => {
    expect(names('agent old')).toEqual(['agent-2']);
    expect(names('agent-1 old')).toEqual([]);
    expect(names('  ')).toEqual(['agent-1', 'agent-2']);
  });
});

describe('a rollout', () => {
  const strategy = { type: 'RollingUpdate', maxUnavailable: '10%', maxSurge: 0 } as const;

  it('says how far it is and at what pace, the percentage rounded up', () => {
    const row = aDaemonSet({ desired: 235, updated: 191, available: 231, strategy });
    expect(rolloutProgress(row, { kind: 'progressing', waitsFor: 'updated' })).toEqual({
      updated: 191,
      desired: 235,
      words: '191 of 235 updated, 231 available',
      pace: 'maxUnavailable 10% = 24 nodes',
    });
  });

  it('names the surge where that is the pace, and a single node', () => {
    const row = aDaemonSet({ desired: 3, strategy: { type: 'RollingUpdate', maxUnavailable: 0, maxSurge: '10%' } });
    expect(rolloutProgress(row, { kind: 'degraded' })?.pace).toBe('maxSurge 10% = 1 node');
    expect(strategyWords(row.strategy)).toBe('RollingUpdate, maxSurge 10%');
  });

  it('is none when all is rolled out, and none with OnDelete', () => {
    expect(rolloutProgress(aDaemonSet(), { kind: 'rolledOut' })).toBeUndefined();
    const onDelete = aDaemonSet({ strategy: { type: 'OnDelete' } });
    expect(rolloutProgress(onDelete, { kind: 'degraded' })).toBeUndefined();
    expect(strategyWords(onDelete.strategy)).toBe('OnDelete');
  });
});

describe('the state of a container', () => {
  it('is worded with its reason and exit code', () => {
    expect(stateWords({ kind: 'waiting', reason: 'CrashLoopBackOff' })).toBe('Waiting: CrashLoopBackOff');
    expect(stateWords({ kind: 'terminated', reason: 'Error', exitCode: 1 })).toBe('Terminated: Error, exit code 1');
    expect(stateWords({ kind: 'terminated', signal: 9, exitCode: 137 })).toBe('Terminated: signal 9');
    expect(stateWords({ kind: 'unknown' })).toBe('Unknown');
    expect(startWords({ kind: 'running' })).toBe('running since');
    expect(startWords({ kind: 'terminated', exitCode: 0 })).toBe('started');
  });

  it('says when a running worker is not ready', () => {
    const worker = { state: { kind: 'running' }, ready: false, kind: 'worker' } as const;
    expect([containerWords(worker), stateTone(worker)]).toEqual(['Running, not ready', 'warn']);
    expect(containerWords({ ...worker, ready: true })).toBe('Running');
    expect(containerWords({ ...worker, kind: 'init' })).toBe('Running');
  });

  it('has the colour of what it means', () => {
    const tone = (state: Parameters<typeof stateTone>[0]['state']) =>
      stateTone({ state, ready: false, kind: 'worker' });
    expect(tone({ kind: 'waiting', reason: 'ContainerCreating' })).toBe('info');
    expect(tone({ kind: 'waiting', reason: 'ErrImagePull' })).toBe('bad');
    expect(tone({ kind: 'terminated', exitCode: 0 })).toBe('quiet');
    expect(tone({ kind: 'terminated', exitCode: 2 })).toBe('bad');
  });

  it('leaves out what is not set', () => {
    expect(quantitiesWords({ cpu: '100m', memory: '64Mi' })).toBe('cpu 100m · memory 64Mi');
    expect(quantitiesWords({})).toBeUndefined();
  });
});

describe('the log that answers most', () => {
  const crashed = { name: 'sidecar', kind: 'worker', ready: false, restarts: 4, state: 'CrashLoopBackOff' } as const;
  const fine = { name: 'main', kind: 'worker', ready: true, restarts: 0, state: 'running' } as const;
  const init = { name: 'setup', kind: 'init', ready: true, restarts: 0, state: 'Completed' } as const;

  it('is that of the pod that restarts and is not ready, else of the first by name', () => {
    const pods = [aPodRow({ name: 'b' }), aPodRow({ name: 'a' }), aPodRow({ name: 'c', ready: false, restarts: 3 })];
    expect(firstPod(pods)?.name).toBe('c');
    expect(firstPod(pods.slice(0, 2))?.name).toBe('a');
    expect(firstPod([])).toBeUndefined();
  });

  it('is that of the container that restarts, else of the first worker', () => {
    expect(firstContainer(aPodRow({ containers: [init, fine, crashed] }))).toBe('sidecar');
    expect(firstContainer(aPodRow({ containers: [init, fine] }))).toBe('main');
    expect(firstContainer(aPodRow({ containers: [] }))).toBeUndefined();
  });
});

describe('where a read stands', () => {
  it('is worth a word while it begins', () => {
    expect(readWords({ phase: 'live', since: 0 })).toBe('');
    expect(readWords({ phase: 'listing', received: 500, remaining: 4500 })).toBe('500 of about 5000 read…');
    expect(readWords({ phase: 'stale', since: 0, error: { reason: 'Unreachable', message: 'refused' } })).toBe('');
  });
});
