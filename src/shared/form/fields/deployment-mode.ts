import { isJsonList, isJsonObject } from '../../manifest/json-value.ts';
import type { JsonObject, JsonValue } from '../../manifest/json-value.ts';
import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { type FormDocument, valueAt } from '../form-document.ts';
import { POD_LABELS } from './base-fields.ts';
import { POD } from './pod-fields.ts';

/** decentralized keeps pods apart (podAntiAffinity), aggregation brings them together (podAffinity). */
export const DEPLOYMENT_MODES = ['default', 'decentralized', 'aggregation'] as const;
export type DeploymentMode = (typeof DEPLOYMENT_MODES)[number];

const AFFINITY: ManifestPath = [...POD, 'affinity'];
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const KINDS = { decentralized: 'podAntiAffinity', aggregation: 'podAffinity' } as const;
const WEIGHT = 100;
const TOPOLOGY_KEY = 'kubernetes.io/hostname';

/**
 * The mode as the form writes it: one preferred term of weight 100 over kubernetes.io/hostname that selects the pods'
 * own labels. `custom` is any other pod affinity, which the form leaves alone; node affinity is not looked at.
 */
export function deploymentMode({ manifest }: FormDocument): DeploymentMode | 'custom' {
  const written = Object.entries(KINDS).filter(([, kind]) => isFilled(valueAt(manifest, [...AFFINITY, kind])));
  if (written.length === 0) return 'default';
  const [first] = written;
  if (!first || written.length > 1) return 'custom';
  const [mode, kind] = first;
  const affinity = valueAt(manifest, [...AFFINITY, kind]);
  const isOurs =
    isJsonObject(affinity) &&
    Object.keys(affinity).length === 1 &&
    isOurTerms(affinity[PREFERRED], valueAt(manifest, POD_LABELS.path));
  return isOurs && (mode === 'decentralized' || mode === 'aggregation') ? mode : 'custom';
}

export function deploymentModeEdits(document: FormDocument, mode: DeploymentMode): readonly ManifestEdit[] {
  const before = deploymentMode(document);
  if (before === mode || before === 'custom') return [];
  const removed: readonly ManifestEdit[] =
    before === 'default' ? [] : [{ op: 'remove', path: [...AFFINITY, KINDS[before]], pruneEmpty: 1 }];
  if (mode === 'default') return removed;
  const labels = valueAt(document.manifest, POD_LABELS.path);
  const value: JsonObject = { [PREFERRED]: [termFor(isJsonObject(labels) ? labels : {})] };
  return [...removed, { op: 'set', path: [...AFFINITY, KINDS[mode]], value }];
}

/** After the pods' labels have changed the mode's own term follows them; `document` is the one before the change. */
export function deploymentModeFollowEdits(document: FormDocument, labels: JsonObject): readonly ManifestEdit[] {
  const mode = deploymentMode(document);
  if (mode !== 'decentralized' && mode !== 'aggregation') return [];
  const path = [...AFFINITY, KINDS[mode], PREFERRED, 0, 'podAffinityTerm', 'labelSelector', 'matchLabels'];
  return [{ op: 'set', path, value: labels }];
}

function termFor(labels: JsonObject): JsonObject {
  return {
    weight: WEIGHT,
    podAffinityTerm: { labelSelector: { matchLabels: labels }, topologyKey: TOPOLOGY_KEY },
  };
}

function isFilled(value: JsonValue | undefined): boolean {
  return isJsonObject(value) && Object.keys(value).length > 0;
}

function isOurTerms(terms: JsonValue | undefined, labels: JsonValue | undefined): boolean {
  if (!isJsonList(terms) || terms.length !== 1) return false;
  return same(terms[0] ?? null, termFor(isJsonObject(labels) ? labels : {}));
}

function same(a: JsonValue, b: JsonValue): boolean {
  if (isJsonObject(a) && isJsonObject(b)) {
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length) return false;
    return keys.every((key) => Object.hasOwn(b, key) && same(a[key] ?? null, b[key] ?? null));
  }
  return a === b;
}
