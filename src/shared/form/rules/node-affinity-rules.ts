import { labelKeyProblems, labelValueProblems } from '../../kubernetes/label-syntax.ts';
import type { Findings } from '../form-problem.ts';
import type { Place } from './place.ts';

/** Node affinity, required and preferred (validateNodeAffinity, pkg/apis/core/validation, 1.37). */
export function checkNodeAffinity(affinity: Place, findings: Findings): void {
  const required = affinity.at('requiredDuringSchedulingIgnoredDuringExecution');
  const terms = required.at('nodeSelectorTerms');
  if (required.isSet && terms.items.length === 0) findings.error(terms.path, 'At least one term is needed.');
  for (const term of terms.items) checkTerm(term, findings);
  for (const term of affinity.at('preferredDuringSchedulingIgnoredDuringExecution').items) {
    const weight = term.at('weight');
    const number = weight.number ?? 0;
    if (number < 1 || number > 100) findings.error(weight.path, 'A weight is between 1 and 100.');
    checkTerm(term.at('preference'), findings);
  }
}

function checkTerm(term: Place, findings: Findings): void {
  for (const requirement of term.at('matchExpressions').items) checkRequirement(requirement, findings);
}

/** ValidateNodeSelectorRequirement. Operators that are not known here are left to the server. */
function checkRequirement(requirement: Place, findings: Findings): void {
  const [key, operator, values] = [requirement.at('key'), requirement.at('operator').text, requirement.at('values')];
  const count = values.items.length;
  const [wrongKey] = labelKeyProblems(key.text);
  if (wrongKey !== undefined) findings.error(key.path, `The label "${key.text}": ${wrongKey}.`);
  if ((operator === 'In' || operator === 'NotIn') && count === 0) {
    findings.error(values.path, `With ${operator} at least one value is needed.`);
  }
  if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0) {
    findings.error(values.path, `With ${operator} there are no values.`);
  }
  if ((operator === 'Gt' || operator === 'Lt') && count !== 1) {
    findings.error(values.path, `With ${operator} there is exactly one value.`);
  }
  for (const value of values.items) {
    const [wrong] = labelValueProblems(value.text);
    // In a term that was there before the server takes such a value, and no node ever has it.
    if (wrong !== undefined) findings.warn(value.path, `No node has the value "${value.text}": ${wrong}.`);
  }
}
