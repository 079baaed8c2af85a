import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aPodRow } from '../../../tests/fakes/rows.ts';
import { podsByNode } from './rollout-nodes.ts';
import type { NodeRow } from './rows.ts';
import { amountProblem, planWaves, type StagedOptions } from './staged-plan.ts';

const ALL: StagedOptions = { nodeSelector: '', zones: [], share: '100%', waveSize: 2 };

function aNode(name: string, labels: Readonly<Record<string, string>> = {}): NodeRow {
  return {
    uid: `uid-${name}`,
    name,
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
    labels,
    taints: [],
    unschedulable: false,
    ready: true,
  };
}
const old = (nodeName: string) => aPodRow({ nodeName, revisionHash: 'old' });
const zone = (value: string) => ({ 'topology.kubernetes.io/zone': value });

const PODS = [
  old('node-10'),
  old('node-2'),
  old('node-1'),
  old('node-3'),
  aPodRow({ nodeName: 'node-4', revisionHash: 'new' }),
  aPodRow({ nodeName: 'node-5', name: 'without-hash' }),
  aPodRow({ nodeName: 'node-6', revisionHash: 'old', deletionTimestamp: '2026-01-01T00:02:00Z' }),
];
const NODES = [
  aNode('node-1', zone('a')),
  aNode('node-2', { ...zone('b'), disk: 'ssd' }),
  aNode('node-3', { ...zone('b'), disk: 'hdd' }),
  aNode('node-10', { ...zone('a'), disk: 'ssd' }),
];
const planOf = (options: Partial<StagedOptions>) => planWaves(podsByNode(PODS, 'new'), NODES, { ...ALL, ...options });

describe('the waves of a staged rollout', () => {
  it('are over nodes with old pods, by name as people count; new, leaving and unknown pods are left alone', () => {
    expect(planOf({})).toEqual({
      waves: [
        ['node-1', 'node-2'],
        ['node-3', 'node-10'],
      ],
      left: [],
      unknown: ['node-5'],
    });
  });

  it.each<[string, Partial<StagedOptions>, readonly (readonly string[])[]]>([
    ['a label', { nodeSelector: 'disk=ssd' }, [['node-2', 'node-10']]],
    ['the lack of a label', { nodeSelector: '!disk' }, [['node-1']]],
    ['zones', { zones: ['b'], waveSize: 1 }, [['node-2'], ['node-3']]],
    ['label and zone together', { nodeSelector: 'disk in (ssd,hdd)', zones: ['a'] }, [['node-10']]],
    ['the first N', { share: 1 }, [['node-1']]],
    ['a share, rounded up', { share: '26%' }, [['node-1', 'node-2']]],
    ['a share of what a label chose', { nodeSelector: 'disk', share: '50%' }, [['node-2', 'node-3']]],
    [
      'percent of a wave, rounded down',
      { waveSize: '74%' },
      [
        ['node-1', 'node-2'],
        ['node-3', 'node-10'],
      ],
    ],
    ['a small percent, one at a time', { waveSize: '1%', share: 2 }, [['node-1'], ['node-2']]],
    ['a label that no node has', { nodeSelector: 'gpu' }, []],
  ])('are chosen by %s', (_, options, waves) => {
    expect(planOf(options)).toMatchObject({ waves });
  });

  it('names the nodes that were not chosen', () => {
    expect(planOf({ share: 1 })).toMatchObject({ left: ['node-2', 'node-3', 'node-10'] });
  });

  it('chooses no node by label or zone of which nothing is known', () => {
    expect(planWaves(podsByNode(PODS, 'new'), [], { ...ALL, zones: ['a'] })).toMatchObject({ waves: [] });
  });

  it.each([0, -1, 1.5, '0%', '101%', 'x', '', '1.5%'])('refuses the amount %j', (amount) => {
    expect(amountProblem(amount)).toBeDefined();
    expect(planOf({ waveSize: amount })).toHaveProperty('problem');
    expect(planOf({ share: amount })).toHaveProperty('problem');
  });

  it('refuses a selector that cannot be read, in the server’s words', () => {
    expect(planOf({ nodeSelector: 'a in b' })).toMatchObject({
      problem: expect.stringMatching(/^The node selector cannot be read: /) as string,
    });
  });

  it('hold every node with an old pod exactly once, and never more than the size', () => {
    const amount = fc.oneof(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 100 }).map((n) => `${n}%`),
    );
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60), { maxLength: 40 }), amount, amount, (numbers, share, waveSize) => {
        const names = numbers.map((number) => `node-${number}`);
        const plan = planWaves(podsByNode(names.map(old), 'new'), [], { ...ALL, share, waveSize });
        if ('problem' in plan) throw new Error(plan.problem);
        const chosen = plan.waves.flat();
        expect([...chosen, ...plan.left].toSorted()).toEqual(names.toSorted());
        const size =
          typeof waveSize === 'number' ? waveSize : Math.max(1, (chosen.length * parseInt(waveSize, 10)) / 100);
        for (const wave of plan.waves) expect(wave.length > 0 && wave.length <= size).toBe(true);
      }),
    );
  });
});
