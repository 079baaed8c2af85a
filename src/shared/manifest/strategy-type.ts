import { type JsonObject, isJsonObject, toJsonText } from './json-value.ts';
import { readManifest } from './read-manifest.ts';

export type StrategyType = 'RollingUpdate' | 'OnDelete';

/**
 * The object's JSON text with `spec.updateStrategy.type` switched, and nothing else: rollingUpdate stays as it is, since the server
 * keeps it under OnDelete too. Undefined for a text that is no DaemonSet with a spec.
 */
export function withStrategyType(jsonText: string, type: StrategyType): string | undefined {
  const read = readManifest(jsonText);
  if (!read.ok) return undefined;
  const { spec } = read.manifest;
  if (!isJsonObject(spec)) return undefined;
  const strategy: JsonObject = isJsonObject(spec['updateStrategy']) ? spec['updateStrategy'] : {};
  return toJsonText({ ...read.manifest, spec: { ...spec, updateStrategy: { ...strategy, type } } });
}
