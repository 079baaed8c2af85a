import { type Json, type JsonObject, isJsonArray, isJsonObject, semanticEqual } from '../json.ts';
import { API_TYPES } from '../schema/api-types.ts';
import { type FieldType, parseFieldType } from '../schema/field-type.ts';

/** The patch itself makes no sense for its type; the API server answers 500 with these words. */
export class StrategicPatchError extends Error {}

const DIRECTIVE = '$patch';
const RETAIN = '$retainKeys';
const DELETE_LIST = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';

function withoutDirectives(value: Json): Json {
  if (isJsonArray(value)) return value.map(withoutDirectives);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).filter(([key, member]) => !key.startsWith('$') && member !== null);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutDirectives(member ?? null)]));
}

/** Lists that the API merges as sets: finalizers and the like. */
function mergePrimitives(current: readonly Json[], patch: readonly Json[]): readonly Json[] {
  return [...current, ...patch.filter((item) => !current.some((known) => semanticEqual(known, item)))];
}

function mergeByKey(current: readonly Json[], patch: readonly Json[], type: FieldType, key: string): readonly Json[] {
  if (patch.some((item) => isJsonObject(item) && item[DIRECTIVE] === 'replace')) {
    return patch.filter((item) => isJsonObject(item) && item[DIRECTIVE] !== 'replace').map(withoutDirectives);
  }
  let result = [...current];
  for (const item of patch) {
    if (!isJsonObject(item)) throw new StrategicPatchError(`an item of a list merged by ${key} is not an object`);
    const id = item[key];
    if (id === undefined)
      throw new StrategicPatchError(`map: ${JSON.stringify(item)} does not contain declared merge key: ${key}`);
    const same = (known: Json): boolean => isJsonObject(known) && semanticEqual(known[key], id);
    if (item[DIRECTIVE] === 'delete') {
      result = result.filter((known) => !same(known));
      continue;
    }
    const index = result.findIndex(same);
    const known = result[index];
    if (index === -1) result.push(withoutDirectives(item));
    else result[index] = mergeObject(isJsonObject(known) ? known : {}, item, type.item);
  }
  return result;
}

/** `$setElementOrder` puts the named items into the given order; the others follow in theirs. */
function ordered(list: readonly Json[], order: Json | undefined, key: string | undefined): readonly Json[] {
  if (!isJsonArray(order)) return list;
  const rankOf = (item: Json): number =>
    order.findIndex((wanted) =>
      key === undefined || key === ''
        ? semanticEqual(wanted, item)
        : isJsonObject(wanted) && isJsonObject(item) && semanticEqual(wanted[key], item[key]),
    );
  const named = list.filter((item) => rankOf(item) !== -1).sort((a, b) => rankOf(a) - rankOf(b));
  return [...named, ...list.filter((item) => rankOf(item) === -1)];
}

function mergeField(current: Json | undefined, patch: Json, type: FieldType | undefined): Json {
  if (isJsonObject(patch)) {
    const item = type?.shape === 'single' ? type.item : '';
    return mergeObject(isJsonObject(current) ? current : {}, patch, item);
  }
  if (!isJsonArray(patch) || type?.mergeKey === undefined) return patch;
  const known = isJsonArray(current) ? current : [];
  return type.mergeKey === '' ? mergePrimitives(known, patch) : mergeByKey(known, patch, type, type.mergeKey);
}

function mergeObject(current: JsonObject, patch: JsonObject, typeName: string): JsonObject {
  if (patch[DIRECTIVE] === 'replace') {
    const replaced = withoutDirectives(patch);
    return isJsonObject(replaced) ? replaced : {};
  }
  if (patch[DIRECTIVE] === 'delete') return {};
  const fields = API_TYPES[typeName] ?? {};
  const typeOf = (name: string): FieldType | undefined => {
    const text = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return text === undefined ? undefined : parseFieldType(text);
  };
  const retain = patch[RETAIN];
  const result: Record<string, Json | undefined> = isJsonArray(retain)
    ? Object.fromEntries(Object.entries(current).filter(([key]) => retain.includes(key)))
    : { ...current };
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || key === DIRECTIVE || key === RETAIN || key.startsWith(ORDER)) continue;
    if (key.startsWith(DELETE_LIST)) {
      const name = key.slice(DELETE_LIST.length);
      const list = result[name];
      if (isJsonArray(list) && isJsonArray(value)) {
        result[name] = list.filter((item) => !value.some((gone) => semanticEqual(gone, item)));
      }
    } else if (value === null) delete result[key];
    else result[key] = mergeField(result[key], value, typeOf(key));
  }
  for (const [key, order] of Object.entries(patch)) {
    if (!key.startsWith(ORDER)) continue;
    const name = key.slice(ORDER.length);
    const list = result[name];
    if (isJsonArray(list)) result[name] = ordered(list, order, typeOf(name)?.mergeKey);
  }
  return result;
}

/**
 * A strategic merge patch for one of the API's types: lists with a merge key merge by it, others are replaced whole (tolerations, args);
 * `$patch: replace | delete`, `$retainKeys`, `$deleteFromPrimitiveList`, `$setElementOrder` as in apimachinery's strategicpatch (0.37).
 */
export function applyStrategicMergePatch(document: JsonObject, patch: JsonObject, kind: string): JsonObject {
  return mergeObject(document, patch, kind);
}
