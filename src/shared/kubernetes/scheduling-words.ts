import { type JsonObject, field, isObject, numberAt, objectAt, objectsAt, stringMapAt, text } from './json-fields.ts';
import { REQUIREMENT_OPERATORS, type LabelRequirement } from './label-requirement.ts';
import { formatLabelSelector, formatRequirement } from './selector.ts';

/** "dedicated=gpu:NoSchedule", "node.kubernetes.io/not-ready:NoExecute for 300 s", "every taint". */
export function tolerationWords(toleration: JsonObject): string {
  const key = text(toleration['key']);
  const effect = text(toleration['effect']);
  const value = text(toleration['value']);
  const exists = text(toleration['operator']) === 'Exists';
  const seconds = field(toleration, 'tolerationSeconds');
  const what =
    key === '' ? `every taint${effect ? ` with effect ${effect}` : ''}` : taint(key, exists ? '' : value, effect);
  return typeof seconds === 'number' ? `${what} for ${seconds} s` : what;
}

function taint(key: string, value: string, effect: string): string {
  return `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ' (every effect)'}`;
}

/** A v1.Affinity in sentences, one a rule: what must hold first, then what is preferred. */
export function affinityWords(affinity: unknown): readonly string[] {
  if (!isObject(affinity)) return [];
  return [
    ...nodeRules(objectAt(affinity, 'nodeAffinity')),
    ...podRules(objectAt(affinity, 'podAffinity'), 'beside'),
    ...podRules(objectAt(affinity, 'podAntiAffinity'), 'away from'),
  ];
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

function nodeRules(affinity: JsonObject): readonly string[] {
  const required = objectsAt(objectAt(affinity, REQUIRED), 'nodeSelectorTerms').map(termWords);
  return [
    ...(required.length === 0 ? [] : [`must run on a node with ${required.join(', or ')}`]),
    ...objectsAt(affinity, PREFERRED).map(
      (rule) => `prefers a node with ${termWords(objectAt(rule, 'preference'))} (weight ${numberAt(rule, 'weight')})`,
    ),
  ];
}

function podRules(affinity: JsonObject, where: string): readonly string[] {
  return [
    ...objectsAt(affinity, REQUIRED).map((term) => `must run ${where} ${podTermWords(term)}`),
    ...objectsAt(affinity, PREFERRED).map(
      (rule) =>
        `prefers to run ${where} ${podTermWords(objectAt(rule, 'podAffinityTerm'))} (weight ${numberAt(rule, 'weight')})`,
    ),
  ];
}

function termWords(term: JsonObject): string {
  const requirements = [...objectsAt(term, 'matchExpressions'), ...objectsAt(term, 'matchFields')].flatMap(requirement);
  return requirements.length === 0 ? 'nothing (an empty term)' : requirements.map(formatRequirement).join(' and ');
}

function podTermWords(term: JsonObject): string {
  const selector = objectAt(term, 'labelSelector');
  const words = formatLabelSelector({
    matchLabels: stringMapAt(selector, 'matchLabels'),
    matchExpressions: objectsAt(selector, 'matchExpressions').flatMap(requirement),
  });
  return `pods with ${words || 'any label'} in the same ${text(term['topologyKey'])}`;
}

function requirement(raw: JsonObject): readonly LabelRequirement[] {
  const operator = REQUIREMENT_OPERATORS.find((known) => known === raw['operator']);
  const values = Array.isArray(raw['values']) ? raw['values'].filter((value) => typeof value === 'string') : [];
  return operator === undefined ? [] : [{ key: text(raw['key']), operator, values }];
}
