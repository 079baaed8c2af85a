import type { JsonValue } from './json-value.ts';
import { openManifest } from './manifest-text.ts';

/**
 * A JSON text as a value that keeps every digit of its integers, which JSON.parse does not. A text beyond the limits of a manifest is
 * read with JSON.parse.
 *
 * @throws SyntaxError
 */
export function exactJson(text: string): JsonValue {
  const opened = openManifest(text);
  const content = opened.ok ? opened.manifest.documents[0]?.content : undefined;
  // What JSON.parse answers is a JsonValue.
  return content?.readable === true ? content.value : (JSON.parse(text) as JsonValue);
}
