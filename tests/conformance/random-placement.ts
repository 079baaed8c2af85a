import fc from 'fast-check';
import type { PodPlacement } from '../../src/shared/kubernetes/node-coverage.ts';
import type { LabelRequirement } from '../../src/shared/kubernetes/label-requirement.ts';
import type { NodeSelectorTerm } from '../../src/shared/kubernetes/node-affinity.ts';
import type { Taint, Toleration } from '../../src/shared/kubernetes/toleration.ts';

/** Few keys and values, so that what is drawn apart often meets. */
const KEYS = ['a', 'b', 'c'] as const;
const VALUES = ['1', '2', '10', 'x'] as const;
const TAINT_KEYS = ['example.com/t', 'example.com/u'] as const;
const EFFECTS = ['NoSchedule', 'NoExecute', 'PreferNoSchedule'] as const;

const key = fc.constantFrom(...KEYS);
const value = fc.constantFrom(...VALUES);
const labels = fc.dictionary(key, value, { maxKeys: 3 });

const taint: fc.Arbitrary<Taint> = fc.record({
  key: fc.constantFrom(...TAINT_KEYS),
  value: fc.constantFrom('', ...VALUES.slice(0, 2)),
  effect: fc.constantFrom(...EFFECTS),
});

/** What a node has: labels, and at most one taint of a key and effect, as the API asks. */
export const nodeTraits = fc.record({
  labels,
  taints: fc.uniqueArray(taint, { maxLength: 2, selector: (each) => `${each.key}/${each.effect}` }),
});

const effect = fc.constantFrom('', ...EFFECTS);
const toleration: fc.Arbitrary<Toleration> = fc.oneof(
  fc.record({ key: fc.constantFrom(...TAINT_KEYS), operator: fc.constant('Exists'), effect }),
  fc.record({
    key: fc.constantFrom(...TAINT_KEYS),
    operator: fc.constantFrom('Equal', ''),
    value: fc.constantFrom('', '1', '2'),
    effect,
  }),
  fc.record({ operator: fc.constant('Exists'), effect }),
);

const expression: fc.Arbitrary<LabelRequirement> = fc.oneof(
  fc.record({
    key,
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: fc.uniqueArray(value, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ key, operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const) }),
  fc.record({
    key,
    operator: fc.constantFrom('Gt' as const, 'Lt' as const),
    values: fc.constantFrom(['0'], ['1'], ['2'], ['9']),
  }),
);

function field(nodeNames: readonly string[]): fc.Arbitrary<LabelRequirement> {
  return fc.record({
    key: fc.constant('metadata.name'),
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: fc.constantFrom(...nodeNames).map((name) => [name]),
  });
}

/** A template's wishes about nodes, valid to the API server; about half have none of each kind. */
export function placement(nodeNames: readonly string[]): fc.Arbitrary<PodPlacement> {
  const term: fc.Arbitrary<NodeSelectorTerm> = fc.record({
    matchExpressions: fc.array(expression, { maxLength: 2 }),
    matchFields: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: field(nodeNames).map((each) => [each]) },
    ),
  });
  const affinity = fc.array(term, { minLength: 1, maxLength: 3 }).map((nodeSelectorTerms) => ({
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  }));
  return fc.record(
    {
      nodeSelector: fc.dictionary(key, value, { maxKeys: 1 }),
      affinity,
      tolerations: fc.array(toleration, { maxLength: 3 }),
      hostNetwork: fc.boolean(),
    },
    { requiredKeys: [] },
  );
}
