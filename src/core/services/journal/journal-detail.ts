import type { JournalDetail, JournalField } from '../../../shared/contract/journal.ts';
import { exactJson } from '../../../shared/manifest/exact-json.ts';
import {
  changedPointers,
  fieldPathOf,
  savePatch,
  stepsOf,
  valueAtPointer,
} from '../../../shared/manifest/json-patch.ts';
import { isJsonObject, type JsonObject, type JsonValue, toJsonText } from '../../../shared/manifest/json-value.ts';
import { textToRead } from '../../../shared/manifest/server-fields.ts';
import { redactObject } from '../../redact-object.ts';

/**
 * What a line of the journal has of the object, as text, and which fields differ; undefined where the line is no JSON object. It is
 * redacted on writing, and here once more: a version that hid less may have written it.
 */
export function journalDetail(line: string): JournalDetail | undefined {
  const entry = exactObject(line);
  if (entry === undefined) return undefined;
  const before = side(entry['before']);
  const after = side(entry['after']);
  const { uid } = entry;
  return {
    ...(typeof uid === 'string' ? { uid } : {}),
    ...(before && after ? { fields: changedFields(before, after) } : {}),
    ...(before && { before: textToRead(toJsonText(before)) }),
    ...(after && { after: textToRead(toJsonText(after)) }),
  };
}

function exactObject(line: string): JsonObject | undefined {
  try {
    const value = exactJson(line);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // The parser's own message would quote the line.
    return undefined;
  }
}

function side(value: JsonValue | undefined): JsonObject | undefined {
  const redacted = value === undefined ? undefined : redactObject(value);
  return isJsonObject(redacted) ? redacted : undefined;
}

function changedFields(before: JsonObject, after: JsonObject): readonly JournalField[] {
  return changedPointers(savePatch(before, after)).map((pointer) => {
    const [only, ...rest] = stepsOf(pointer);
    const was = valueAtPointer(before, pointer);
    const is = valueAtPointer(after, pointer);
    return {
      path: rest.length === 0 && only !== undefined ? only : fieldPathOf(pointer),
      ...(was === undefined || was === null ? {} : { before: valueText(was) }),
      ...(is === undefined || is === null ? {} : { after: valueText(is) }),
    };
  });
}

function valueText(value: JsonValue): string {
  return typeof value === 'string' ? value : toJsonText(value);
}
