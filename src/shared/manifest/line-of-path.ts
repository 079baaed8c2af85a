import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { Document, Node, Pair, ParsedNode, YAMLMap } from 'yaml';
import { DIALECT } from './dialect.ts';
import { parseFieldPath } from './field-path.ts';
import type { PathStep } from './field-path.ts';
import { TextLines } from './manifest-finding.ts';
import type { TextPosition } from './manifest-finding.ts';
import { offsetOf } from './node-reader.ts';

/** Finds where fields stand in a text; the text is parsed once. A field that is missing is answered by its nearest parent. */
export function pathFinder(text: string): (fieldPath: string) => TextPosition | undefined {
  const root = firstContent(text);
  const lines = new TextLines(text);
  return (fieldPath) => {
    if (!root.contents) return undefined;
    return lines.positionOf(offsetOfPath(root.document, root.contents, parseFieldPath(fieldPath)));
  };
}

/**
 * Where the server's field path (`spec.template.spec.containers[0].image`, k8s.io/apimachinery field.Path) stands in
 * the text: at its key, or at the item of a list. Undefined when the text holds no document.
 */
export function lineOfPath(text: string, fieldPath: string): TextPosition | undefined {
  return pathFinder(text)(fieldPath);
}

interface Root {
  readonly document?: Document.Parsed<ParsedNode>;
  readonly contents?: Node;
}

function firstContent(text: string): Root {
  const documents = parseAllDocuments(text, DIALECT);
  if ('empty' in documents) return {};
  for (const document of documents) {
    if (document.contents && document.contents.range[0] !== document.contents.range[1]) {
      return { document, contents: document.contents };
    }
  }
  return {};
}

function offsetOfPath(document: Document | undefined, root: Node, steps: readonly PathStep[]): number {
  let node: unknown = root;
  let offset = offsetOf(root);
  let rest = steps;
  while (rest.length > 0) {
    const found = stepInto(document, node, rest);
    if (!found) return offset;
    ({ node, offset } = found);
    rest = rest.slice(found.taken);
  }
  return offset;
}

interface Found {
  readonly node: unknown;
  readonly offset: number;
  readonly taken: number;
}

function stepInto(document: Document | undefined, start: unknown, steps: readonly PathStep[]): Found | undefined {
  const node = isAlias(start) && document ? start.resolve(document) : start;
  const [step] = steps;
  if (step === undefined) return undefined;
  if (isSeq(node)) {
    if (!step.bracketed || !/^\d+$/.test(step.text)) return undefined;
    const item = node.items[Number(step.text)];
    return item === undefined ? undefined : { node: item, offset: offsetOf(item), taken: 1 };
  }
  return isMap(node) ? memberOf(node, steps) : undefined;
}

/** The longest run of dotted steps that is a key wins: a server may write a label's key without brackets. */
function memberOf(map: YAMLMap, steps: readonly PathStep[]): Found | undefined {
  const dotted = steps.findIndex((step, index) => index > 0 && step.bracketed);
  const longest = steps[0]?.bracketed === true ? 1 : dotted === -1 ? steps.length : dotted;
  for (let taken = longest; taken > 0; taken -= 1) {
    const key = steps
      .slice(0, taken)
      .map((step) => step.text)
      .join('.');
    const pair = map.items.find((each) => keyOf(each) === key);
    if (pair) return { node: pair.value, offset: offsetOf(pair.key), taken };
  }
  return undefined;
}

function keyOf(pair: Pair): string | undefined {
  return isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : undefined;
}
