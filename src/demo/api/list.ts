import type { KubeObject } from '../objects.ts';
import { type Collection, keyOfObject } from '../store/collection.ts';
import { objectJson } from '../store/object-json.ts';
import type { Selection } from './selection.ts';
import { badRequest, expired } from './status-error.ts';

interface ContinueToken {
  readonly version: number;
  readonly after: string;
}

const CONTINUE_EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.';

function encodeToken(token: ContinueToken): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: token.version, start: token.after })).toString(
    'base64url',
  );
}

function decodeToken(text: string): ContinueToken {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null && 'rv' in parsed && 'start' in parsed) {
      const { rv, start } = parsed;
      if (typeof rv === 'number' && typeof start === 'string') return { version: rv, after: start };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw badRequest('continue key is not valid: the token cannot be read');
}

function wholeNumber(query: URLSearchParams, name: string): number {
  const text = query.get(name);
  if (text === null || text === '') return 0;
  if (!/^[0-9]+$/.test(text)) throw badRequest(`strconv.ParseUint: parsing "${text}": invalid syntax`);
  return Number(text);
}

function checkVersion(text: string): void {
  if (/^\d*$/.test(text)) return;
  const why = `Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`;
  throw badRequest(`invalid resource version: resourceVersion: ${why}`);
}

export interface Page {
  readonly items: readonly KubeObject[];
  readonly version: number;
  readonly continueToken?: string;
  readonly remaining?: number;
}

/**
 * One page of a list. All pages of a list show the objects as they were when it began; when the changes since then are no longer in the
 * log, a `continue` is answered with 410.
 */
export function pageOf(
  collection: Collection<KubeObject>,
  currentVersion: number,
  selection: Selection,
  query: URLSearchParams,
  isWhole: boolean,
): Page {
  const limit = wholeNumber(query, 'limit');
  checkVersion(query.get('resourceVersion') ?? '');
  const continueText = query.get('continue') ?? '';
  const token = continueText === '' ? undefined : decodeToken(continueText);
  const version = token?.version ?? currentVersion;
  const all = token === undefined ? collection.items() : collection.itemsAt(token.version);
  if (all === undefined) throw expired(CONTINUE_EXPIRED);
  const selected = all.filter((object) => selection.matches(object));
  const rest = token === undefined ? selected : selected.filter((object) => keyOfObject(object) > token.after);
  if (limit === 0 || rest.length <= limit) return { items: rest, version };
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  const continueToken = encodeToken({ version, after: last === undefined ? '' : keyOfObject(last) });
  // The API server counts what remains only when nothing is selected away.
  return { items, version, continueToken, ...(isWhole ? { remaining: rest.length - limit } : {}) };
}

/** Items of a list are of the list's kind, and do not say so themselves. */
function itemJson(object: KubeObject): string {
  return objectJson(object).replace(/^\{"(?:kind|apiVersion)":"[^"]*","(?:kind|apiVersion)":"[^"]*",/, '{');
}

export function pageJson(kind: string, apiVersion: string, page: Page): string {
  const metadata = {
    resourceVersion: String(page.version),
    ...(page.continueToken === undefined ? {} : { continue: page.continueToken }),
    ...(page.remaining === undefined ? {} : { remainingItemCount: page.remaining }),
  };
  const head = `{"kind":"${kind}List","apiVersion":"${apiVersion}","metadata":${JSON.stringify(metadata)},"items":[`;
  return `${head}${page.items.map(itemJson).join(',')}]}\n`;
}
