import type { DaemonSetOffer } from '../../contract/offers.ts';
import { selectorOf } from '../../kubernetes/daemonset-row.ts';
import { asObject, at, objectAt, objectsAt, stringMapAt, text } from '../../kubernetes/json-fields.ts';
import {
  formatLabelSelector,
  isEmptySelector,
  type LabelSelector,
  selectorMatches,
} from '../../kubernetes/selector.ts';
import type { JsonObject } from '../../manifest/json-value.ts';
import type { FormProblem } from '../form-problem.ts';

const MOST_NAMED = 3;

/**
 * Warns of the DaemonSets of the namespace that select these pods, and of those whose pods this selector selects. The server takes
 * both: each controller keeps to the pods that it owns, but adopts those that have lost their owner (ControllerRefManager,
 * pkg/controller, 1.37), and whatever counts pods by labels counts the other's too. One of this name is the object itself, or keeps
 * it from being created, which is said at the name.
 */
export function selectorOverlaps(manifest: JsonObject, others: readonly DaemonSetOffer[]): readonly FormProblem[] {
  const spec = objectAt(asObject(manifest), 'spec');
  const labels = stringMapAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels');
  const own = readableSelector(spec);
  const name = text(at(manifest, 'metadata', 'name'));
  const rest = others.filter((other) => other.name !== name);
  const theirs = rest.filter(({ selector }) => !isEmptySelector(selector) && selectorMatches(selector, labels));
  const ours = rest.filter((other) => !theirs.includes(other) && selectorMatches(own, other.podLabels));
  return [...theirs.map(sayTheirs), ...(ours.length === 0 ? [] : [sayOurs(ours)])].slice(0, MOST_NAMED).map(warning);
}

/** Undefined for none, and for one with an operator that is not known here: without it the selector would select more. */
function readableSelector(spec: ReturnType<typeof asObject>): LabelSelector | undefined {
  const selector = selectorOf(spec);
  const written = objectsAt(objectAt(spec, 'selector'), 'matchExpressions').length;
  const isWhole = (selector.matchExpressions ?? []).length === written;
  return isWhole && !isEmptySelector(selector) ? selector : undefined;
}

function sayTheirs({ name, selector }: DaemonSetOffer): string {
  return `The DaemonSet ${name} selects these pods too, by ${formatLabelSelector(selector)}: give the pods a label value of their own.`;
}

function sayOurs(others: readonly DaemonSetOffer[]): string {
  const named = others.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = others.length - named.length;
  const all = more > 0 ? `${named.join(', ')} and ${more} more` : named.join(' and ');
  return `This selector selects the pods of ${all} too: add a label that only these pods have.`;
}

function warning(message: string): FormProblem {
  return { path: 'spec.selector', message, severity: 'warning', source: 'rule' };
}
