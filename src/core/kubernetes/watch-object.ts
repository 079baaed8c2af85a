import type { Clock } from '../../shared/clock.ts';
import type { ReadState } from '../../shared/contract/live.ts';
import { type JsonObject, objectAt, optional, textAt } from '../../shared/kubernetes/json-fields.ts';
import type { Row } from '../../shared/kubernetes/rows.ts';
import type { ApiConnection } from './api-connection.ts';
import { decodeListWith, decodeWatchWith, type ObjectReader } from './decode.ts';
import { createReflector } from './reflector.ts';
import type { RowDecoder } from './row-decoder.ts';

/** One object as the server has it, with every field. */
export interface LiveObject {
  readonly state: ReadState;
  /** Parsed; undefined before it was read and after it is gone. Numbers over 2^53 are exact in `text` alone. */
  readonly object: unknown;
  /** The same as JSON text, numbers as the server wrote them. */
  readonly text: string | undefined;
  /** The object was deleted, or was never there; a namesake that appears later ends this. */
  readonly gone: boolean;
  subscribe(listener: () => void): () => void;
}

export interface WatchObjectOptions {
  readonly connection: ApiConnection;
  /** Collection path: "/api/v1/namespaces/logging/pods". */
  readonly path: string;
  readonly name: string;
  readonly clock: Clock;
  readonly random: () => number;
}

interface RawRow extends Row {
  readonly object: JsonObject;
  readonly text: string;
}

/** Node 24 has JSON.rawJSON; TypeScript's library does not know it yet. */
const rawJson = JSON as unknown as { rawJSON(text: string): unknown };

/** JSON.rawJSON keeps a number's own digits through parse and stringify; client-go would keep an int64 too. */
function keepDigits(this: unknown, _key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined || String(value) === context.source) return value;
  return rawJson.rawJSON(context.source);
}

const readRaw: ObjectReader<RawRow> = (raw, list = {}) => {
  // Items of a built-in list carry neither; an object by itself does.
  const whole = {
    ...optional('apiVersion', list.apiVersion),
    ...optional('kind', list.kind),
    ...raw,
  };
  const text = JSON.stringify(whole);
  const metadata = objectAt(raw, 'metadata');
  return {
    uid: textAt(metadata, 'uid') ?? '',
    name: textAt(metadata, 'name') ?? '',
    namespace: textAt(metadata, 'namespace') ?? '',
    resourceVersion: textAt(metadata, 'resourceVersion') ?? '',
    object: JSON.parse(text) as JsonObject,
    text,
  };
};

const rawDecoder: RowDecoder<RawRow> = {
  list: async (bytes) => decodeListWith(readRaw, bytes, keepDigits),
  watch: async (bytes) => decodeWatchWith(readRaw, bytes, keepDigits),
};

/** Follows one object by a list and a watch with fieldSelector metadata.name, with the reflector's rules. */
export function watchObject(
  options: WatchObjectOptions,
): LiveObject & { nudge(delayMs?: number): void; stop(): Promise<void> } {
  const { name, ...rest } = options;
  const reflector = createReflector({
    ...rest,
    query: { fieldSelector: `metadata.name=${name}` },
    decoder: rawDecoder,
  });
  const present = (): RawRow | undefined => reflector.rows.values().next().value;
  return {
    get state() {
      return reflector.state;
    },
    get object() {
      return present()?.object;
    },
    get text() {
      return present()?.text;
    },
    get gone() {
      return reflector.listed && present() === undefined;
    },
    subscribe: (listener) => reflector.subscribe(() => listener()),
    nudge: (delayMs) => reflector.nudge(delayMs),
    stop: () => reflector.stop(),
  };
}
