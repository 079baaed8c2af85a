import { asObject, at, records, stringMapAt, text } from './json-fields.ts';
import type { LabelRequirement } from './label-requirement.ts';
import type { Affinity, NodeSelectorTerm } from './node-affinity.ts';
import type { PodPlacement } from './node-coverage.ts';
import type { Toleration } from './toleration.ts';

/** What of a PodSpec decides where its pods run; what has another shape than the API's is left out. */
export function placementOf(podSpec: unknown): PodPlacement {
  const spec = asObject(podSpec);
  const nodeName = text(spec['nodeName']);
  const required = at(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  const affinity: Affinity | undefined =
    required === undefined || required === null
      ? undefined
      : {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: records(at(required, 'nodeSelectorTerms')).map(termOf),
            },
          },
        };
  return {
    ...(nodeName === '' ? {} : { nodeName }),
    nodeSelector: stringMapAt(spec, 'nodeSelector'),
    tolerations: records(spec['tolerations']).map(tolerationOf),
    hostNetwork: spec['hostNetwork'] === true,
    ...(affinity ? { affinity } : {}),
  };
}

function termOf(term: Readonly<Record<string, unknown>>): NodeSelectorTerm {
  return {
    matchExpressions: requirementsOf(term['matchExpressions']),
    matchFields: requirementsOf(term['matchFields']),
  };
}

function requirementsOf(value: unknown): readonly LabelRequirement[] {
  return records(value).map(({ key, operator, values }) => ({
    key: text(key),
    // An operator that is none matches nothing, as in the controller.
    operator: text(operator) as LabelRequirement['operator'],
    values: Array.isArray(values) ? values.map(text) : [],
  }));
}

function tolerationOf({ key, operator, value, effect }: Readonly<Record<string, unknown>>): Toleration {
  return { key: text(key), operator: text(operator), value: text(value), effect: text(effect) };
}
