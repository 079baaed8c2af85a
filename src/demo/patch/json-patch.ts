import { type Json, isJsonArray, isJsonObject, semanticEqual } from '../json.ts';

/** The patch does not fit the object: a path is not there, a `test` fails, an operation is unknown. */
export class PatchError extends Error {}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: Json;
}

/** RFC 6901; undefined for what is no pointer. */
function pointer(text: string): readonly string[] {
  if (text === '') return [];
  if (!text.startsWith('/')) throw new PatchError(`invalid pointer ${text}`);
  return text
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(document: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = document;
  for (const step of path) {
    if (isJsonArray(value)) value = /^(0|[1-9][0-9]*)$/.test(step) ? value[Number(step)] : undefined;
    else if (isJsonObject(value)) value = Object.hasOwn(value, step) ? value[step] : undefined;
    else return undefined;
  }
  return value;
}

function indexIn(list: readonly Json[], step: string, forAdding: boolean): number {
  if (step === '-' && forAdding) return list.length;
  const index = /^(0|[1-9][0-9]*)$/.test(step) ? Number(step) : Number.NaN;
  if (Number.isNaN(index) || index > list.length || (!forAdding && index >= list.length)) {
    throw new PatchError(`invalid index ${step}`);
  }
  return index;
}

/** Rebuilds the document with one member changed by `change`, which gets the container and the last step. */
function edited(document: Json, path: readonly string[], change: (container: Json, step: string) => Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) throw new PatchError('the path names the whole document');
  if (rest.length === 0) return change(document, step);
  if (isJsonArray(document)) {
    const index = indexIn(document, step, false);
    return document.map((item, at) => (at === index ? edited(item, rest, change) : item));
  }
  const child = isJsonObject(document) && Object.hasOwn(document, step) ? document[step] : undefined;
  if (!isJsonObject(document) || child === undefined) throw new PatchError(`no member ${step}`);
  return { ...document, [step]: edited(child, rest, change) };
}

function add(document: Json, path: readonly string[], value: Json): Json {
  if (path.length === 0) return value;
  return edited(document, path, (container, step) => {
    if (isJsonArray(container)) return container.toSpliced(indexIn(container, step, true), 0, value);
    if (isJsonObject(container)) return { ...container, [step]: value };
    throw new PatchError(`${step} is no member`);
  });
}

function remove(document: Json, path: readonly string[]): Json {
  return edited(document, path, (container, step) => {
    if (isJsonArray(container)) return container.toSpliced(indexIn(container, step, false), 1);
    if (!isJsonObject(container) || !Object.hasOwn(container, step)) throw new PatchError(`no member ${step}`);
    return Object.fromEntries(Object.entries(container).filter(([key]) => key !== step));
  });
}

/** In an object an absent member is set, as the API server does (seen on 1.37); in a list the item must be there. */
function replace(document: Json, path: readonly string[], value: Json): Json {
  if (path.length === 0) return value;
  return edited(document, path, (container, step) => {
    if (isJsonArray(container)) return container.with(indexIn(container, step, false), value);
    if (isJsonObject(container)) return { ...container, [step]: value };
    throw new PatchError(`${step} is no member`);
  });
}

function readOperation(value: Json): Operation {
  if (!isJsonObject(value)) throw new PatchError('an operation is not an object');
  const { op, path, from } = value;
  if (typeof op !== 'string' || typeof path !== 'string') throw new PatchError('an operation lacks op or path');
  return {
    op,
    path,
    ...(typeof from === 'string' ? { from } : {}),
    ...(value['value'] === undefined ? {} : { value: value['value'] }),
  };
}

function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new PatchError(`the operation lacks ${what}`);
  return value;
}

function applyOne(document: Json, operation: Operation): Json {
  const path = pointer(operation.path);
  switch (operation.op) {
    case 'add':
      return add(document, path, needed(operation.value, 'value'));
    case 'remove':
      return remove(document, path);
    case 'replace':
      return replace(document, path, needed(operation.value, 'value'));
    case 'move':
    case 'copy': {
      const from = pointer(needed(operation.from, 'from'));
      const value = valueAt(document, from);
      if (value === undefined) throw new PatchError(`nothing at ${operation.from}`);
      return add(operation.op === 'move' ? remove(document, from) : document, path, value);
    }
    case 'test': {
      const found = valueAt(document, path);
      // A missing member tests equal to null alone, as in the library the API server uses.
      const same = found === undefined ? (operation.value ?? null) === null : semanticEqual(found, operation.value);
      if (!same) throw new PatchError(`testing value ${operation.path} failed: test failed`);
      return document;
    }
    default:
      throw new PatchError(`Unexpected kind: ${operation.op}`);
  }
}

/** RFC 6902: all operations or none. Throws PatchError. */
export function applyJsonPatch(document: Json, patch: readonly Json[]): Json {
  return patch.map(readOperation).reduce(applyOne, document);
}
