import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Node, Pair } from 'yaml';
import { aliasedAnchors, entriesOf, hasPlaces, isCollection } from './entry.ts';
import type { Entry } from './entry.ts';
import { isJsonList, isJsonObject } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import type { ManifestProblemReason } from './manifest-edit.ts';
import { formatManifestPath } from './manifest-path.ts';
import type { ManifestPath, ManifestStep, MergeKeyStep } from './manifest-path.ts';
import type { ManifestDocument } from './manifest-text.ts';
import { mergedKeys } from './merged-keys.ts';
import { isMergeKey, keyText } from './node-reader.ts';

/** A path whose list items are named by index. */
export type ConcretePath = readonly (string | number)[];

/** How far a path leads into a document. */
export interface Located {
  /** Entries from the root down to the last that is there. */
  readonly trail: readonly Entry[];
  /** The same as steps. */
  readonly path: ConcretePath;
  /** Of what is there last. */
  readonly node: Node | null;
  readonly value: JsonValue;
  /** Steps that are not there; empty when the field is present. The first is made by a write. */
  readonly missing: ManifestPath;
}

/** Why a path leads nowhere that may be read as a field or written. */
export class PathProblem extends Error {
  override readonly name = 'PathProblem';
  readonly reason: ManifestProblemReason;
  /** UTF-16 offset in the text. */
  readonly offset: number;

  constructor(reason: ManifestProblemReason, message: string, offset: number) {
    super(message);
    this.reason = reason;
    this.offset = offset;
  }
}

/**
 * Follows a path through a document.
 *
 * @throws PathProblem Foreign, Ambiguous or WrongKind at the first step that a form may not take; NotFound for an
 * index beyond the one that an append would have
 */
export function locate(document: ManifestDocument, path: ManifestPath): Located {
  const { content, tree } = document;
  if (!content.readable) {
    const [finding] = content.findings;
    throw new PathProblem('Unreadable', finding?.message ?? 'this cannot be read', finding?.offset ?? 0);
  }
  const foreign = new ForeignCheck(tree.contents);
  const trail: Entry[] = [];
  const concrete: (string | number)[] = [];
  let node: Node | null = tree.contents;
  let { value } = content;
  foreign.check(node, []);
  for (const [index, step] of path.entries()) {
    const here = { document, node, value, path: path.slice(0, index), offset: trail.at(-1)?.start ?? 0 };
    const found = stepInto(here, step);
    if (!found) return { trail, path: concrete, node, value, missing: path.slice(index) };
    trail.push(found.entry);
    concrete.push(found.step);
    ({ value } = found);
    node = found.entry.value;
    foreign.check(node, path.slice(0, index + 1), found.entry.start);
  }
  return { trail, path: concrete, node, value, missing: [] };
}

/** Nodes whose text decides, or is decided by, another place of the document. */
class ForeignCheck {
  readonly #aliased: ReadonlySet<string>;

  constructor(root: Node | null) {
    this.#aliased = aliasedAnchors(root);
  }

  check(node: Node | null, path: ManifestPath, offset = 0): void {
    const where = path.length === 0 ? 'the document' : formatManifestPath(path);
    if (isAlias(node)) {
      throw new PathProblem('Foreign', `${where} is the alias *${node.source}: edit it in YAML`, offset);
    }
    if (isCollection(node) && !hasPlaces(node)) {
      throw new PathProblem('Foreign', `${where} is written in a way that only the YAML view edits`, offset);
    }
    const anchor = node?.anchor;
    if (anchor !== undefined && this.#aliased.has(anchor)) {
      const message = `${where} has the anchor &${anchor}, which is used elsewhere too: edit it in YAML`;
      throw new PathProblem('Foreign', message, offset);
    }
  }
}

interface Here {
  readonly document: ManifestDocument;
  readonly node: Node | null;
  readonly value: JsonValue;
  readonly path: ManifestPath;
  readonly offset: number;
}

interface Found {
  readonly entry: Entry;
  readonly step: string | number;
  readonly value: JsonValue;
}

function stepInto(here: Here, step: ManifestStep): Found | undefined {
  if (here.value === null) return undefined;
  if (typeof step === 'string') return member(here, step);
  const index = typeof step === 'number' ? step : indexOfItem(here, step);
  return index === undefined ? undefined : item(here, index);
}

function member(here: Here, key: string): Found | undefined {
  const { document, node, value, path, offset } = here;
  if (!isJsonObject(value) || !isMap(node)) throw wrongKind(here, 'a map');
  const pair = node.items.findIndex((each) => keyOfPair(each) === key);
  if (mergedKeys(document.tree, node).has(key)) {
    const message = `${formatManifestPath([...path, key])} comes from a merge key (<<): edit it in YAML`;
    throw new PathProblem('Foreign', message, offset);
  }
  if (pair === -1) {
    // A key that is an alias has its text elsewhere.
    if (!Object.hasOwn(value, key)) return undefined;
    throw new PathProblem('Foreign', `the key ${key} is an alias: edit it in YAML`, offset);
  }
  return { entry: placed(here, pair), step: key, value: value[key] ?? null };
}

function item(here: Here, index: number): Found | undefined {
  const { node, value, path, offset } = here;
  if (!isJsonList(value) || !isSeq(node)) throw wrongKind(here, 'a list');
  if (index === value.length) return undefined;
  if (!Number.isInteger(index) || index < 0 || index > value.length) {
    const message = `${formatManifestPath(path)} has ${value.length} items, and none at ${index}`;
    throw new PathProblem('NotFound', message, offset);
  }
  return { entry: placed(here, index), step: index, value: value[index] ?? null };
}

function placed({ node, path, offset }: Here, index: number): Entry {
  const entry = isCollection(node) ? entriesOf(node).find((each) => each.index === index) : undefined;
  if (entry) return entry;
  const message = `${formatManifestPath(path)} is written in a way that only the YAML view edits`;
  throw new PathProblem('Foreign', message, offset);
}

function indexOfItem(here: Here, step: MergeKeyStep): number | undefined {
  const { value, path, offset } = here;
  if (!isJsonList(value)) throw wrongKind(here, 'a list');
  const matching = value.flatMap((each, index) => (matchesKey(each, step) ? [index] : []));
  if (matching.length > 1) {
    const message = `${matching.length} items are ${formatManifestPath([...path, step])}: edit them in YAML`;
    throw new PathProblem('Ambiguous', message, offset);
  }
  return matching[0];
}

/** Merge keys of core/v1 that may be left out: `protocol` of a container's port is TCP (`+default="TCP"` in types.go). */
const MERGE_KEY_DEFAULTS: Readonly<Record<string, string>> = { protocol: 'TCP' };

function matchesKey(item: JsonValue, { key }: MergeKeyStep): boolean {
  if (!isJsonObject(item)) return false;
  return Object.entries(key).every(([name, wanted]) => {
    const has = Object.hasOwn(item, name) ? item[name] : MERGE_KEY_DEFAULTS[name];
    return has === wanted;
  });
}

function wrongKind({ path, offset }: Here, expected: string): PathProblem {
  const where = path.length === 0 ? 'the document' : formatManifestPath(path);
  return new PathProblem('WrongKind', `${where} is not ${expected}: edit it in YAML`, offset);
}

/** The key as the API server reads it; undefined for a merge key and for one that is an alias. */
function keyOfPair(pair: Pair): string | undefined {
  if (isMergeKey(pair.key)) return undefined;
  if (!isScalar(pair.key)) return undefined;
  const { value, source } = pair.key;
  // A quoted "<<" is a key like any other, which the library reads as its symbol.
  if (typeof value === 'symbol') return source;
  if (
    typeof value !== 'string' &&
    typeof value !== 'boolean' &&
    typeof value !== 'number' &&
    typeof value !== 'bigint'
  ) {
    return undefined;
  }
  return keyText(value, source);
}
