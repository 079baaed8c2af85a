import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../manifest/json-value.ts';
import { formatManifestPath, isMergeKeyStep, type ManifestPath, type ManifestStep } from '../manifest/manifest-path.ts';
import { readField } from '../manifest/read-field.ts';
import { type FormDocument, type FormReading, holdsKey } from './form-document.ts';
import { mayBeForeign } from './foreign-nodes.ts';
import type { FormProblem } from './form-problem.ts';
import { ruleProblems } from './form-rules.ts';
import { type FormRefusal, type FormSource, type OpenForm, openForm } from './open-form.ts';

/** A form as plain values, which a worker can send to a page. */
export interface FormSnapshot {
  readonly manifest: JsonObject;
  /** Outermost first; what is beneath one is foreign too. */
  readonly foreign: readonly ForeignPlace[];
}

export interface ForeignPlace {
  readonly path: readonly (string | number)[];
  /** One sentence for the user. */
  readonly message: string;
  /** 1-based. */
  readonly line: number;
}

/** What a text is to a form, as plain values. */
export type ReadForm =
  /** `problems` of our own rules. */
  | { readonly ok: true; readonly snapshot: FormSnapshot; readonly problems: readonly FormProblem[] }
  | { readonly ok: false; readonly refusal: FormRefusal };

export function readForm(text: string): ReadForm {
  const opened = openForm(text);
  if (!opened.ok) return opened;
  return { ok: true, snapshot: snapshotOf(opened.form), problems: ruleProblems(opened.form.manifest) };
}

export function snapshotOf({ manifest, source }: OpenForm): FormSnapshot {
  const { document } = source();
  const foreign: ForeignPlace[] = [];
  const look = (value: JsonValue, path: readonly (string | number)[]): void => {
    const reading = readField(document, path);
    if (reading.state === 'foreign') {
      foreign.push({ path, message: reading.message, line: reading.line });
      return;
    }
    if (isJsonList(value)) value.forEach((item, index) => look(item, [...path, index]));
    else if (isJsonObject(value)) for (const [key, member] of Object.entries(value)) look(member, [...path, key]);
  };
  // Most texts have none, which the tree tells at once.
  if (mayBeForeign(document)) look(manifest, []);
  return { manifest, foreign };
}

/** The form of a snapshot of this text. It is parsed here with the first edit, and not to be shown. */
export function formOfSnapshot(text: string, { manifest, foreign }: FormSnapshot): OpenForm {
  const byPath = new Map(foreign.map((place) => [JSON.stringify(place.path), place]));
  let source: FormSource | undefined;
  return {
    text,
    manifest,
    source: () => (source ??= sourceOf(text)),
    read: (path) => readIn(manifest, path, (at) => byPath.get(JSON.stringify(at))),
  };
}

function sourceOf(text: string): FormSource {
  const opened = openForm(text);
  if (!opened.ok) throw new Error(`the text of this form cannot be read: ${opened.refusal.message}`);
  return opened.form.source();
}

type ForeignAt = (path: readonly (string | number)[]) => ForeignPlace | undefined;

function readIn(root: JsonValue, path: ManifestPath, foreignAt: ForeignAt): ReturnType<FormDocument['read']> {
  const at: (string | number)[] = [];
  let value = root;
  for (const step of [undefined, ...path]) {
    if (step !== undefined) {
      const found = stepInto(value, step, at);
      if (found.state !== 'present') return found;
      ({ value } = found);
      at.push(found.step);
    }
    const foreign = foreignAt(at);
    if (foreign) return { state: 'foreign', message: foreign.message, line: foreign.line };
  }
  return { state: 'present', value };
}

type Stepped =
  | { readonly state: 'present'; readonly value: JsonValue; readonly step: string | number }
  | Exclude<FormReading, { readonly state: 'present' }>;

const ABSENT = { state: 'absent' } as const;

function stepInto(value: JsonValue, step: ManifestStep, at: readonly (string | number)[]): Stepped {
  if (value === null) return ABSENT;
  if (typeof step === 'string') {
    if (!isJsonObject(value)) return foreign(at, 'is not a map');
    const member = Object.hasOwn(value, step) ? value[step] : undefined;
    return member === undefined ? ABSENT : { state: 'present', value: member, step };
  }
  if (!isJsonList(value)) return foreign(at, 'is not a list');
  const indexes = isMergeKeyStep(step)
    ? value.flatMap((item, index) => (holdsKey(withDefaults(item), step.key) ? [index] : []))
    : [step];
  if (indexes.length > 1) return foreign(at, 'has the same item twice');
  const [index = -1] = indexes;
  const item = value[index];
  return item === undefined ? ABSENT : { state: 'present', value: item, step: index };
}

function foreign(at: readonly (string | number)[], what: string): Stepped {
  const where = at.length === 0 ? 'the document' : formatManifestPath(at);
  return { state: 'foreign', message: `${where} ${what}: edit it in YAML` };
}

/** A port's protocol is TCP where it is left out, also in its merge key (core/v1 types.go: `+default="TCP"`). */
function withDefaults(item: JsonValue): JsonValue {
  return isJsonObject(item) ? { protocol: 'TCP', ...item } : item;
}
