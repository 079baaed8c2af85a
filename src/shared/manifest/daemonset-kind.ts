import { isMap, isScalar } from 'yaml';
import type { Node } from 'yaml';
import { isJsonObject } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { ManifestFinding } from './manifest-finding.ts';
import { offsetOf } from './node-reader.ts';

/** Why a value is not one DaemonSet of apps/v1, at the place in its tree; undefined when it is. */
export function daemonSetFinding(value: JsonValue, contents: Node | null): ManifestFinding | undefined {
  if (!isJsonObject(value)) return new ManifestFinding('this is not a DaemonSet: a map of fields is expected', 0);
  const { apiVersion, kind } = value;
  if (kind === undefined)
    return new ManifestFinding('kind is missing: "kind: DaemonSet" is expected', offsetOf(contents));
  if (kind !== 'DaemonSet') {
    return new ManifestFinding(
      `kind is ${worded(kind)}, and only a DaemonSet can be created here`,
      at(contents, 'kind'),
    );
  }
  if (apiVersion === undefined) {
    return new ManifestFinding('apiVersion is missing: "apiVersion: apps/v1" is expected', offsetOf(contents));
  }
  if (apiVersion !== 'apps/v1') {
    const message = `apiVersion is ${worded(apiVersion)}, and a DaemonSet is of apps/v1`;
    return new ManifestFinding(message, at(contents, 'apiVersion'));
  }
  return undefined;
}

function worded(value: JsonValue): string {
  return typeof value === 'string' ? value : typeof value === 'object' ? 'no string' : String(value);
}

function at(contents: Node | null, key: string): number {
  if (!isMap(contents)) return 0;
  const pair = contents.items.find((each) => isScalar(each.key) && each.key.value === key);
  return pair ? offsetOf(pair.value) : offsetOf(contents);
}
