import { assertNever } from '../errors/assert-never.ts';
import { type LabelRequirement, type Labels, labelOf, requirementMatches } from './label-requirement.ts';
import { parseRequirements } from './selector-parser.ts';

/**
 * metav1.LabelSelector. An object of the API has In, NotIn, Exists and DoesNotExist only; Gt and Lt appear when the string form
 * (`a>1`) was parsed.
 */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelRequirement[];
}

export interface SelectorError {
  /** The API server's own words, without "unable to parse requirement: ". */
  readonly error: string;
}

export function isSelectorError(parsed: LabelSelector | SelectorError): parsed is SelectorError {
  return 'error' in parsed;
}

/**
 * The API's string form of a label selector (`a=b,c in (d,e),!f,g!=h,i>1`), as labels.Parse reads it (apimachinery pkg/labels, 0.37).
 * The empty text selects everything.
 */
export function parseLabelSelector(text: string): LabelSelector | SelectorError {
  const parsed = parseRequirements(text);
  return typeof parsed === 'string' ? { error: parsed } : { matchExpressions: parsed };
}

/** Whether a selector object selects labels. An empty selector selects everything, an absent one nothing (LabelSelectorAsSelector). */
export function selectorMatches(selector: LabelSelector | undefined, labels: Labels | undefined): boolean {
  if (selector === undefined) return false;
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (labelOf(labels, key) !== value) return false;
  }
  return (selector.matchExpressions ?? []).every((requirement) => requirementMatches(requirement, labels));
}

export function isEmptySelector(selector: LabelSelector): boolean {
  return Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0;
}

function sorted(values: readonly string[] | undefined): readonly string[] {
  return [...(values ?? [])].sort();
}

export function formatRequirement(requirement: LabelRequirement): string {
  const { key, operator } = requirement;
  const values = sorted(requirement.values);
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(',')})`;
    case 'NotIn':
      return values.length === 1 ? `${key}!=${values[0]}` : `${key} notin (${values.join(',')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'Gt':
      return `${key}>${values.join(',')}`;
    case 'Lt':
      return `${key}<${values.join(',')}`;
    default:
      return assertNever(operator);
  }
}

/** The string form for a `labelSelector` parameter; sorted by key, as metav1.FormatLabelSelector does. */
export function formatLabelSelector(selector: LabelSelector): string {
  const equalities = Object.entries(selector.matchLabels ?? {}).map(([key, value]): LabelRequirement => ({
    key,
    operator: 'In',
    values: [value],
  }));
  return [...equalities, ...(selector.matchExpressions ?? [])]
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(formatRequirement)
    .join(',');
}
