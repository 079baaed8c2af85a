import type { StatusCause } from '../api/status-error.ts';
import type { JsonObject } from '../json.ts';
import { forbidden, invalidValue, notSupported, required } from './field-error.ts';
import { labelValueProblems, qualifiedNameProblems, validateLabels } from './names.ts';
import { has, objectAt, objectsAt, stringMapAt, textAt, textsAt } from './read.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function validateTolerations(tolerations: readonly JsonObject[], path: string): readonly StatusCause[] {
  return tolerations.flatMap((toleration, index) => {
    const at = `${path}[${index}]`;
    const [key, operator, value, effect] = ['key', 'operator', 'value', 'effect'].map((name) =>
      textAt(toleration, name),
    );
    const causes: StatusCause[] = [];
    if (key !== undefined && key !== '')
      causes.push(...qualifiedNameProblems(key).map((p) => invalidValue(`${at}.key`, key, p)));
    else if (operator !== 'Exists') {
      const detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      causes.push(invalidValue(`${at}.operator`, operator, detail));
    }
    if (has(toleration, 'tolerationSeconds') && effect !== 'NoExecute') {
      causes.push(invalidValue(`${at}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    }
    if (operator === '' || operator === 'Equal') {
      const problems = labelValueProblems(value ?? '');
      if (problems.length > 0) causes.push(invalidValue(`${at}.operator`, value, problems.join(';')));
    } else if (operator === 'Exists') {
      if (value !== '')
        causes.push(invalidValue(`${at}.operator`, value, "value must be empty when `operator` is 'Exists'"));
    } else {
      causes.push(notSupported(`${at}.operator`, operator, ['Equal', 'Exists']));
    }
    if (effect !== undefined && effect !== '' && !EFFECTS.includes(effect))
      causes.push(notSupported(`${at}.effect`, effect, EFFECTS));
    return causes;
  });
}

function validateRequirement(requirement: JsonObject, path: string): readonly StatusCause[] {
  const values = textsAt(requirement, 'values');
  const operator = textAt(requirement, 'operator');
  const key = textAt(requirement, 'key');
  const causes: StatusCause[] = [];
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0)
      causes.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0)
      causes.push(forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
  } else if (operator === 'Gt' || operator === 'Lt') {
    if (values.length !== 1)
      causes.push(required(`${path}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
  } else {
    causes.push(invalidValue(`${path}.operator`, operator, 'not a valid selector operator'));
  }
  causes.push(...qualifiedNameProblems(key).map((problem) => invalidValue(`${path}.key`, key, problem)));
  for (const [index, value] of values.entries()) {
    causes.push(
      ...labelValueProblems(value).map((problem) => invalidValue(`${path}.values[${index}]`, value, problem)),
    );
  }
  return causes;
}

function validateNodeSelectorTerms(selector: JsonObject, path: string): readonly StatusCause[] {
  const terms = objectsAt(selector, 'nodeSelectorTerms');
  if (terms.length === 0) return [required(`${path}.nodeSelectorTerms`, 'must have at least one node selector term')];
  return terms.flatMap((term, index) =>
    objectsAt(term, 'matchExpressions').flatMap((requirement, at) =>
      validateRequirement(requirement, `${path}.nodeSelectorTerms[${index}].matchExpressions[${at}]`),
    ),
  );
}

/** Where a pod may run: nodeSelector, required node affinity, tolerations. */
export function validateScheduling(spec: JsonObject, path: string): readonly StatusCause[] {
  const selector = objectAt(
    objectAt(objectAt(spec, 'affinity'), 'nodeAffinity'),
    'requiredDuringSchedulingIgnoredDuringExecution',
  );
  return [
    ...validateLabels(stringMapAt(spec, 'nodeSelector'), `${path}.nodeSelector`),
    ...(selector === undefined
      ? []
      : validateNodeSelectorTerms(
          selector,
          `${path}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution`,
        )),
    ...validateTolerations(objectsAt(spec, 'tolerations'), `${path}.tolerations`),
  ];
}
