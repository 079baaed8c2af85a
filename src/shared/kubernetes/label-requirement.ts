import { assertNever } from '../errors/assert-never.ts';

export const REQUIREMENT_OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'] as const;
export type RequirementOperator = (typeof REQUIREMENT_OPERATORS)[number];

/** One condition on one label: metav1.LabelSelectorRequirement and v1.NodeSelectorRequirement have this shape. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: RequirementOperator;
  readonly values?: readonly string[];
}

export type Labels = Readonly<Record<string, string>>;

/** A label's value, or undefined; never a property of Object.prototype. */
export function labelOf(labels: Labels | undefined, key: string): string | undefined {
  return labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
}

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** Go's strconv.ParseInt(text, 10, 64): an optional sign and decimal digits, within int64. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return value >= INT64_MIN && value <= INT64_MAX ? value : undefined;
}

function comparesAs(value: string | undefined, bounds: readonly string[], operator: 'Gt' | 'Lt'): boolean {
  const [bound] = bounds;
  if (value === undefined || bound === undefined || bounds.length !== 1) return false;
  const left = parseInt64(value);
  const right = parseInt64(bound);
  if (left === undefined || right === undefined) return false;
  return operator === 'Gt' ? left > right : left < right;
}

/**
 * Whether labels meet one requirement, as labels.Requirement.Matches does (apimachinery pkg/labels/selector.go, 0.37): NotIn holds
 * when the label is missing, Gt and Lt compare as int64 and never hold for what is no integer.
 */
export function requirementMatches(requirement: LabelRequirement, labels: Labels | undefined): boolean {
  const value = labelOf(labels, requirement.key);
  const values = requirement.values ?? [];
  switch (requirement.operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
    case 'Lt':
      return comparesAs(value, values, requirement.operator);
    default:
      return assertNever(requirement.operator);
  }
}
