import { isJsonList, isJsonObject } from '../../manifest/json-value.ts';
import type { JsonObject, JsonValue } from '../../manifest/json-value.ts';
import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { integerCodec } from '../codec.ts';
import type { Field } from '../field.ts';
import { type FormDocument, itemsAt } from '../form-document.ts';
import { POD } from './pod-fields.ts';

export const NODE_AFFINITY: ManifestPath = [...POD, 'affinity', 'nodeAffinity'];

/** Terms any of which a node must meet. */
export const REQUIRED_TERMS: ManifestPath = [
  ...NODE_AFFINITY,
  'requiredDuringSchedulingIgnoredDuringExecution',
  'nodeSelectorTerms',
];
/** Terms that count for a node by their weight. */
export const PREFERRED_TERMS: ManifestPath = [...NODE_AFFINITY, 'preferredDuringSchedulingIgnoredDuringExecution'];

/** The most that a preferred term can weigh (ValidatePreferredSchedulingTerms). */
export const MAX_WEIGHT = 100;

/** v1.NodeSelectorRequirement as the form shows it. */
export interface NodeRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** The terms of required node affinity; undefined for terms with matchFields, which the form leaves alone. */
export function requiredNodeTerms({ manifest }: FormDocument): readonly (readonly NodeRequirement[])[] | undefined {
  const read = itemsAt(manifest, REQUIRED_TERMS).map(requirementsOf);
  return read.every((each) => each !== undefined) ? read : undefined;
}

/** The requirements of each preferred term, all of which count together; undefined for a term that the form leaves alone. */
export function preferredNodeTerms({
  manifest,
  read,
}: FormDocument): readonly (readonly NodeRequirement[] | undefined)[] {
  return itemsAt(manifest, PREFERRED_TERMS).map((term, index) => {
    const isForeign = read([...PREFERRED_TERMS, index, 'preference', 'matchExpressions']).state === 'foreign';
    return isForeign || !isJsonObject(term) ? undefined : requirementsOf(term['preference'] ?? {});
  });
}

/** Preferred terms have no merge key: each is addressed by its place. */
export function preferenceWeight(term: number): Field<number> {
  return { path: [...PREFERRED_TERMS, term, 'weight'], codec: integerCodec };
}

function requirementsOf(term: JsonValue): readonly NodeRequirement[] | undefined {
  if (!isJsonObject(term) || Object.keys(term).some((key) => key !== 'matchExpressions')) return undefined;
  const expressions = term['matchExpressions'] ?? [];
  if (!isJsonList(expressions)) return undefined;
  return expressions.map((each) => {
    const { key, operator, values } = isJsonObject(each) ? each : {};
    return {
      key: typeof key === 'string' ? key : '',
      operator: typeof operator === 'string' ? operator : '',
      values: isJsonList(values) ? values.filter((value): value is string => typeof value === 'string') : [],
    };
  });
}

export function addNodeRequirementEdits(document: FormDocument, requirement: NodeRequirement): readonly ManifestEdit[] {
  const value = requirementValue(requirement);
  const isFirst = itemsAt(document.manifest, REQUIRED_TERMS).length === 0;
  if (isFirst) return [{ op: 'insert', path: REQUIRED_TERMS, at: 'end', value: { matchExpressions: [value] } }];
  return [{ op: 'insert', path: [...REQUIRED_TERMS, 0, 'matchExpressions'], at: 'end', value }];
}

/** Removes one requirement; a term without any would match no node, so it goes with its last one. */
export function removeNodeRequirementEdits(term: number, index: number): readonly ManifestEdit[] {
  return [{ op: 'remove', path: [...REQUIRED_TERMS, term, 'matchExpressions', index], pruneEmpty: 6 }];
}

/** A new preferred term, of the weight that lets it decide. */
export function addPreferredTermEdits(requirement: NodeRequirement): readonly ManifestEdit[] {
  const value = { weight: MAX_WEIGHT, preference: { matchExpressions: [requirementValue(requirement)] } };
  return [{ op: 'insert', path: PREFERRED_TERMS, at: 'end', value }];
}

export function addPreferenceEdits(term: number, requirement: NodeRequirement): readonly ManifestEdit[] {
  const path = [...PREFERRED_TERMS, term, 'preference', 'matchExpressions'];
  return [{ op: 'insert', path, at: 'end', value: requirementValue(requirement) }];
}

/** Removes one requirement of a preferred term; the term goes with its last one, since without any it prefers nothing. */
export function removePreferenceEdits(document: FormDocument, term: number, index: number): readonly ManifestEdit[] {
  const path = [...PREFERRED_TERMS, term, 'preference', 'matchExpressions'];
  if (itemsAt(document.manifest, path).length <= 1) return removePreferredTermEdits(term);
  return [{ op: 'remove', path: [...path, index] }];
}

/** What the term leaves empty goes with it, up to the affinity. */
export function removePreferredTermEdits(term: number): readonly ManifestEdit[] {
  return [{ op: 'remove', path: [...PREFERRED_TERMS, term], pruneEmpty: 3 }];
}

function requirementValue({ key, operator, values }: NodeRequirement): JsonObject {
  return { key, operator, ...(operator === 'Exists' || operator === 'DoesNotExist' ? {} : { values }) };
}
