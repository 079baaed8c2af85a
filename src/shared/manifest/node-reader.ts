import { isAlias, isMap, isPair, isScalar, isSeq, Scalar } from 'yaml';
import type { Alias, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { readGoNumber } from './go-number.ts';
import type { JsonValue } from './json-value.ts';
import { ManifestFinding } from './manifest-finding.ts';

export interface ReadLimits {
  readonly aliases: number;
  readonly depth: number;
  /** Counted as written out: each alias with all that it stands for. */
  readonly nodes: number;
}

interface Read {
  readonly value: JsonValue;
  readonly nodes: number;
  readonly depth: number;
}

/** Turns one document's tree into the value that the API server reads from it. */
export class NodeReader {
  readonly #limits: ReadLimits;
  readonly #unendedAt: number;
  readonly #anchors = new Map<string, Read | 'open'>();
  #aliases = 0;

  constructor(limits: ReadLimits, text: string) {
    this.#limits = limits;
    this.#unendedAt = /[^\s][^\r\n]*$/.test(text.slice(text.lastIndexOf('\n') + 1)) ? text.length : Infinity;
  }

  /** Throws ManifestFinding at the node that cannot be read. */
  read(node: Node | null): JsonValue {
    return this.#node(node, 1).value;
  }

  #node(node: unknown, level: number): Read {
    if (node === null || node === undefined) return { value: null, nodes: 1, depth: 1 };
    if (isAlias(node)) return this.#alias(node, level);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    const read = this.#checked(this.#content(node, level), node, level);
    if (anchor !== undefined) this.#anchors.set(anchor, read);
    return read;
  }

  #content(node: unknown, level: number): Read {
    if (level > this.#limits.depth) throw tooDeep(this.#limits, node);
    if (isMap(node)) return this.#map(node, level);
    if (isSeq(node)) return this.#seq(node, level);
    if (isScalar(node)) return { value: this.#scalar(node), nodes: 1, depth: 1 };
    throw new ManifestFinding('this cannot be read', offsetOf(node));
  }

  #checked(read: Read, node: unknown, level: number): Read {
    if (level + read.depth - 1 > this.#limits.depth) throw tooDeep(this.#limits, node);
    if (read.nodes > this.#limits.nodes) {
      throw new ManifestFinding(`more than ${this.#limits.nodes.toLocaleString('en')} values`, offsetOf(node));
    }
    return read;
  }

  /** In Go a block scalar that ends a text with no final line break has none either. */
  #scalar(node: Scalar): JsonValue {
    const value = scalarValue(node);
    const isBlock = node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED;
    const isUnended = isBlock && (node.range?.[1] ?? 0) >= this.#unendedAt;
    return isUnended && typeof value === 'string' ? value.replace(/\n$/, '') : value;
  }

  #alias(node: Alias, level: number): Read {
    this.#aliases += 1;
    if (this.#aliases > this.#limits.aliases) {
      throw new ManifestFinding(`more than ${this.#limits.aliases} aliases`, offsetOf(node));
    }
    const read = this.#anchors.get(node.source);
    if (read === undefined) throw new ManifestFinding(`no anchor &${node.source} before this alias`, offsetOf(node));
    if (read === 'open') throw new ManifestFinding(`the anchor &${node.source} contains itself`, offsetOf(node));
    return this.#checked(read, node, level);
  }

  #seq(seq: YAMLSeq, level: number): Read {
    const values: JsonValue[] = [];
    let nodes = 1;
    let depth = 0;
    for (const item of seq.items) {
      const read = isPair(item) ? this.#pairs([item], level + 1) : this.#node(item, level + 1);
      values.push(read.value);
      nodes += read.nodes;
      depth = Math.max(depth, read.depth);
    }
    return { value: values, nodes, depth: depth + 1 };
  }

  #map(map: YAMLMap, level: number): Read {
    return this.#pairs(map.items, level);
  }

  #pairs(pairs: readonly Pair[], level: number): Read {
    const members = new Map<string, JsonValue>();
    const written = new Set<string>();
    let nodes = 1;
    let depth = 0;
    for (const pair of pairs) {
      const value = this.#node(pair.value, level + 1);
      nodes += value.nodes + 1;
      depth = Math.max(depth, value.depth);
      if (isMergeKey(pair.key)) {
        mergeInto(members, value.value, offsetOf(pair.value));
        continue;
      }
      const key = this.#key(pair.key, level);
      if (written.has(key)) throw new ManifestFinding(`duplicate key ${JSON.stringify(key)}`, offsetOf(pair.key));
      written.add(key);
      members.set(key, value.value);
    }
    return { value: Object.fromEntries(members), nodes, depth: depth + 1 };
  }

  /** A key as sigs.k8s.io/yaml v1.6 writes it in JSON (convertToJSONableObject in yaml.go). */
  #key(node: unknown, level: number): string {
    const { value } = this.#node(node, level);
    const source = isScalar(node) ? node.source : undefined;
    const key = keyText(value, source);
    if (key === undefined) throw new ManifestFinding('this key is not a string; write it in quotes', offsetOf(node));
    if (key === '__proto__') throw new ManifestFinding('the key __proto__ is not allowed', offsetOf(node));
    return key;
  }
}

/** What the API server calls a key that reads as this value; undefined for one that it refuses or prints in other words. */
export function keyText(value: JsonValue, source: string | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  // Go prints a float key with 32 bits and an exponent ("1e+06"), and refuses one over int64.
  const isInteger = source === undefined || readGoNumber(source)?.kind === 'integer';
  return isInteger && BigInt(value) < 2n ** 63n ? String(value) : undefined;
}

/** A plain `<<`; in quotes it is a key like any other. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && typeof key.value === 'symbol' && (key.type === undefined || key.type === Scalar.PLAIN);
}

/**
 * What a merge key brings replaces what stands before it and gives way to what follows: the order of go.yaml.in/yaml/v2
 * (`mapping` in decode.go), which differs from YAML's own rule. In a list the first one wins.
 */
function mergeInto(members: Map<string, JsonValue>, value: JsonValue, offset: number): void {
  const sources: readonly JsonValue[] = Array.isArray(value) ? value.toReversed() : [value];
  for (const source of sources) {
    if (typeof source !== 'object' || source === null || Array.isArray(source)) {
      throw new ManifestFinding('a merge key takes a map or a list of maps', offset);
    }
    for (const [key, member] of Object.entries(source)) members.set(key, member);
  }
}

function scalarValue(node: Scalar): JsonValue {
  const { value } = node;
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'number':
    case 'bigint':
      return value;
    case 'symbol':
      return node.source ?? '<<';
    default:
      return null;
  }
}

function tooDeep(limits: ReadLimits, node: unknown): ManifestFinding {
  return new ManifestFinding(`nested deeper than ${limits.depth} levels`, offsetOf(node));
}

export function offsetOf(node: unknown): number {
  if (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) return node.range?.[0] ?? 0;
  return 0;
}
