import { assertNever } from '../../shared/errors/assert-never.ts';
import {
  isObject,
  type JsonObject,
  field,
  numberAt,
  objectAt,
  stringMapAt,
  textAt,
} from '../../shared/kubernetes/json-fields.ts';
import { ROW_READERS } from '../../shared/kubernetes/row-readers.ts';
import type { Row, RowOf, RowResource } from '../../shared/kubernetes/rows.ts';
import { type ListSlices, sliceList } from './list-slices.ts';

/** One page of a list. */
export interface DecodedList<T> {
  readonly rows: readonly T[];
  readonly resourceVersion: string;
  readonly continueToken?: string;
  /** metadata.remainingItemCount, where the server counts. */
  readonly remaining?: number;
}

/** One line of a watch. `status` of an error is the raw Status object. */
export type WatchEvent<T> =
  | { readonly type: 'upsert'; readonly row: T }
  | { readonly type: 'delete'; readonly row: T }
  | { readonly type: 'bookmark'; readonly resourceVersion: string; readonly initialEventsEnd: boolean }
  | { readonly type: 'error'; readonly status: unknown };

/**
 * Whole lines of a watch in order. Decoding stops at the first line that cannot be read (`unparsable` counts it), so that the watch is
 * resumed from before it and nothing is skipped.
 */
export interface WatchEvents<T> {
  readonly events: readonly WatchEvent<T>[];
  readonly unparsable: number;
}

/** Reads an object of a list or of an event. `list` holds the list's apiVersion and kind, which its items lack. */
export type ObjectReader<T> = (raw: JsonObject, list?: { readonly apiVersion?: string; readonly kind?: string }) => T;

/** Bytes that are not the JSON they should be. The reflector drops the connection and says so. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

type Reviver = (this: unknown, key: string, value: unknown, context?: { readonly source?: string }) => unknown;

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}

function parse(text: string, reviver?: Reviver): unknown {
  try {
    return JSON.parse(text, reviver);
  } catch (error) {
    throw new DecodeError('The server answered a list with something that is no JSON.', { cause: error });
  }
}

interface ParsedList {
  readonly list: JsonObject;
  /** Parsed one by one as they are asked for. */
  readonly items: Iterable<unknown>;
}

function parseList(bytes: Uint8Array, reviver?: Reviver): ParsedList {
  const slices = sliceList(bytes);
  const text =
    slices === undefined
      ? textOf(bytes, 0, bytes.length)
      : textOf(bytes, 0, slices.open + 1) + textOf(bytes, slices.close, bytes.length);
  const list = parse(text, reviver);
  const items = isObject(list) ? field(list, 'items') : undefined;
  if (!isObject(list) || !Array.isArray(items)) {
    throw new DecodeError('The server answered a list with JSON that is no Kubernetes list.');
  }
  return { list, items: slices === undefined ? items : parseItems(bytes, slices, reviver) };
}

function* parseItems(bytes: Uint8Array, { starts, ends }: ListSlices, reviver?: Reviver): Generator<unknown> {
  for (const [index, start] of starts.entries()) yield parse(textOf(bytes, start, ends[index] ?? start), reviver);
}

/** Throws DecodeError for anything but a Kubernetes list. */
export function decodeListWith<T>(read: ObjectReader<T>, bytes: Uint8Array, reviver?: Reviver): DecodedList<T> {
  const { list, items } = parseList(bytes, reviver);
  const metadata = objectAt(list, 'metadata');
  const apiVersion = textAt(list, 'apiVersion');
  const kind = textAt(list, 'kind')?.replace(/List$/, '');
  const continueToken = textAt(metadata, 'continue');
  const remaining = numberAt(metadata, 'remainingItemCount');
  const type = { ...(apiVersion === undefined ? {} : { apiVersion }), ...(kind === undefined ? {} : { kind }) };
  const rows: T[] = [];
  for (const item of items) if (isObject(item)) rows.push(read(item, type));
  return {
    rows,
    resourceVersion: textAt(metadata, 'resourceVersion') ?? '',
    ...(continueToken === undefined ? {} : { continueToken }),
    ...(remaining > 0 ? { remaining } : {}),
  };
}

function toEvent<T>(read: ObjectReader<T>, value: unknown): WatchEvent<T> | undefined {
  if (!isObject(value)) return undefined;
  const object = field(value, 'object');
  if (!isObject(object)) return undefined;
  const metadata = objectAt(object, 'metadata');
  switch (field(value, 'type')) {
    case 'ADDED':
    case 'MODIFIED':
      return { type: 'upsert', row: read(object) };
    case 'DELETED':
      return { type: 'delete', row: read(object) };
    case 'BOOKMARK': {
      const initialEventsEnd = stringMapAt(metadata, 'annotations')['k8s.io/initial-events-end'] === 'true';
      return { type: 'bookmark', resourceVersion: textAt(metadata, 'resourceVersion') ?? '', initialEventsEnd };
    }
    case 'ERROR':
      return { type: 'error', status: object };
    default:
      return undefined;
  }
}

function parseLine(bytes: Uint8Array, start: number, end: number, reviver?: Reviver): unknown {
  try {
    return JSON.parse(textOf(bytes, start, end), reviver);
  } catch {
    // Not a secret: the caller counts the line and drops the connection.
    return undefined;
  }
}

/** A watch that went on from no version would begin anew, and never tell of what was deleted meanwhile. */
function isWhole<T extends Row>(event: WatchEvent<T>): boolean {
  switch (event.type) {
    case 'upsert':
    case 'delete':
      return event.row.uid !== '' && event.row.resourceVersion !== '';
    case 'bookmark':
      return event.resourceVersion !== '';
    case 'error':
      return true;
    default:
      return assertNever(event);
  }
}

export function decodeWatchWith<T extends Row>(
  read: ObjectReader<T>,
  bytes: Uint8Array,
  reviver?: Reviver,
): WatchEvents<T> {
  const events: WatchEvent<T>[] = [];
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    if (end > start) {
      const event = toEvent(read, parseLine(bytes, start, end, reviver));
      if (event === undefined || !isWhole(event)) return { events, unparsable: 1 };
      events.push(event);
    }
    start = end + 1;
  }
  return { events, unparsable: 0 };
}

export function decodeList<R extends RowResource>(resource: R, bytes: Uint8Array): DecodedList<RowOf[R]> {
  return decodeListWith(ROW_READERS[resource], bytes);
}

export function decodeWatch<R extends RowResource>(resource: R, bytes: Uint8Array): WatchEvents<RowOf[R]> {
  return decodeWatchWith<RowOf[R]>(ROW_READERS[resource], bytes);
}
