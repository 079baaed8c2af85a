import { isJsonList, isJsonObject } from '../manifest/json-value.ts';
import type { JsonObject, JsonValue } from '../manifest/json-value.ts';
import { isMergeKeyStep } from '../manifest/manifest-path.ts';
import type { ManifestPath, ManifestStep } from '../manifest/manifest-path.ts';

/** What stands at a path. Lines are 1-based, and absent where nobody has looked for them. */
export type FormReading =
  | { readonly state: 'present'; readonly value: JsonValue; readonly line?: number }
  | { readonly state: 'absent' }
  | { readonly state: 'foreign'; readonly message: string; readonly line?: number };

/** One document of a text as the form looks at it. */
export interface FormDocument {
  /** Its value as the API server reads it. */
  readonly manifest: JsonObject;
  readonly read: (path: ManifestPath) => FormReading;
}

/** The value at a path, or undefined where nothing is or a list holds the merge key twice. */
export function valueAt(root: JsonValue, path: ManifestPath): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, step) => stepInto(value, step), root);
}

/** The items of the list at a path; none for what is no list. */
export function itemsAt(root: JsonValue, path: ManifestPath): readonly JsonValue[] {
  const value = valueAt(root, path);
  return isJsonList(value) ? value : [];
}

/** A string member of an object, else ''. */
export function textOf(value: JsonValue | undefined, key: string): string {
  const member = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof member === 'string' ? member : '';
}

function stepInto(value: JsonValue | undefined, step: ManifestStep): JsonValue | undefined {
  if (typeof step === 'string') return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  if (!isJsonList(value)) return undefined;
  if (typeof step === 'number') return value[step];
  const found = value.filter((item) => holdsKey(item, step.key));
  return found.length === 1 ? found[0] : undefined;
}

/** Whether an item of a list has the fields of a merge key. */
export function holdsKey(item: JsonValue, key: Readonly<Record<string, string | number>>): boolean {
  return isJsonObject(item) && Object.entries(key).every(([name, value]) => item[name] === value);
}

/** The server's field path of a place in this document: merge keys become indexes, odd keys stand in brackets. */
export function fieldPathOf(root: JsonValue, path: ManifestPath): string {
  let written = '';
  let value: JsonValue | undefined = root;
  for (const step of path) {
    if (typeof step === 'string') {
      const plain = /^[A-Za-z0-9]+$/.test(step);
      written += plain ? `${written === '' ? '' : '.'}${step}` : `[${step}]`;
    } else {
      written += `[${isMergeKeyStep(step) ? indexOfKey(value, step.key) : step}]`;
    }
    value = stepInto(value, step);
  }
  return written;
}

/** The notation of fieldPathOf for a path as rules and servers write it: they put plain keys of a map in brackets too, `requests[cpu]`. */
export function inFieldNotation(path: string): string {
  return path.replaceAll(/\[([A-Za-z][A-Za-z0-9]*)\]/g, '.$1');
}

function indexOfKey(value: JsonValue | undefined, key: Readonly<Record<string, string | number>>): number {
  return isJsonList(value) ? value.findIndex((item) => holdsKey(item, key)) : -1;
}
