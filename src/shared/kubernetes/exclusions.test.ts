import { expect, it } from 'vitest';
import { coverageOf } from './coverage.ts';
import { exclusions } from './exclusions.ts';
import type { NodeRow } from './rows.ts';

function aNode(name: string, labels: NodeRow['labels'], taints: NodeRow['taints'] = []): NodeRow {
  const row = { uid: name, name, resourceVersion: '1', creationTimestamp: '', labels, taints };
  return { ...row, unschedulable: false, ready: true };
}

it('counts every excluded node once, by all that stands against it, without what is the node’s own', () => {
  const gpu = [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }];
  const nodes = [
    aNode('a', { disk: 'ssd' }),
    aNode('b', { disk: 'hdd' }),
    aNode('c', {}),
    aNode('d', { disk: 'ssd' }, gpu),
    aNode('e', {}, gpu),
  ];
  const placement = { nodeSelector: { disk: 'ssd' } };
  const coverage = coverageOf({ placement, nodes, pods: [], minReadySeconds: 0, now: 0 });
  expect(exclusions(coverage.nodes)).toEqual([
    { words: 'nodeSelector disk=ssd is not met', count: 2 },
    { words: 'nodeSelector disk=ssd is not met and taint dedicated=gpu:NoSchedule is not tolerated', count: 1 },
    { words: 'taint dedicated=gpu:NoSchedule is not tolerated', count: 1 },
  ]);
});
