import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import { isMergeKey } from './node-reader.ts';

/** Keys that a map has from its merge keys (`<<: *base`), whether it also writes them itself or not. */
export function mergedKeys(document: Document, map: YAMLMap): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const pair of map.items) if (isMergeKey(pair.key)) addSources(document, pair.value, keys);
  return keys;
}

/** Readable documents have at most 100 aliases and no alias inside its own anchor: this ends. */
function addSources(document: Document, node: unknown, keys: Set<string>): void {
  const resolved: unknown = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(resolved)) {
    for (const each of resolved.items) addSources(document, each, keys);
  } else if (isMap(resolved)) {
    for (const pair of resolved.items) addPair(document, pair, keys);
  }
}

function addPair(document: Document, pair: Pair, keys: Set<string>): void {
  if (isMergeKey(pair.key)) return addSources(document, pair.value, keys);
  const key: Node | undefined = isAlias(pair.key) ? pair.key.resolve(document) : undefined;
  const scalar: unknown = key ?? pair.key;
  if (!isScalar(scalar)) return;
  keys.add(typeof scalar.value === 'symbol' ? (scalar.source ?? '') : String(scalar.value));
}
