import { parsePercent } from '../../shared/kubernetes/int-or-string.ts';
import { type LabelSelector, isEmptySelector, selectorMatches } from '../../shared/kubernetes/selector.ts';
import type { StatusCause } from '../api/status-error.ts';
import { type Json, type JsonObject, semanticEqual } from '../json.ts';
import { forbidden, invalidValue, notSupported, required } from './field-error.ts';
import { labelValueProblems, qualifiedNameProblems, validateAnnotations, validateLabels } from './names.ts';
import { validatePodSpec } from './pod-spec.ts';
import { has, numberAt, objectAt, objectsAt, stringMapAt, textAt, textsAt } from './read.ts';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;
const NOT_NEGATIVE = 'must be greater than or equal to 0';
const PERCENT_RULE =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

/** metav1.LabelSelector from decoded JSON; undefined when a requirement cannot be one (LabelSelectorAsSelector fails). */
function selectorOf(selector: JsonObject | undefined): LabelSelector | undefined {
  if (selector === undefined) return undefined;
  const requirements = objectsAt(selector, 'matchExpressions').map((entry) => ({
    key: textAt(entry, 'key'),
    operator: OPERATORS.find((operator) => operator === textAt(entry, 'operator')),
    values: textsAt(entry, 'values'),
  }));
  const known = requirements.flatMap(({ operator, ...rest }) =>
    operator === undefined ? [] : [{ ...rest, operator }],
  );
  const readable = known.every(
    ({ operator, values }) => values.length > 0 === (operator === 'In' || operator === 'NotIn'),
  );
  if (known.length < requirements.length || !readable) return undefined;
  return { matchLabels: stringMapAt(selector, 'matchLabels'), matchExpressions: known };
}

function validateSelector(selector: JsonObject | undefined, path: string): readonly StatusCause[] {
  if (selector === undefined) return [];
  const expressions = objectsAt(selector, 'matchExpressions').flatMap((entry, index) => {
    const at = `${path}.matchExpressions[${index}]`;
    const [operator, key, values] = [
      textAt(entry, 'operator'),
      textAt(entry, 'key'),
      textsAt(entry, 'values'),
    ] as const;
    const causes: StatusCause[] = [];
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0)
        causes.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0)
        causes.push(forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
    } else {
      causes.push(invalidValue(`${at}.operator`, operator, 'not a valid selector operator'));
    }
    causes.push(...qualifiedNameProblems(key).map((problem) => invalidValue(`${at}.key`, key, problem)));
    for (const [place, value] of values.entries()) {
      causes.push(
        ...labelValueProblems(value).map((problem) => invalidValue(`${at}.values[${place}]`, value, problem)),
      );
    }
    return causes;
  });
  return [...validateLabels(stringMapAt(selector, 'matchLabels'), `${path}.matchLabels`), ...expressions];
}

function validateCount(value: Json | undefined, path: string): readonly StatusCause[] {
  if (typeof value === 'number') return value < 0 ? [invalidValue(path, value, NOT_NEGATIVE)] : [];
  if (typeof value !== 'string') return [];
  const percent = parsePercent(value);
  if (percent === undefined) return [invalidValue(path, value, PERCENT_RULE)];
  return percent > 100 ? [invalidValue(path, value, 'must not be greater than 100%')] : [];
}

/** getIntOrPercentValue: the number itself, or the number before the percent sign; a text without one is read as a number. */
function magnitude(value: Json | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return 0;
  return parsePercent(value) ?? (/^[+-]?\d+$/.test(value) ? Number(value) : 0);
}

function validateStrategy(strategy: JsonObject | undefined, path: string): readonly StatusCause[] {
  const type = textAt(strategy, 'type');
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate') {
    // The API prints its internal type here, which has no JSON names.
    const shown = { Type: type, RollingUpdate: strategy?.['rollingUpdate'] ?? null };
    return [notSupported(path, shown, ['RollingUpdate', 'OnDelete'])];
  }
  const rolling = objectAt(strategy, 'rollingUpdate');
  if (rolling === undefined) return [required(`${path}.rollingUpdate`)];
  const { maxUnavailable, maxSurge } = rolling;
  const at = `${path}.rollingUpdate`;
  const causes = [
    ...validateCount(maxUnavailable, `${at}.maxUnavailable`),
    ...validateCount(maxSurge, `${at}.maxSurge`),
  ];
  const unavailable = magnitude(maxUnavailable) !== 0;
  const surge = magnitude(maxSurge) !== 0;
  if (unavailable && surge)
    causes.push(invalidValue(`${at}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero'));
  if (!unavailable && !surge) causes.push(required(`${at}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'));
  return causes;
}

function validateTemplate(template: JsonObject | undefined, path: string): readonly StatusCause[] {
  const metadata = objectAt(template, 'metadata');
  const spec = objectAt(template, 'spec') ?? {};
  const restartPolicy = textAt(spec, 'restartPolicy');
  return [
    ...validateLabels(stringMapAt(metadata, 'labels'), `${path}.labels`),
    ...validateAnnotations(stringMapAt(metadata, 'annotations'), `${path}.annotations`),
    ...validatePodSpec(spec, `${path}.spec`),
    ...(restartPolicy === 'Always' ? [] : [notSupported(`${path}.spec.restartPolicy`, restartPolicy, ['Always'])]),
    ...(has(spec, 'activeDeadlineSeconds')
      ? [forbidden(`${path}.spec.activeDeadlineSeconds`, 'activeDeadlineSeconds in DaemonSet is not Supported')]
      : []),
  ];
}

/** A DaemonSet's spec, after defaults (ValidateDaemonSetSpec, pkg/apis/apps/validation/validation.go, 1.37). */
export function validateDaemonSetSpec(daemonSet: JsonObject): readonly StatusCause[] {
  const spec = objectAt(daemonSet, 'spec');
  const selectorJson = objectAt(spec, 'selector');
  const selector = selectorOf(selectorJson);
  const template = objectAt(spec, 'template');
  const labels = stringMapAt(objectAt(template, 'metadata'), 'labels');
  const causes = [...validateSelector(selectorJson, 'spec.selector')];
  const unreadable = selector === undefined && selectorJson !== undefined;
  if (!unreadable && !selectorMatches(selector, labels)) {
    const shown = Object.keys(labels).length === 0 ? null : labels;
    causes.push(invalidValue('spec.template.metadata.labels', shown, '`selector` does not match template `labels`'));
  }
  if (selector !== undefined && isEmptySelector(selector)) {
    causes.push(invalidValue('spec.selector', selectorJson, 'empty selector is invalid for daemonset'));
  }
  causes.push(...validateTemplate(template, 'spec.template'));
  const minReadySeconds = numberAt(spec, 'minReadySeconds') ?? 0;
  if (minReadySeconds < 0) causes.push(invalidValue('spec.minReadySeconds', minReadySeconds, NOT_NEGATIVE));
  causes.push(...validateStrategy(objectAt(spec, 'updateStrategy'), 'spec.updateStrategy'));
  const limit = numberAt(spec, 'revisionHistoryLimit') ?? 0;
  if (limit < 0) causes.push(invalidValue('spec.revisionHistoryLimit', limit, NOT_NEGATIVE));
  return causes;
}

export function validateDaemonSetUpdate(next: JsonObject, current: JsonObject): readonly StatusCause[] {
  const selector = objectAt(objectAt(next, 'spec'), 'selector');
  const before = objectAt(objectAt(current, 'spec'), 'selector');
  const changed = semanticEqual(selector, before)
    ? []
    : [invalidValue('spec.selector', selector ?? null, 'field is immutable')];
  return [...changed, ...validateDaemonSetSpec(next)];
}
