import type { LimitRangeOffer } from '../../contract/offers.ts';
import {
  compareQuantities,
  formatQuantity,
  parseQuantity,
  type Quantity,
  quantityToNumber,
} from '../../kubernetes/quantity.ts';
import type { JsonObject } from '../../manifest/json-value.ts';
import { Findings, type FormProblem } from '../form-problem.ts';
import { type AmountKind, type ContainerAmounts, effectiveContainers, podAmounts } from './effective-amounts.ts';
import { Place } from './place.ts';

/**
 * Warns of amounts that the LimitRanges of the namespace do not let pass, with the defaults that they and the API fill in
 * (PodValidateLimitFunc, plugin/pkg/admission/limitranger, 1.37). Only pods are refused: the DaemonSet itself would be created.
 */
export function limitRangeProblems(manifest: JsonObject, ranges: readonly LimitRangeOffer[]): readonly FormProblem[] {
  const findings = new Findings();
  const containers = effectiveContainers(new Place(manifest, '').at('spec', 'template', 'spec'), ranges);
  for (const range of ranges) {
    if (range.type === 'Container') for (const each of containers) checkAmounts(range, each, findings);
    if (range.type === 'Pod' && containers.length > 0) checkAmounts(range, podAmounts(containers), findings);
  }
  return findings.problems;
}

function checkAmounts(range: LimitRangeOffer, amounts: ContainerAmounts, findings: Findings): void {
  const checks = [
    [range.min, checkBound(MIN)],
    [range.max, checkBound(MAX)],
    [range.maxLimitRequestRatio, checkRatio],
  ] as const;
  for (const [bounds, check] of checks) {
    for (const [resource, text] of Object.entries(bounds)) {
      // What cannot be read is said already, and nothing can be said of it here.
      if (amounts.isReadable(resource)) check(range, resource, text, amounts, findings);
    }
  }
}

/** A bound on amounts; `order`: which of the two the server looks at first, and wants to be there. */
interface Bound {
  readonly words: string;
  readonly order: readonly [AmountKind, AmountKind];
  readonly isBroken: (amount: Quantity, bound: Quantity) => boolean;
}

const MIN: Bound = {
  words: 'wants at least',
  order: ['request', 'limit'],
  isBroken: (amount, least) => compareQuantities(amount, least) < 0,
};
const MAX: Bound = {
  words: 'lets pass at most',
  order: ['limit', 'request'],
  isBroken: (amount, most) => compareQuantities(amount, most) > 0,
};

function checkBound({ words, order, isBroken }: Bound): typeof checkRatio {
  return (range, resource, text, amounts, findings) => {
    const bound = parseQuantity(text);
    if (!bound) return;
    const rule = `the LimitRange ${range.name} ${words} ${text} of ${resource} per ${range.type}`;
    const [first] = order;
    if (!amounts.amount(first, resource)) {
      say(amounts, first, resource, `No ${first} is set: ${rule}.`, findings);
      return;
    }
    for (const kind of order) {
      const amount = amounts.amount(kind, resource);
      if (!amount || !isBroken(amount, bound)) continue;
      say(amounts, kind, resource, `${subject(range, kind)} is ${formatQuantity(amount)}: ${rule}.`, findings);
      return;
    }
  };
}

function checkRatio(
  range: LimitRangeOffer,
  resource: string,
  text: string,
  amounts: ContainerAmounts,
  findings: Findings,
): void {
  const most = parseQuantity(text);
  const [request, limit] = [amounts.amount('request', resource), amounts.amount('limit', resource)];
  if (!most) return;
  const rule = `the LimitRange ${range.name} lets the limit of ${resource} be at most ${text} times the request per ${range.type}`;
  if (!isSome(request)) say(amounts, 'request', resource, `No request is set: ${rule}.`, findings);
  else if (!isSome(limit)) say(amounts, 'limit', resource, `No limit is set: ${rule}.`, findings);
  else if (limit.nanos * NANO > most.nanos * request.nanos) {
    const times = Number((quantityToNumber(limit) / quantityToNumber(request)).toFixed(2));
    say(amounts, 'limit', resource, `${subject(range, 'limit')} is ${times} times the request: ${rule}.`, findings);
  }
}

/** What is compared: an amount of one container, or of all. */
function subject({ type }: LimitRangeOffer, kind: AmountKind): string {
  return type === 'Pod' ? `The ${kind} of all containers together` : `The ${kind}`;
}

const NANO = 10n ** 9n;

function isSome(quantity: Quantity | undefined): quantity is Quantity {
  return quantity !== undefined && quantity.nanos !== 0n;
}

function say(amounts: ContainerAmounts, kind: AmountKind, resource: string, message: string, findings: Findings): void {
  for (const path of amounts.pathsOf(kind, resource)) findings.warn(path, message);
}
