import { expect, it } from 'vitest';
import { formOf } from '../../../tests/fakes/form-at-hand.ts';
import type { NodeRow } from '../kubernetes/rows.ts';
import { draftNodes, matchingNodes } from './matching-nodes.ts';

function aNode(name: string, labels: Readonly<Record<string, string>>, taints: NodeRow['taints'] = []): NodeRow {
  return {
    uid: name,
    name,
    resourceVersion: '1',
    creationTimestamp: '',
    labels,
    taints,
    unschedulable: false,
    ready: true,
  };
}

const NODES = [
  aNode('a', { zone: 'z1', os: 'linux' }),
  aNode('b', { zone: 'z2', os: 'linux' }),
  aNode('gpu', { zone: 'z2', os: 'linux' }, [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }]),
  aNode('odd', { os: 'linux' }, [{ key: 'new', effect: 'SomethingNewer' }]),
];

function eligible(podSpec: string): number {
  const { manifest } = formOf(`kind: DaemonSet\nspec: {template: {spec: ${podSpec}}}\n`);
  return matchingNodes(manifest, NODES).eligible;
}

const required = (terms: string) =>
  `{affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: ${terms}}}}}`;

it.each([
  ['{}', 3],
  ['{nodeSelector: {zone: z2}}', 1],
  ['{tolerations: [{operator: Exists}]}', 4],
  ['{tolerations: [{key: gpu, operator: Equal, value: "yes"}], nodeSelector: {zone: z2}}', 2],
  [required('[{matchExpressions: [{key: zone, operator: In, values: [z1]}]}]'), 1],
  [
    required(
      '[{matchExpressions: [{key: zone, operator: In, values: [z1]}]}, {matchExpressions: [{key: zone, operator: DoesNotExist}]}]',
    ),
    2,
  ],
  [required('[{matchFields: [{key: metadata.name, operator: In, values: [b]}]}]'), 1],
  ['{nodeName: a}', 1],
  // As the controller has it: no term, no node.
  [required('[]'), 0],
  ['{nodeSelector: [], tolerations: 3, affinity: x}', 3],
])('a template of %s has its nodes counted', (podSpec, count) => {
  expect(eligible(podSpec)).toBe(count);
});

it('a manifest without a template matches as one without demands', () => {
  expect(matchingNodes({}, NODES)).toEqual({ eligible: 3, nodes: NODES });
});

it('names the nodes that would run a pod, and what stands against the others', () => {
  const { manifest } = formOf('kind: DaemonSet\nspec: {template: {spec: {nodeSelector: {zone: z2}}}}\n');
  expect(draftNodes(manifest, NODES)).toEqual({
    run: ['b'],
    excluded: [
      { name: 'a', why: expect.stringContaining('zone') },
      { name: 'gpu', why: expect.stringContaining('gpu=yes:NoSchedule') },
      { name: 'odd', why: expect.stringContaining('zone') },
    ],
  });
});
