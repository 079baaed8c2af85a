/** A list item by the fields that tell it from its siblings: `{key: {name: 'agent'}}`, `{key: {containerPort: 80, protocol: 'TCP'}}`. */
export interface MergeKeyStep {
  readonly key: Readonly<Record<string, string | number>>;
}

/** A key of a map, an index of a list (from 0), or a list item by its merge key. */
export type ManifestStep = string | number | MergeKeyStep;

/** From a document's root to a field; empty for the root itself. */
export type ManifestPath = readonly ManifestStep[];

export function isMergeKeyStep(step: ManifestStep): step is MergeKeyStep {
  return typeof step === 'object';
}

/** For people: `spec.template.spec.containers[name=agent].ports[0]`, `metadata.labels[a.b/c]`. */
export function formatManifestPath(path: ManifestPath): string {
  return path.map((step, index) => formatStep(step, index === 0)).join('');
}

function formatStep(step: ManifestStep, isFirst: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  if (isMergeKeyStep(step)) {
    const fields = Object.entries(step.key).map(([name, value]) => `${name}=${value}`);
    return `[${fields.join(',')}]`;
  }
  if (!/^[A-Za-z_][\w-]*$/.test(step)) return `[${step}]`;
  return isFirst ? step : `.${step}`;
}
