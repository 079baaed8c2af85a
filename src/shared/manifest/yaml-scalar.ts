import { INFINITE_OR_NAN, readGoNumber } from './go-number.ts';
import type { JsonValue } from './json-value.ts';

/** Where a scalar is written: what may be plain differs. */
export interface ScalarPlace {
  /** Inside `[]` or `{}`. */
  readonly isFlow: boolean;
  /** Among JSON: every string in double quotes. */
  readonly isJson: boolean;
}

export type Quotes = 'plain' | 'single' | 'double';

/** Thrown for a value that no YAML text stands for; `applyManifestEdits` makes a problem of it. */
export class NotWritable extends Error {
  override readonly name = 'NotWritable';
}

/** A value that is neither a map nor a list, on one line, so that the API server reads exactly it. */
export function writeScalar(
  value: null | boolean | number | bigint | string,
  place: ScalarPlace,
  quotes: Quotes = 'plain',
): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, place, quotes);
    case 'number':
      return writeNumber(value);
    case 'bigint':
      return writeInteger(value);
    default:
      return String(value);
  }
}

/** A map's key: at most 1,000 characters, since YAML wants the colon within 1,024. */
export function writeKey(key: string, place: ScalarPlace, quotes: Quotes = 'plain'): string {
  if (key === '__proto__') throw new NotWritable('the key __proto__ is not allowed');
  const written = writeString(key, place, quotes);
  if (written.length > 1_000) throw new NotWritable('a key of more than 1,000 characters cannot be written');
  return written;
}

export function isScalarValue(value: JsonValue): value is null | boolean | number | bigint | string {
  return value === null || typeof value !== 'object';
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value))
    throw new NotWritable(`${value} cannot be written in JSON, so the API server refuses it`);
  return Object.is(value, -0) ? '0' : String(value);
}

function writeInteger(value: bigint): string {
  if (value >= -(2n ** 63n) && value < 2n ** 64n) return value.toString();
  throw new NotWritable(`${value} has more than 64 bits: the API server would round it`);
}

function writeString(text: string, place: ScalarPlace, quotes: Quotes): string {
  if (!text.isWellFormed()) throw new NotWritable('half of a surrogate pair cannot be written in YAML');
  if (place.isJson) return doubleQuoted(text);
  if (quotes === 'plain' && canBePlain(text, place)) return text;
  if (quotes === 'single' && !NEEDS_ESCAPE.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return doubleQuoted(text);
}

/** Characters that stand as they are in no style but the escaped one; a line break or tab too, to be seen. */
// eslint-disable-next-line no-control-regex
const NEEDS_ESCAPE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

function doubleQuoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** No indicator at the start; a dash, `?` or `:` only before something that cannot be taken for a blank or a bracket. */
const PLAIN_START = /^(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|[-?:](?=[^\s,[\]{}]))/;
const ENDS_PLAIN = /:(?:\s|$)|\s#|^\s|\s$/;

/** Whether the text without quotes reads as the same string, for the API server and for stricter readers of YAML 1.1. */
function canBePlain(text: string, { isFlow }: Pick<ScalarPlace, 'isFlow'>): boolean {
  if (!PLAIN_START.test(text) || ENDS_PLAIN.test(text) || NEEDS_ESCAPE.test(text)) return false;
  if (/^(?:---|\.\.\.)/.test(text)) return false;
  if (isFlow && /[,[\]{}?]|^:/.test(text)) return false;
  return !isResolved(text);
}

const WORDS: ReadonlySet<string> = new Set(
  ['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n', '~', '<<', '='].flatMap((word) => [
    word,
    word.toUpperCase(),
    word.charAt(0).toUpperCase() + word.slice(1),
  ]),
);
/** Base 60 and dates: strings for the API server, and no strings for other readers; Go's own writer quotes them too. */
const OTHERS_RESOLVE = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$|^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt\s])/;
/** What almost is a number (`0o8`, `1e`, `0x`) is quoted for the reader's sake. */
const NUMBER_LIKE = /^[-+.]*[0-9][0-9_]*(?:[.,][0-9_]*)?(?:[eE][-+]?[0-9]*)?$|^[-+]?0[xXoObB][0-9a-fA-F_]*$/;

function isResolved(text: string): boolean {
  return (
    WORDS.has(text) ||
    readGoNumber(text) !== undefined ||
    INFINITE_OR_NAN.test(text) ||
    OTHERS_RESOLVE.test(text) ||
    NUMBER_LIKE.test(text)
  );
}
