import { isObject } from '../../shared/kubernetes/json-fields.ts';

/**
 * Whether everything that was sent stands in what is stored; the server may have added defaults. Lists must have the same
 * length and order. Empty objects and nulls that were sent may be missing, since the server drops them.
 */
export function isSubset(sent: unknown, stored: unknown): boolean {
  if (sent === null || sent === undefined) return true;
  if (Array.isArray(sent)) {
    if (sent.length === 0) return stored === undefined || (Array.isArray(stored) && stored.length === 0);
    return Array.isArray(stored) && sent.length === stored.length && sent.every((item, i) => isSubset(item, stored[i]));
  }
  if (isObject(sent)) {
    const there = isObject(stored) ? stored : {};
    return Object.entries(sent).every(([key, value]) => isSubset(value, there[key]));
  }
  return Object.is(sent, stored);
}
