import { field, isObject } from '../../kubernetes/json-fields.ts';
import type { Findings } from '../form-problem.ts';
import { checkLabels } from './metadata-rules.ts';
import type { Place } from './place.ts';

/** The selector must be there and must select the pods of the template (ValidateDaemonSetSpec, pkg/apis/apps/validation, 1.37). */
export function checkSelector(spec: Place, findings: Findings): void {
  const selector = spec.at('selector');
  const matchLabels = selector.at('matchLabels');
  const expressions = selector.at('matchExpressions');
  const labels = spec.at('template', 'metadata', 'labels');
  checkLabels(matchLabels, findings);
  checkLabels(labels, findings);
  if (matchLabels.keys.length + expressions.items.length === 0) {
    findings.error(selector.path, 'A selector is needed: the labels by which the DaemonSet knows its pods.');
    return;
  }
  const stray = matchLabels.keys.find((key) => !hasLabel(labels.value, key, matchLabels.member(key).value));
  if (stray !== undefined) {
    findings.error(labels.path, `The pod labels lack the selector's "${stray}: ${matchLabels.member(stray).text}".`);
    return;
  }
  for (const expression of expressions.items) {
    if (!matchesExpression(expression, labels)) {
      const key = expression.at('key').text;
      findings.error(labels.path, `The pod labels do not match the selector's expression on "${key}".`);
    }
  }
}

function hasLabel(labels: unknown, key: string, value: unknown): boolean {
  return isObject(labels) && field(labels, key) === value;
}

function matchesExpression(expression: Place, labels: Place): boolean {
  const key = expression.at('key').text;
  const value = labels.member(key);
  const isOneOf = value.isSet && expression.at('values').items.some((each) => each.text === value.text);
  switch (expression.at('operator').text) {
    case 'In':
      return isOneOf;
    case 'NotIn':
      return !isOneOf;
    case 'Exists':
      return value.isSet;
    case 'DoesNotExist':
      return !value.isSet;
    default:
      // An operator that is not known here: the server judges it.
      return true;
  }
}
