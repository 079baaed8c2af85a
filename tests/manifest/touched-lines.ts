import { isCollection, isMap, isNode, isPair, isScalar } from 'yaml';
import type { Node, Scalar } from 'yaml';
import type { ManifestEdit, TransferEdit } from '../../src/shared/manifest/manifest-edit.ts';
import type { ManifestPath, ManifestStep } from '../../src/shared/manifest/manifest-path.ts';
import type { ManifestText } from '../../src/shared/manifest/manifest-text.ts';
import { modelOf } from './plain-model.ts';
import type { Model } from './plain-model.ts';

/** From 0, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** What an edit may touch, in order: one stretch of lines, or those of the two lists of a transfer. */
export function touchedRanges(manifest: ManifestText, index: number, edit: ManifestEdit): readonly LineRange[] {
  if (edit.op !== 'transfer') return [touchedLines(manifest, index, edit)];
  const { path, into, pruneEmpty = 0 } = edit;
  const left = touchedLines(manifest, index, { op: 'remove', path, pruneEmpty });
  const reached = touchedLines(manifest, index, { op: 'insert', path: into, at: 'end', value: null });
  const [first, second] = left.first <= reached.first ? [left, reached] : [reached, left];
  return second.first > first.last + 1
    ? [first, second]
    : [{ first: first.first, last: Math.max(first.last, second.last) }];
}

/** Whether a transfer leaves nothing in its list and takes that away with its comments. */
export function mayLoseComments({ documents }: ManifestText, index: number, edit: TransferEdit): boolean {
  const content = documents[index]?.content;
  const model = content?.readable === true ? modelOf(content.value) : null;
  return (edit.pruneEmpty ?? 0) > 0 && sizeAt(model, edit.path.slice(0, -1)) === 1;
}

/** Whether a transfer is between brackets and lines, where comments have no place: the item may be left where it is. */
export function mayStay({ documents, source }: ManifestText, index: number, { path, into }: TransferEdit): boolean {
  const root = documents[index]?.tree.contents ?? null;
  const content = documents[index]?.content;
  const model = content?.readable === true ? modelOf(content.value) : null;
  return hasBrackets(source.text, root, model, path.slice(0, -1)) || hasBrackets(source.text, root, model, into);
}

/** Empty brackets become lines, unless a comment in them keeps them. */
function hasBrackets(text: string, root: Node | null, model: Model, path: ManifestPath): boolean {
  let node: unknown = root;
  let value: Model | undefined = model;
  for (const step of path) {
    if (isNode(node) && isCollection(node) && node.flow === true) return true;
    const found = childOf(node, value, step);
    if (!found) return false;
    ({ node, value } = found);
  }
  if (!isNode(node) || !isCollection(node) || node.flow !== true) return false;
  const [start, end] = node.range ?? [0, 0];
  return node.items.length > 0 || text.slice(start, end).includes('#');
}

/**
 * The lines that an edit may touch: of all between the outermost brackets where it is inside of them; of the deepest node on its path, or of the list that changes; the comment lines
 * above them, and what stands deeper below them. Found from the tree's ranges and from plain lines.
 */
function touchedLines(
  { source, documents }: ManifestText,
  index: number,
  edit: Exclude<ManifestEdit, TransferEdit>,
): LineRange {
  const document = documents[index];
  const lines = source.text.replace(/^\ufeff/, '').split(/\r?\n/);
  const lineAt = (offset: number): number => source.text.slice(0, offset).split('\n').length - 1;
  const root: Node | null = document?.tree.contents ?? null;
  const model = document?.content.readable === true ? modelOf(document.content.value) : null;
  const path =
    edit.op === 'move'
      ? edit.path.slice(0, -1)
      : edit.op === 'remove'
        ? emptied(model, edit.path, edit.pruneEmpty ?? 0)
        : edit.path;
  const trail = trailOf(root, model, path);
  const top = trail.at(-1);
  if (!top || trail.length === 1)
    return wholeDocument(lines, lineAt, document?.tree.range ?? [0, 0, 0], document?.endsAt ?? 0);
  return widened(lines, lineAt(top.start), lineAt(Math.max(top.start, trimmedEnd(source.text, top.end))));
}

/** What a removal changes: the highest parent that is gone or left empty, else what is removed. */
function emptied(model: Model, path: ManifestPath, pruneEmpty: number): ManifestPath {
  let top = path;
  for (let pruned = 0; pruned <= pruneEmpty && top.length > 0 && sizeAt(model, top.slice(0, -1)) === 1; pruned += 1) {
    top = top.slice(0, -1);
  }
  return top;
}

function sizeAt(model: Model, path: ManifestPath): number {
  let at: Model | undefined = model;
  for (const step of path) {
    if (Array.isArray(at)) at = at[typeof step === 'object' ? named(at, step.key) : Number(step)];
    else at = at instanceof Map ? at.get(String(step)) : undefined;
  }
  return Array.isArray(at) ? at.length : at instanceof Map ? at.size : 0;
}

function wholeDocument(
  lines: readonly string[],
  lineAt: (offset: number) => number,
  range: readonly number[],
  end: number,
): LineRange {
  let first = lineAt(range[0] ?? 0);
  while (first > 0 && (lines[first - 1] ?? '').startsWith('#')) first -= 1;
  return { first, last: Math.min(lines.length - 1, lineAt(end)) };
}

interface Step {
  readonly start: number;
  readonly end: number;
}

function trailOf(root: Node | null, model: Model, path: ManifestPath): readonly Step[] {
  const trail: Step[] = [{ start: 0, end: 0 }];
  let node: unknown = root;
  let value: Model | undefined = model;
  for (const step of path) {
    const found = childOf(node, value, step);
    if (!found) break;
    const parent: unknown = node;
    ({ node, value } = found);
    if (isNode(parent) && isCollection(parent) && parent.flow === true) break;
    trail.push({ start: found.start, end: isNode(node) ? (node.range?.[1] ?? found.start) : found.start });
  }
  return trail;
}

function childOf(node: unknown, value: Model | undefined, step: ManifestStep) {
  if (!isNode(node) || !isCollection(node)) return undefined;
  if (isMap(node)) {
    const pair = node.items.find((each) => isScalar(each.key) && keyText(each.key) === step);
    const start = pair && isNode(pair.key) ? (pair.key.range?.[0] ?? 0) : 0;
    return pair
      ? { node: pair.value, value: value instanceof Map ? value.get(String(step)) : undefined, start }
      : undefined;
  }
  const index = typeof step === 'object' ? named(value, step.key) : Number(step);
  const item: unknown = node.items[index];
  if (!isNode(item) || isPair(item)) return undefined;
  return { node: item, value: Array.isArray(value) ? value[index] : undefined, start: item.range?.[0] ?? 0 };
}

/** A merge key is no key of the value, unless it stands in quotes. */
function keyText({ value, source, type }: Scalar): string | undefined {
  if (typeof value !== 'symbol') return String(value);
  return type === 'PLAIN' ? undefined : source;
}

function named(value: Model | undefined, key: Readonly<Record<string, string | number>>): number {
  if (!Array.isArray(value)) return -1;
  return value.findIndex(
    (each) => each instanceof Map && Object.entries(key).every(([name, is]) => each.get(name) === is),
  );
}

/** Range ends of blocks lie behind line breaks. */
function trimmedEnd(text: string, end: number): number {
  return text.slice(0, end).trimEnd().length;
}

/** With comment lines above, and blank lines, comments and a dash alone around it. */
function widened(lines: readonly string[], first: number, last: number): LineRange {
  const column = indentOf(lines[first] ?? '');
  let from = first;
  while (from > 0 && /^\s*(-(\s+-)*)?(\s*#.*)?$/.test(lines[from - 1] ?? '')) from -= 1;
  let to = last;
  while (to + 1 < lines.length && isInside(lines[to + 1] ?? '', column)) to += 1;
  // A first item behind a dash gives its line to the next one.
  if (lines.slice(from, first + 1).some((line) => /^\s*-(\s|$)/.test(line))) to += 1;
  return { first: from, last: Math.min(to, lines.length - 1) };
}

function isInside(line: string, column: number): boolean {
  return line.trim() === '' || (line.trimStart().startsWith('#') && indentOf(line) > column);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
