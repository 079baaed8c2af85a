import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NodeFacts, type PodPlacement, explainVerdict, nodeVerdict } from './node-coverage.ts';
import type { NodeSelectorTerm } from './node-affinity.ts';
import type { Taint } from './toleration.ts';

function aNode(overrides: Partial<NodeFacts> = {}): NodeFacts {
  return { name: 'node-a', labels: { 'kubernetes.io/os': 'linux', disk: 'ssd', cores: '8' }, taints: [], ...overrides };
}

function taint(key: string, effect: Taint['effect'], value?: string): Taint {
  return value === undefined ? { key, effect } : { key, effect, value };
}

function requires(...nodeSelectorTerms: NodeSelectorTerm[]): PodPlacement {
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } };
}

function words(placement: PodPlacement, node: NodeFacts): string {
  return explainVerdict(nodeVerdict(placement, node));
}

describe('a node should run a daemon pod', () => {
  it('when nothing stands against it', () => {
    expect(nodeVerdict({}, aNode())).toEqual({ outcome: 'shouldRun' });
    expect(words({}, aNode())).toBe('Runs a pod.');
  });

  it('when nodeName names it or is empty', () => {
    expect(nodeVerdict({ nodeName: 'node-a' }, aNode()).outcome).toBe('shouldRun');
    expect(nodeVerdict({ nodeName: '' }, aNode()).outcome).toBe('shouldRun');
  });

  it('when it is cordoned, under pressure or not ready, for the controller tolerates that', () => {
    const taints = [
      taint('node.kubernetes.io/unschedulable', 'NoSchedule'),
      taint('node.kubernetes.io/disk-pressure', 'NoSchedule'),
      taint('node.kubernetes.io/memory-pressure', 'NoSchedule'),
      taint('node.kubernetes.io/pid-pressure', 'NoSchedule'),
      taint('node.kubernetes.io/not-ready', 'NoExecute'),
      taint('node.kubernetes.io/unreachable', 'NoExecute'),
    ];
    expect(nodeVerdict({}, aNode({ taints })).outcome).toBe('shouldRun');
  });

  it('when its taint only prefers no pods', () => {
    expect(nodeVerdict({}, aNode({ taints: [taint('busy', 'PreferNoSchedule')] })).outcome).toBe('shouldRun');
  });

  it('when one of several affinity terms holds', () => {
    const placement = requires(
      { matchExpressions: [{ key: 'disk', operator: 'In', values: ['hdd'] }] },
      { matchExpressions: [{ key: 'cores', operator: 'Gt', values: ['4'] }] },
    );
    expect(nodeVerdict(placement, aNode()).outcome).toBe('shouldRun');
  });

  it.each<[string, NodeSelectorTerm]>([
    ['In', { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd', 'nvme'] }] }],
    ['NotIn on a missing label', { matchExpressions: [{ key: 'gone', operator: 'NotIn', values: ['x'] }] }],
    ['Exists', { matchExpressions: [{ key: 'disk', operator: 'Exists' }] }],
    ['DoesNotExist', { matchExpressions: [{ key: 'gone', operator: 'DoesNotExist' }] }],
    ['Lt', { matchExpressions: [{ key: 'cores', operator: 'Lt', values: ['16'] }] }],
    ['the field metadata.name', { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-a'] }] }],
    ['another field value', { matchFields: [{ key: 'metadata.name', operator: 'NotIn', values: ['node-b'] }] }],
  ])('by %s', (_, term) => {
    expect(nodeVerdict(requires(term), aNode()).outcome).toBe('shouldRun');
  });
});

describe('a node should not run a daemon pod', () => {
  it('when nodeName names another', () => {
    expect(nodeVerdict({ nodeName: 'node-b' }, aNode())).toEqual({
      outcome: 'mustLeave',
      refusals: [{ kind: 'nodeName', wanted: 'node-b' }],
    });
    expect(words({ nodeName: 'node-b' }, aNode())).toBe('Runs no pod: nodeName wants node-b.');
  });

  it('names each selector key that it lacks or has otherwise', () => {
    const placement = { nodeSelector: { disk: 'nvme', gpu: 'true', 'kubernetes.io/os': 'linux' } };
    expect(words(placement, aNode())).toBe(
      'Runs no pod: nodeSelector wants disk=nvme, node has disk=ssd; nodeSelector wants gpu=true, node lacks gpu.',
    );
  });

  it('is not fooled by names of object methods', () => {
    expect(nodeVerdict({ nodeSelector: { constructor: 'x' } }, aNode()).outcome).toBe('mustLeave');
  });

  it('names the requirement of the one affinity term', () => {
    const placement = requires({
      matchExpressions: [
        { key: 'disk', operator: 'NotIn', values: ['ssd'] },
        { key: 'zone', operator: 'Exists' },
      ],
    });
    expect(words(placement, aNode())).toBe(
      'Runs no pod: node affinity term wants disk!=ssd, node has disk=ssd and wants zone, node lacks zone.',
    );
  });

  it('says of each of several terms why it does not hold', () => {
    const placement = requires(
      { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-b'] }] },
      {},
      { matchExpressions: [{ key: 'cores', operator: 'Gt', values: ['many'] }] },
    );
    expect(words(placement, aNode())).toBe(
      'Runs no pod: no node affinity term holds: term 1 wants metadata.name=node-b, node is node-a; ' +
        'term 2 is empty and selects no node; term 3 cannot be read (cores: Gt needs an integer).',
    );
  });

  it('when its affinity has no terms at all', () => {
    expect(words(requires(), aNode())).toBe('Runs no pod: node affinity has no terms and selects no node.');
  });

  it.each<NodeSelectorTerm>([
    { matchExpressions: [{ key: 'disk', operator: 'In', values: [] }] },
    { matchExpressions: [{ key: 'disk', operator: 'Exists', values: ['x'] }] },
    { matchExpressions: [{ key: 'cores', operator: 'Lt', values: ['1', '2'] }] },
    { matchExpressions: [{ key: '-bad', operator: 'Exists' }] },
    { matchExpressions: [{ key: 'disk', operator: 'In', values: ['_bad'] }] },
    { matchExpressions: [{ key: 'disk', operator: 'Near' as unknown as 'In', values: ['ssd'] }] },
    { matchFields: [{ key: 'metadata.name', operator: 'Exists' }] },
    { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-a', 'node-b'] }] },
  ])('when its only term cannot be read: %j', (term) => {
    const verdict = nodeVerdict(requires(term), aNode());
    expect(verdict.outcome).toBe('mustLeave');
    expect(explainVerdict(verdict)).toContain('cannot be read');
  });

  it('but an existing pod may stay when only a NoSchedule taint stands against it', () => {
    const node = aNode({ taints: [taint('dedicated', 'NoSchedule', 'gpu')] });
    expect(nodeVerdict({}, node).outcome).toBe('mayStay');
    expect(words({}, node)).toBe(
      'Gets no new pod, one that is there may stay: untolerated taint dedicated=gpu:NoSchedule.',
    );
  });

  it('and an existing pod must leave a NoExecute taint', () => {
    const node = aNode({ taints: [taint('a', 'NoSchedule'), taint('b', 'NoExecute')] });
    expect(words({}, node)).toBe('Runs no pod: untolerated taint a:NoSchedule; untolerated taint b:NoExecute.');
  });

  it('when its network is unavailable, unless the pod uses the host network', () => {
    const node = aNode({ taints: [taint('node.kubernetes.io/network-unavailable', 'NoSchedule')] });
    expect(nodeVerdict({}, node).outcome).toBe('mayStay');
    expect(nodeVerdict({ hostNetwork: true }, node).outcome).toBe('shouldRun');
  });

  it('when it is unreachable with NoSchedule too: desired falls to 0 while the pods stay', () => {
    const taints = [
      taint('node.kubernetes.io/unreachable', 'NoSchedule'),
      taint('node.kubernetes.io/unreachable', 'NoExecute'),
    ];
    expect(nodeVerdict({}, aNode({ taints })).outcome).toBe('mayStay');
  });
});

describe('the verdict', () => {
  const key = fc.constantFrom('a', 'b', 'c');
  const value = fc.constantFrom('x', 'y');
  const node = fc.record({
    name: fc.constantFrom('n1', 'n2'),
    labels: fc.dictionary(key, value),
    taints: fc.array(
      fc.record({
        key,
        value,
        effect: fc.constantFrom('NoSchedule' as const, 'NoExecute' as const, 'PreferNoSchedule' as const),
      }),
      { maxLength: 3 },
    ),
  });
  const placement = fc.record({
    nodeSelector: fc.dictionary(key, value, { maxKeys: 2 }),
    tolerations: fc.array(fc.record({ key, operator: fc.constant('Exists') }), { maxLength: 2 }),
  });

  it('never gets worse by another toleration', () => {
    const rank = { mustLeave: 0, mayStay: 1, shouldRun: 2 };
    fc.assert(
      fc.property(placement, node, key, (given, where, tolerated) => {
        const more = { ...given, tolerations: [...given.tolerations, { key: tolerated, operator: 'Exists' }] };
        expect(rank[nodeVerdict(more, where).outcome]).toBeGreaterThanOrEqual(rank[nodeVerdict(given, where).outcome]);
      }),
    );
  });

  it('is always explained in one sentence', () => {
    fc.assert(
      fc.property(placement, node, (given, where) => {
        expect(explainVerdict(nodeVerdict(given, where))).toMatch(
          /^(Runs a pod|Runs no pod: .+|Gets no new pod, .+: .+)\.$/,
        );
      }),
    );
  });
});
