import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeTraits, placement } from '../../../tests/conformance/random-placement.ts';
import { aNodeRow as aNode, aPodRow } from '../../../tests/fakes/rows.ts';
import { classCounts, coverageOf, refusalWords } from './coverage.ts';
import { placementChange } from './placement-change.ts';
import { toPodRow } from './pod-row.ts';
import type { NodeRow, PodRow } from './rows.ts';

const NOW = Date.parse('2026-01-02T00:00:00Z');

const cover = (nodes: readonly NodeRow[], pods: readonly PodRow[], wanted = {}) =>
  coverageOf({ placement: wanted, nodes, pods, currentHash: 'new', minReadySeconds: 0, now: NOW });
const gpu = { taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }] };

describe('the coverage of nodes', () => {
  it('puts each node in its class with the taint that stands against it', () => {
    const nodes = [aNode('a'), aNode('b'), aNode('c', gpu), aNode('d', gpu)];
    const { nodes: found } = cover(nodes, [aPodRow({ nodeName: 'a' }), aPodRow({ nodeName: 'd' })]);
    expect(found.map(({ nodeClass }) => nodeClass)).toEqual([
      'runs',
      'shouldRunAndDoesNot',
      'excluded',
      'runsAndShouldNot',
    ]);
    expect(found.map(({ verdict }) => refusalWords(verdict))).toEqual([
      undefined,
      undefined,
      'untolerated taint dedicated=gpu:NoSchedule',
      'untolerated taint dedicated=gpu:NoSchedule',
    ]);
  });

  it('finds the node of a pod that has none yet, and gives the scheduler’s own message', () => {
    const message = '0/2 nodes are available: 1 Insufficient memory.';
    const matchFields = [{ key: 'metadata.name', operator: 'In', values: ['b'] }];
    const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] } };
    const pod = toPodRow({
      metadata: { name: 'p', uid: 'p', labels: { 'controller-revision-hash': 'old' } },
      spec: { affinity: { nodeAffinity: required } },
      status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', message }] },
    });
    const [, entry] = cover([aNode('a'), aNode('b')], [pod]).nodes;
    expect(entry?.pods).toMatchObject([{ state: 'pending', words: message, isOld: true }]);
  });

  it('keeps pods of nodes that are gone apart, and leaves out those that have ended and are being deleted', () => {
    const gone = aPodRow({ nodeName: 'gone' });
    const ended = aPodRow({ nodeName: 'a', phase: 'Failed', deletionTimestamp: '2026-01-01T00:00:00Z' });
    const { nodes, elsewhere } = cover([aNode('a')], [gone, ended]);
    expect(elsewhere).toEqual([gone]);
    expect(nodes).toMatchObject([{ nodeClass: 'shouldRunAndDoesNot', pods: [] }]);
  });

  it('says of each node its state, whether its pod is old, and why', () => {
    const nodes = [aNode('a'), aNode('b'), aNode('c'), aNode('d', gpu), aNode('e', gpu), aNode('f')];
    const pods = [
      aPodRow({ nodeName: 'a', revisionHash: 'old' }),
      aPodRow({ nodeName: 'b', ready: false, reason: 'CrashLoopBackOff', revisionHash: 'new' }),
      aPodRow({ nodeName: 'd' }),
    ];
    const failures = { words: 'a ResourceQuota refuses its pod: exceeded quota: q', failedNodes: new Set(['f']) };
    const { nodes: found } = coverageOf({
      placement: {},
      nodes,
      pods,
      currentHash: 'new',
      minReadySeconds: 0,
      failures,
      now: NOW,
    });
    const taint = 'untolerated taint dedicated=gpu:NoSchedule';
    expect(found.map(({ state, isOld, why }) => [state, isOld, why])).toEqual([
      ['ready', true, undefined],
      ['failing', false, 'crash loop'],
      ['missing', false, failures.words],
      ['extra', false, `${taint}; its pod may stay`],
      ['excluded', false, taint],
      ['missing', false, 'its pod failed, and is made again after a pause that grows'],
    ]);
  });

  it('counts a pod that waits for minReadySeconds as starting, and says where no event explains a missing one', () => {
    const pods = [aPodRow({ nodeName: 'a', readySince: '2026-01-01T23:59:55Z' })];
    const nodes = [aNode('a'), aNode('b')];
    const { nodes: found } = coverageOf({ placement: {}, nodes, pods, minReadySeconds: 30, now: NOW });
    expect(found.map(({ state, why }) => [state, why])).toEqual([
      ['starting', 'ready for less than 30 s'],
      ['missing', 'it has no pod yet, and no event of the DaemonSet says why'],
    ]);
  });

  it('has every node once, every pod once, and classes that count up', () => {
    const names = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5'];
    const onNodes = fc.array(fc.constantFrom(...names, 'gone'), { maxLength: 9 });
    fc.assert(
      fc.property(fc.array(nodeTraits, { maxLength: 6 }), placement(names), onNodes, (traits, wanted, places) => {
        const nodes = traits.map((each, index) => aNode(`n${index}`, each));
        const pods = places.map((nodeName, index) => aPodRow({ nodeName, name: `p${index}` }));
        const coverage = cover(nodes, pods, wanted);
        const counts = classCounts(coverage);
        expect(coverage.nodes.map(({ node }) => node)).toEqual(nodes);
        expect(counts.runs + counts.shouldRunAndDoesNot + counts.runsAndShouldNot + counts.excluded).toBe(nodes.length);
        const desired = coverage.nodes.filter(({ verdict }) => verdict.outcome === 'shouldRun').length;
        expect(counts.runs + counts.shouldRunAndDoesNot).toBe(desired);
        const placed = coverage.nodes.flatMap((entry) => entry.pods.map(({ pod }) => pod.uid));
        const all = [...placed, ...coverage.elsewhere.map(({ uid }) => uid)];
        expect(all.toSorted()).toEqual(pods.map(({ uid }) => uid).toSorted());
      }),
    );
  });

  it('tells which nodes a draft would gain and lose', () => {
    const nodes = [
      aNode('a', { labels: { disk: 'ssd' } }),
      aNode('b'),
      aNode('c', { ...gpu, labels: { disk: 'ssd' } }),
    ];
    const after = { nodeSelector: { disk: 'ssd' }, tolerations: [{ operator: 'Exists' }] };
    expect(placementChange({}, after, nodes, 'RollingUpdate')).toEqual({ gain: ['c'], lose: ['b'] });
    expect(placementChange(after, after, nodes, 'RollingUpdate')).toEqual({ gain: [], lose: [] });
  });

  it('tells that a node keeps a pod that is no longer tolerated under OnDelete, and loses one that is not selected', () => {
    const nodes = [aNode('a', gpu), aNode('b', { labels: { disk: 'hdd' } })];
    const before = { tolerations: [{ operator: 'Exists' }] };
    expect(placementChange(before, {}, nodes, 'OnDelete')).toEqual({ gain: [], lose: [] });
    expect(placementChange(before, {}, nodes, 'RollingUpdate')).toEqual({ gain: [], lose: ['a'] });
    const ssd = { nodeSelector: { disk: 'ssd' } };
    expect(placementChange(before, ssd, nodes, 'OnDelete')).toEqual({ gain: [], lose: ['a', 'b'] });
    // One that only may stay where it is: it goes with its revision, stays under OnDelete, or is wanted again.
    const holders = new Set(['a']);
    expect(placementChange({}, {}, nodes, 'RollingUpdate', holders)).toEqual({ gain: [], lose: ['a'] });
    expect(placementChange({}, {}, nodes, 'OnDelete', holders)).toEqual({ gain: [], lose: [] });
    expect(placementChange({}, before, nodes, 'RollingUpdate', holders)).toEqual({ gain: [], lose: [] });
    expect(placementChange({}, before, nodes, 'RollingUpdate')).toEqual({ gain: ['a'], lose: [] });
  });
});
