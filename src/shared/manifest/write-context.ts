import { isMap, isScalar, isSeq } from 'yaml';
import type { Node } from 'yaml';
import { entriesOf, isCollection, isFlow } from './entry.ts';
import type { Collection, Entry } from './entry.ts';
import type { ManifestDocument } from './manifest-text.ts';
import { columnOf } from './region.ts';
import type { WriteContext } from './write-value.ts';

/** How the document indents: the most frequent way in its block collections, else two columns, lists too. */
export function writeContextOf(document: ManifestDocument): WriteContext {
  const known = contexts.get(document);
  if (known) return known;
  const habits = new Habits(document.source.text);
  habits.visit(document.tree.contents);
  const context = habits.context();
  contexts.set(document, context);
  return context;
}

const contexts = new WeakMap<ManifestDocument, WriteContext>();

/** The context inside a flow collection: like JSON where all around it is. */
export function flowContextOf(document: ManifestDocument, collection: Collection): WriteContext {
  const keys = isMap(collection) ? collection.items.map((pair) => pair.key) : collection.items;
  const strings = keys.filter((each) => isScalar(each) && typeof each.value === 'string');
  const quoted = strings.filter((each) => isScalar(each) && each.type === 'QUOTE_DOUBLE');
  const isJson = strings.length > 0 ? quoted.length === strings.length : isJsonDocument(document);
  return { ...writeContextOf(document), isJson };
}

function isJsonDocument({ tree }: ManifestDocument): boolean {
  const root = tree.contents;
  if (!isMap(root) || !isFlow(root)) return false;
  return root.items.every((pair) => isScalar(pair.key) && pair.key.type === 'QUOTE_DOUBLE');
}

/** Enough of a large document to know its habits. */
const ENOUGH_SAMPLES = 400;

class Habits {
  readonly #text: string;
  readonly #mapSteps = new Map<number, number>();
  readonly #listSteps = new Map<number, number>();
  #samples = 0;

  constructor(text: string) {
    this.#text = text;
  }

  visit(node: Node | null): void {
    if (!isCollection(node) || isFlow(node) || this.#samples > ENOUGH_SAMPLES) return;
    for (const entry of entriesOf(node)) {
      if (entry.key !== null) this.#sample(entry);
      this.visit(entry.value);
    }
  }

  context(): WriteContext {
    const step = mostFrequent(this.#mapSteps) ?? mostFrequent(this.#listSteps, (each) => each > 0) ?? 2;
    const listStep = mostFrequent(this.#listSteps) ?? step;
    // A dash further right than the step would still be read, and look like a mistake.
    return { step, listStep: listStep === 0 ? 0 : step, isJson: false, noBlockScalars: false };
  }

  #sample({ start, value }: Entry): void {
    if (!isCollection(value) || isFlow(value)) return;
    const first = entriesOf(value)[0];
    if (!first) return;
    this.#samples += 1;
    const steps = isSeq(value) ? this.#listSteps : this.#mapSteps;
    const step = columnOf(this.#text, first.start) - columnOf(this.#text, start);
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
}

function mostFrequent(counts: ReadonlyMap<number, number>, accepts = (_: number): boolean => true): number | undefined {
  const sorted = [...counts].filter(([value]) => accepts(value)).toSorted((a, b) => b[1] - a[1]);
  return sorted[0]?.[0];
}
