import {
  type LabelRequirement,
  type Labels,
  REQUIREMENT_OPERATORS,
  parseInt64,
  requirementMatches,
} from './label-requirement.ts';
import { labelKeyProblems, labelValueProblems } from './label-syntax.ts';

/** v1.NodeSelectorTerm: all expressions and fields must hold; an empty term selects no node. */
export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly LabelRequirement[];
  readonly matchFields?: readonly LabelRequirement[];
}

/** v1.NodeSelector: one of the terms must hold. */
export interface NodeSelector {
  readonly nodeSelectorTerms: readonly NodeSelectorTerm[];
}

/** v1.Affinity, as far as it decides where a daemon pod may run. */
export interface Affinity {
  readonly nodeAffinity?: { readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector };
}

/** One requirement that a node fails. `actual` is the node's value, absent when it lacks the label. */
export interface FailedRequirement {
  readonly source: 'label' | 'field';
  readonly requirement: LabelRequirement;
  readonly actual?: string;
}

/** Why a node is outside one term. */
export type TermFailure =
  | { readonly kind: 'empty'; readonly index: number }
  | { readonly kind: 'invalid'; readonly index: number; readonly problem: string }
  | { readonly kind: 'unmet'; readonly index: number; readonly failed: readonly FailedRequirement[] };

function expressionProblem(requirement: LabelRequirement): string | undefined {
  const values = requirement.values ?? [];
  const { key, operator } = requirement;
  if (!REQUIREMENT_OPERATORS.includes(operator)) return `${key}: ${operator} is not a valid selector operator`;
  const keyProblem = labelKeyProblems(key)[0];
  if (keyProblem !== undefined) return `${key}: ${keyProblem}`;
  const valueProblem = values.flatMap((value) => labelValueProblems(value))[0];
  if (valueProblem !== undefined) return `${key}: ${valueProblem}`;
  if ((operator === 'In' || operator === 'NotIn') && values.length === 0) return `${key}: ${operator} needs a value`;
  if ((operator === 'Exists' || operator === 'DoesNotExist') && values.length > 0)
    return `${key}: ${operator} takes no value`;
  if (operator === 'Gt' || operator === 'Lt') {
    const [bound] = values;
    if (values.length !== 1 || bound === undefined) return `${key}: ${operator} needs exactly one value`;
    if (parseInt64(bound) === undefined) return `${key}: ${operator} needs an integer`;
  }
  return undefined;
}

function fieldProblem(requirement: LabelRequirement): string | undefined {
  if (requirement.operator !== 'In' && requirement.operator !== 'NotIn') {
    return `matchFields ${requirement.key}: ${requirement.operator} is not supported`;
  }
  return requirement.values?.length === 1 ? undefined : `matchFields ${requirement.key}: must have one element`;
}

function failures(
  requirements: readonly LabelRequirement[],
  facts: Labels,
  source: 'label' | 'field',
): readonly FailedRequirement[] {
  return requirements
    .filter((requirement) => !requirementMatches(requirement, facts))
    .map((requirement) => {
      const actual = Object.hasOwn(facts, requirement.key) ? facts[requirement.key] : undefined;
      return actual === undefined ? { source, requirement } : { source, requirement, actual };
    });
}

function termFailure(term: NodeSelectorTerm, index: number, nodeName: string, labels: Labels): TermFailure | undefined {
  const expressions = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if (expressions.length + fields.length === 0) return { kind: 'empty', index };
  const problem =
    expressions.map(expressionProblem).find((p) => p !== undefined) ??
    fields.map(fieldProblem).find((p) => p !== undefined);
  if (problem !== undefined) return { kind: 'invalid', index, problem };
  const failed = [
    ...failures(expressions, labels, 'label'),
    ...failures(fields, { 'metadata.name': nodeName }, 'field'),
  ];
  return failed.length === 0 ? undefined : { kind: 'unmet', index, failed };
}

/**
 * Undefined when a node is inside a required node selector, else why it is outside each term (component-helpers
 * scheduling/corev1/nodeaffinity, 0.37). No terms at all select no node; a term that cannot be parsed is passed over.
 */
export function nodeSelectorFailures(
  selector: NodeSelector,
  nodeName: string,
  labels: Labels,
): readonly TermFailure[] | undefined {
  const result: TermFailure[] = [];
  for (const [index, term] of selector.nodeSelectorTerms.entries()) {
    const failure = termFailure(term, index, nodeName, labels);
    if (failure === undefined) return undefined;
    result.push(failure);
  }
  return result;
}
