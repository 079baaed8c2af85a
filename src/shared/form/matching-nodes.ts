import { asObject, objectAt, records, stringMapAt, text } from '../kubernetes/json-fields.ts';
import { nodeFacts } from '../kubernetes/coverage.ts';
import { nodeVerdict, type PodPlacement } from '../kubernetes/node-coverage.ts';
import type { NodeSelector, NodeSelectorTerm } from '../kubernetes/node-affinity.ts';
import { type LabelRequirement, REQUIREMENT_OPERATORS } from '../kubernetes/label-requirement.ts';
import type { NodeRow } from '../kubernetes/rows.ts';
import type { Toleration } from '../kubernetes/toleration.ts';
import type { JsonObject } from '../manifest/json-value.ts';
import { valueAt } from './form-document.ts';

/** How many of the nodes would run a pod of a manifest. */
export interface MatchingNodes {
  readonly eligible: number;
  readonly total: number;
}

/** Counts by the daemon controller's rule (`nodeVerdict`); what of the manifest has another shape counts as absent. */
export function coverageOf(manifest: JsonObject, nodes: readonly NodeRow[]): MatchingNodes {
  const placement = placementOf(manifest);
  const eligible = nodes.filter((node) => nodeVerdict(placement, nodeFacts(node)).outcome === 'shouldRun').length;
  return { eligible, total: nodes.length };
}

/** What of a manifest's pod template decides where its pods run. */
export function placementOf(manifest: JsonObject): PodPlacement {
  const spec = asObject(valueAt(manifest, ['spec', 'template', 'spec']));
  const required = objectAt(
    objectAt(objectAt(spec, 'affinity'), 'nodeAffinity'),
    'requiredDuringSchedulingIgnoredDuringExecution',
  );
  const terms = records(required['nodeSelectorTerms']);
  const selector: NodeSelector = { nodeSelectorTerms: terms.map(termOf) };
  const nodeName = text(spec['nodeName']);
  return {
    ...(nodeName === '' ? {} : { nodeName }),
    nodeSelector: stringMapAt(spec, 'nodeSelector'),
    ...(terms.length === 0
      ? {}
      : { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: selector } } }),
    tolerations: records(spec['tolerations']).map(tolerationOf),
    hostNetwork: spec['hostNetwork'] === true,
  };
}

function termOf(term: Readonly<Record<string, unknown>>): NodeSelectorTerm {
  return {
    matchExpressions: records(term['matchExpressions']).flatMap(requirementOf),
    matchFields: records(term['matchFields']).flatMap(requirementOf),
  };
}

function requirementOf({ key, operator, values }: Readonly<Record<string, unknown>>): readonly LabelRequirement[] {
  const known = REQUIREMENT_OPERATORS.find((each) => each === operator);
  if (known === undefined) return [];
  const texts: readonly unknown[] = Array.isArray(values) ? values : [];
  return [{ key: text(key), operator: known, values: texts.map(text) }];
}

function tolerationOf(toleration: Readonly<Record<string, unknown>>): Toleration {
  return {
    key: text(toleration['key']),
    operator: text(toleration['operator']),
    value: text(toleration['value']),
    effect: text(toleration['effect']),
  };
}
