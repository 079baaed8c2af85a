import { isJsonObject } from '../../manifest/json-value.ts';
import type { JsonValue } from '../../manifest/json-value.ts';
import type { TolerationInput } from './pod-fields.ts';

/** Tolerations as the form shows them; undefined for one with an operator or a shape that it does not know. */
export function readTolerations(items: readonly JsonValue[]): readonly (TolerationInput | undefined)[] {
  return items.map((item) => {
    if (!isJsonObject(item)) return undefined;
    const { key, operator = 'Equal', value, effect, tolerationSeconds } = item;
    if (operator !== 'Equal' && operator !== 'Exists') return undefined;
    return {
      operator,
      ...(typeof key === 'string' ? { key } : {}),
      ...(typeof value === 'string' ? { value } : {}),
      ...(typeof effect === 'string' ? { effect } : {}),
      ...(typeof tolerationSeconds === 'number' ? { tolerationSeconds } : {}),
    };
  });
}
