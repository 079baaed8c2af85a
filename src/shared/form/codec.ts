import type { JsonObject, JsonValue } from '../manifest/json-value.ts';
import { isJsonObject } from '../manifest/json-value.ts';

/**
 * How a form reads and writes one value. `read` answers undefined for a shape that it does not know: such a field is
 * foreign, is shown as "edit in YAML" and is never written. Reading back what was written gives the same value.
 */
export interface Codec<T> {
  readonly read: (value: JsonValue) => T | undefined;
  /** `before` is what stood there: a value keeps its kind (`cpu: 2` stays a number) where the API takes several. */
  readonly write: (value: T, before?: JsonValue) => JsonValue;
}

/** A string. Numbers and booleans that stand unquoted where the API wants a string are foreign: the server refuses them. */
export const textCodec: Codec<string> = {
  read: (value) => (typeof value === 'string' ? value : undefined),
  write: (value) => value,
};

/** An integer of at most 2^53; larger ones are foreign, so that no digit is lost. */
export const integerCodec: Codec<number> = {
  read: (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined),
  write: (value) => value,
};

export const flagCodec: Codec<boolean> = {
  read: (value) => (typeof value === 'boolean' ? value : undefined),
  write: (value) => value,
};

/** One of the API's words. A word that is not known is foreign: a newer server may have it. */
export function choiceCodec<Choice extends string>(choices: readonly Choice[]): Codec<Choice> {
  return {
    read: (value) => choices.find((choice) => choice === value),
    write: (value) => value,
  };
}

/** An integer or a text, each kept as it is written: the server refuses `"2"` where it takes `2`. */
export const intOrStringCodec: Codec<number | string> = {
  read: (value) => (typeof value === 'string' ? value : integerCodec.read(value)),
  write: (value) => value,
};

/** resource.Quantity as its text; an unquoted number (`cpu: 2`, `1.5`) is read as the text it stands for. */
export const quantityCodec: Codec<string> = {
  read: (value) => {
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
  },
  write: (value, before) => (typeof before === 'number' && /^[0-9]{1,15}$/.test(value) ? Number(value) : value),
};

/** What people write as a list of strings: a command, arguments, capabilities. */
export const textListCodec: Codec<readonly string[]> = {
  read: (value) => {
    if (!Array.isArray(value)) return undefined;
    const texts: readonly JsonValue[] = value;
    return texts.every((each): each is string => typeof each === 'string') ? texts : undefined;
  },
  write: (value) => value,
};

/** A map of strings in its written order: labels, annotations, a node selector. */
export const textMapCodec: Codec<readonly (readonly [key: string, value: string])[]> = {
  read: (value) => {
    if (!isJsonObject(value)) return undefined;
    const entries = Object.entries(value);
    return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string') ? entries : undefined;
  },
  write: (entries): JsonObject => Object.fromEntries(entries),
};
