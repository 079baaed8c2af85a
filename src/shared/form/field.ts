import type { JsonValue } from '../manifest/json-value.ts';
import type { ManifestEdit, WriteStyle } from '../manifest/manifest-edit.ts';
import type { ManifestPath } from '../manifest/manifest-path.ts';
import type { Codec } from './codec.ts';
import { type FormDocument, valueAt } from './form-document.ts';

/** One value of the manifest that the form can show and write. */
export interface Field<T> {
  readonly path: ManifestPath;
  readonly codec: Codec<T>;
  /** How many parents go with the key when clearing it leaves them empty: those that the form made for it. */
  readonly pruneEmpty?: number;
  readonly style?: WriteStyle;
}

export type FieldState<T> =
  | { readonly state: 'present'; readonly value: T }
  | { readonly state: 'absent' }
  /** Decided by an alias or a merge key, or of a shape that the form does not know: shown, and never written. */
  | { readonly state: 'foreign'; readonly why: string; readonly line?: number };

/** An explicit `null` is absent, as it is to the API server. */
export function readField<T>(document: FormDocument, { path, codec }: Field<T>): FieldState<T> {
  const reading = document.read(path);
  if (reading.state === 'foreign') return { state: 'foreign', why: reading.message, ...lineOf(reading) };
  if (reading.state === 'absent' || reading.value === null) return { state: 'absent' };
  const value = codec.read(reading.value);
  if (value !== undefined) return { state: 'present', value };
  return { state: 'foreign', why: 'The form does not know this value.', ...lineOf(reading) };
}

function lineOf({ line }: { readonly line?: number }): { readonly line?: number } {
  return line === undefined ? {} : { line };
}

/** The value, or undefined when the field is absent or foreign. */
export function presentValue<T>(document: FormDocument, field: Field<T>): T | undefined {
  const state = readField(document, field);
  return state.state === 'present' ? state.value : undefined;
}

/**
 * The edits that give the field this value; undefined removes its key. None when it has the value already, and none for
 * a foreign field.
 */
export function writeField<T>(document: FormDocument, field: Field<T>, value: T | undefined): readonly ManifestEdit[] {
  const state = readField(document, field);
  if (state.state === 'foreign') return [];
  const { path, codec, pruneEmpty = 0, style } = field;
  const before = valueAt(document.manifest, path);
  if (value === undefined) return before === undefined ? [] : [{ op: 'remove', path, pruneEmpty }];
  const next = codec.write(value, before);
  if (state.state === 'present' && isSame(codec.write(state.value, before), next)) return [];
  return [{ op: 'set', path, value: next, ...(style ? { style } : {}) }];
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  return typeof a === typeof b && comparable(a) === comparable(b);
}

function comparable(value: JsonValue): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each));
}
