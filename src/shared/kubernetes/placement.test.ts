import { describe, expect, it } from 'vitest';
import { nodeVerdict } from './node-coverage.ts';
import { placementOf } from './placement.ts';

describe('the placement of a pod’s spec', () => {
  const node = { name: 'n1', labels: { os: 'linux' }, taints: [{ key: 'gpu', effect: 'NoSchedule' as const }] };
  const outcome = (podSpec: unknown) => nodeVerdict(placementOf(podSpec), node).outcome;
  const term = (requirement: object) => ({
    tolerations: [{ key: 'gpu', operator: 'Exists' }],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [requirement] }] },
      },
    },
  });

  it.each<readonly [unknown, string]>([
    [{ tolerations: [{ operator: 'Exists' }] }, 'shouldRun'],
    [{}, 'mayStay'],
    [{ tolerations: [{ operator: 'Exists' }], nodeSelector: { os: 'windows' } }, 'mustLeave'],
    [{ tolerations: [{ operator: 'Exists' }], nodeName: 'n2' }, 'mustLeave'],
    [term({ key: 'os', operator: 'In', values: ['linux'] }), 'shouldRun'],
    [term({ key: 'os', operator: 'Exists' }), 'shouldRun'],
    [term({ key: 'os', operator: 'In', values: ['windows'] }), 'mustLeave'],
    [term({ key: 'os', operator: 'Sometimes' }), 'mustLeave'],
    [{ tolerations: 5, nodeSelector: [], affinity: { nodeAffinity: 'x' } }, 'mayStay'],
    [null, 'mayStay'],
  ])('%j makes the node one that %s', (podSpec, wanted) => {
    expect(outcome(podSpec)).toBe(wanted);
  });
});
