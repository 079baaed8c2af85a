import { asObject, textAt } from '../../shared/kubernetes/json-fields.ts';
import { CLOSE_LIST, CLOSE_OBJECT, COLON, COMMA, JsonScan, OPEN_LIST, OPEN_OBJECT } from './json-scan.ts';

/** Where the items of a list are in its text: each from `starts[i]` to before `ends[i]`; `open` and `close` are the brackets around them. */
export interface ListSlices {
  readonly open: number;
  readonly close: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * Finds the items of `{"kind": …, "items": […]}` without reading them, so that each can be parsed, made a row and forgotten before the next:
 * a whole page parsed at once is 20 MB that outlive the young generation. The text is JSON when each slice is, and the text with an empty
 * list in their place is. Undefined when it has no items, several, or is not of this shape: then the whole is to be parsed.
 */
export function sliceList(bytes: Uint8Array): ListSlices | undefined {
  const scan = new JsonScan(bytes);
  let slices: ListSlices | undefined;
  if (!scan.take(OPEN_OBJECT)) return undefined;
  do {
    const key = scan.key();
    if (key === undefined || !scan.take(COLON)) return undefined;
    if (key === 'items') {
      if (slices !== undefined) return undefined;
      slices = itemsOf(scan);
      if (slices === undefined) return undefined;
    } else if (!scan.skipValue()) return undefined;
  } while (scan.take(COMMA));
  return scan.take(CLOSE_OBJECT) && scan.atEnd ? slices : undefined;
}

function itemsOf(scan: JsonScan): ListSlices | undefined {
  const open = scan.next;
  if (!scan.take(OPEN_LIST)) return undefined;
  const starts: number[] = [];
  const ends: number[] = [];
  if (scan.take(CLOSE_LIST)) return { open, close: scan.at - 1, starts, ends };
  do {
    starts.push(scan.next);
    if (!scan.skipValue()) return undefined;
    ends.push(scan.at);
  } while (scan.take(COMMA));
  const close = scan.next;
  return scan.take(CLOSE_LIST) ? { open, close, starts, ends } : undefined;
}

/**
 * metadata.continue of a list whose items are not read yet, where it stands before them: the API server writes the fields of its types in
 * their order, metadata first. Undefined when there is none, or it is not seen.
 */
export function peekContinueToken(bytes: Uint8Array): string | undefined {
  const scan = new JsonScan(bytes);
  if (!scan.take(OPEN_OBJECT)) return undefined;
  do {
    const key = scan.key();
    if (key === undefined || key === 'items' || !scan.take(COLON)) return undefined;
    const start = scan.next;
    if (!scan.skipValue()) return undefined;
    if (key === 'metadata') return continueOf(scan.slice(start, scan.at));
  } while (scan.take(COMMA));
  return undefined;
}

function continueOf(metadata: string): string | undefined {
  try {
    return textAt(asObject(JSON.parse(metadata)), 'continue');
  } catch {
    // Not a secret: who reads the list says what is wrong with it.
    return undefined;
  }
}
