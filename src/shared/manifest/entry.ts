import { isAlias, isMap, isNode, isPair, isScalar, isSeq } from 'yaml';
import type { CST, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { TextRange } from './manifest-edit.ts';

/** A map or list as the library's tree holds it. */
export type Collection = YAMLMap | YAMLSeq;

/** Anchor and tag in front of a value. */
export interface NodeProps {
  readonly range: TextRange;
  /** Without its `&`. */
  readonly anchor?: string;
  readonly hasTag: boolean;
}

/** A key with its value, or a list item: where its parts stand in the text. Offsets are UTF-16 units. */
export interface Entry {
  readonly collection: Collection;
  readonly index: number;
  /** Of a map's entry. */
  readonly key: Node | null;
  readonly value: Node | null;
  /** First character: of the key with its anchor, of a `?`, of the dash, or of a flow item. */
  readonly start: number;
  /** Behind the `:` or the dash; at a flow item's start; behind the key where there is no `:`. */
  readonly after: number;
  /** Whether there is a `:` or a dash. */
  readonly hasIndicator: boolean;
  /** Whether the key has a `?` of its own. */
  readonly isExplicit: boolean;
  readonly props: NodeProps | undefined;
  /** The value without its props; empty, behind what is before it, where there is none. */
  readonly content: TextRange;
}

export function isFlow(collection: Collection): boolean {
  return collection.flow === true;
}

/** The collection's entries in order. */
export function entriesOf(collection: Collection): readonly Entry[] {
  const known = entriesByCollection.get(collection);
  if (known) return known;
  const entries = isMap(collection) ? pairsOf(collection) : itemsOf(collection);
  entriesByCollection.set(collection, entries);
  return entries;
}

/** Trees never change once they are parsed. */
const entriesByCollection = new WeakMap<Collection, readonly Entry[]>();

/** Whether the library kept where the collection's parts stand: not of a pair without braces in a list (`[a: 1]`). */
export function hasPlaces(collection: Collection): boolean {
  return collection.srcToken !== undefined;
}

function pairsOf(map: YAMLMap): readonly Entry[] {
  return map.items.flatMap((pair, index) => {
    const token = sourceOf(pair);
    return token ? [pairEntry(map, index, pair, token)] : [];
  });
}

function sourceOf(pair: Pair): CST.CollectionItem | undefined {
  return pair.srcToken;
}

function pairEntry(collection: YAMLMap, index: number, pair: Pair, token: CST.CollectionItem): Entry {
  const sep = token.sep ?? [];
  const colon = sep.find((each) => each.type === 'map-value-ind');
  const key = asNode(pair.key);
  const keyEnd = key?.range?.[1] ?? colon?.offset ?? 0;
  const explicit = token.start.find((each) => each.type === 'explicit-key-ind');
  const first = explicit ?? propsOf(token.start)?.range.start;
  const start = typeof first === 'number' ? first : (first?.offset ?? token.key?.offset ?? colon?.offset ?? keyEnd);
  const props = colon ? propsOf(sep.slice(sep.indexOf(colon))) : undefined;
  const after = colon ? colon.offset + 1 : keyEnd;
  const value = asNode(pair.value);
  const content = contentOf(value, props?.range.end ?? after);
  const isExplicit = explicit !== undefined;
  return { collection, index, key, value, start, after, hasIndicator: colon !== undefined, isExplicit, props, content };
}

function itemsOf(seq: YAMLSeq): readonly Entry[] {
  const tokens = seq.srcToken !== undefined && 'items' in seq.srcToken ? seq.srcToken.items : [];
  return seq.items.flatMap((item, index) => {
    const token = tokens[index];
    return token && !isPair(item) ? [itemEntry(seq, index, asNode(item), token)] : [];
  });
}

function itemEntry(collection: YAMLSeq, index: number, value: Node | null, token: CST.CollectionItem): Entry {
  const dash = token.start.find((each) => each.type === 'seq-item-ind');
  // In a flow list the token before the props is the comma of the item before.
  const props = propsOf(token.start);
  const valueStart = contentOf(value, dash ? dash.offset + 1 : 0).start;
  const start = dash?.offset ?? props?.range.start ?? valueStart;
  const after = dash ? dash.offset + 1 : start;
  const content = contentOf(value, props?.range.end ?? after);
  return {
    collection,
    index,
    key: null,
    value,
    start,
    after,
    hasIndicator: dash !== undefined,
    isExplicit: false,
    props,
    content,
  };
}

function propsOf(tokens: readonly CST.SourceToken[]): NodeProps | undefined {
  const props = tokens.filter((each) => each.type === 'anchor' || each.type === 'tag');
  const [first] = props;
  const last = props.at(-1);
  if (!first || !last) return undefined;
  const anchor = props.find((each) => each.type === 'anchor')?.source.slice(1);
  const range = { start: first.offset, end: last.offset + last.source.length };
  const hasTag = props.some((each) => each.type === 'tag');
  return anchor === undefined ? { range, hasTag } : { range, anchor, hasTag };
}

function contentOf(value: Node | null, emptyAt: number): TextRange {
  if (value === null || isEmptyScalar(value)) return { start: emptyAt, end: emptyAt };
  if ((isMap(value) || isSeq(value)) && !isFlow(value)) {
    const entries = entriesOf(value);
    const start = entries[0]?.start ?? value.range?.[0] ?? emptyAt;
    return { start, end: entries.at(-1)?.content.end ?? start };
  }
  const [start, end] = value.range ?? [emptyAt, emptyAt];
  return { start, end };
}

/** Whether nothing is written where the value would be. */
export function isEmptyScalar(node: Node | null): boolean {
  return node === null || (isScalar(node) && (node.range?.[0] ?? 0) === (node.range?.[1] ?? 0));
}

function asNode(value: unknown): Node | null {
  return isNode(value) ? value : null;
}

export function isCollection(node: Node | null): node is Collection {
  return node !== null && (isMap(node) || isSeq(node));
}

/** Where a block scalar ends that keeps the blank lines behind it (`|+`), when the entry ends with one. */
export function keptScalarEnd({ value, content }: Entry): number | undefined {
  if (isCollection(value) && !isFlow(value)) {
    const last = entriesOf(value).at(-1);
    return last && keptScalarEnd(last);
  }
  const token = value?.srcToken;
  if (token?.type !== 'block-scalar') return undefined;
  const [header] = token.props;
  return header !== undefined && 'source' in header && header.source.includes('+') ? content.end : undefined;
}

/** The names of all anchors that an alias of the tree refers to. */
export function aliasedAnchors(root: Node | null): ReadonlySet<string> {
  if (root === null) return NO_NAMES;
  const known = anchorsByRoot.get(root);
  if (known) return known;
  const names = new Set<string>();
  visitNodes(root, (node) => {
    if (isAlias(node)) names.add(node.source);
  });
  anchorsByRoot.set(root, names);
  return names;
}

const NO_NAMES: ReadonlySet<string> = new Set();
/** A form reads many fields of one tree. */
const anchorsByRoot = new WeakMap<Node, ReadonlySet<string>>();

/** Every node of the tree, keys too. Trees are at most 100 deep where a document could be read. */
export function visitNodes(root: unknown, visit: (node: Node) => void): void {
  if (isPair(root)) {
    visitNodes(root.key, visit);
    visitNodes(root.value, visit);
    return;
  }
  if (!isNode(root)) return;
  visit(root);
  if (isMap(root) || isSeq(root)) for (const item of root.items) visitNodes(item, visit);
}
