import {
  field,
  isObject,
  type JsonObject,
  objectAt,
  objectsAt,
  optional,
  text,
  textAt,
} from '../kubernetes/json-fields.ts';
import type { ApiSchema, FieldSchema, ObjectSchema, ValueSchema } from './api-schema.ts';

const REFERENCE = '#/components/schemas/';
const DAEMON_SET = { group: 'apps', version: 'v1', kind: 'DaemonSet' };

/** Types that are no objects in JSON (apimachinery: their OpenAPISchemaType and OpenAPIV3OneOfTypes). */
const SCALARS: Readonly<Record<string, ValueSchema>> = {
  Quantity: { type: 'quantity' },
  IntOrString: { type: 'intOrString' },
  Time: { type: 'time' },
  MicroTime: { type: 'time' },
  RawExtension: { type: 'any' },
  FieldsV1: { type: 'any' },
};

export interface PruneOptions {
  readonly serverVersion: string;
  /** Longer descriptions are cut after a whole sentence; unbounded unless told. */
  readonly descriptionLimit?: number;
}

/**
 * The part of an OpenAPI v3 document of apps/v1 that a DaemonSet is made of. Undefined when the document has no DaemonSet:
 * then it is no such document.
 */
export function pruneOpenApi(document: JsonObject, options: PruneOptions): ApiSchema | undefined {
  const schemas = objectAt(objectAt(document, 'components'), 'schemas');
  const root = Object.keys(schemas).find((name) => isDaemonSet(objectAt(schemas, name)));
  if (root === undefined) return undefined;
  const names = new ShortNames();
  const types: Record<string, ObjectSchema> = {};
  const waiting = [root];
  for (let full = waiting.shift(); full !== undefined; full = waiting.shift()) {
    const name = names.of(full);
    if (Object.hasOwn(types, name)) continue;
    types[name] = objectSchema(objectAt(schemas, full), options, (reference) => {
      waiting.push(reference);
      return names.of(reference);
    });
  }
  return { serverVersion: options.serverVersion, root: names.of(root), types };
}

function isDaemonSet(schema: JsonObject): boolean {
  return objectsAt(schema, 'x-kubernetes-group-version-kind').some(
    ({ group, version, kind }) =>
      group === DAEMON_SET.group && version === DAEMON_SET.version && kind === DAEMON_SET.kind,
  );
}

/** "io.k8s.api.core.v1.PodSpec" is PodSpec; a second type of that short name keeps its full one. */
class ShortNames {
  readonly #byFull = new Map<string, string>();
  readonly #taken = new Set<string>();

  of(full: string): string {
    const known = this.#byFull.get(full);
    if (known !== undefined) return known;
    const short = shortName(full);
    const name = this.#taken.has(short) ? full : short;
    this.#byFull.set(full, name);
    this.#taken.add(name);
    return name;
  }
}

function shortName(full: string): string {
  return full.slice(full.lastIndexOf('.') + 1);
}

type NameOf = (reference: string) => string;

function objectSchema(schema: JsonObject, options: PruneOptions, nameOf: NameOf): ObjectSchema {
  const required = field(schema, 'required');
  const fields = Object.entries(objectAt(schema, 'properties')).map(
    ([name, value]) => [name, fieldSchema(isObject(value) ? value : {}, options, nameOf)] as const,
  );
  return {
    ...described(schema, options),
    fields: Object.fromEntries(fields),
    required: Array.isArray(required) ? required.map(text).filter((name) => name !== '') : [],
  };
}

function fieldSchema(schema: JsonObject, options: PruneOptions, nameOf: NameOf): FieldSchema {
  const value = valueSchema(schema, nameOf);
  const preset = field(schema, 'default');
  return {
    ...value,
    ...described(schema, options),
    ...optional('default', isScalar(preset) && !isEmptyDefault(preset) ? preset : undefined),
  };
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Generators write Go's zero value as the default of required fields, which says nothing. */
function isEmptyDefault(value: string | number | boolean): boolean {
  return value === '' || value === 0 || value === false;
}

function valueSchema(schema: JsonObject, nameOf: NameOf): ValueSchema {
  const reference = textAt(schema, '$ref') ?? objectsAt(schema, 'allOf').map((each) => textAt(each, '$ref'))[0];
  if (reference?.startsWith(REFERENCE) === true) {
    const full = reference.slice(REFERENCE.length);
    return SCALARS[shortName(full)] ?? { type: 'object', ref: nameOf(full) };
  }
  const values = field(schema, 'additionalProperties');
  const format = textAt(schema, 'format');
  switch (schema['type']) {
    case 'array':
      return {
        type: 'array',
        items: valueSchema(objectAt(schema, 'items'), nameOf),
        ...optional('listMapKeys', strings(field(schema, 'x-kubernetes-list-map-keys'))),
      };
    case 'object':
      return isObject(values) ? { type: 'map', values: valueSchema(values, nameOf) } : { type: 'any' };
    case 'integer':
      return format === 'int32' || format === 'int64' ? { type: 'integer', format } : { type: 'integer' };
    case 'number':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    case 'string':
      return { type: 'string', ...optional('format', format), ...optional('enum', strings(field(schema, 'enum'))) };
    default:
      return { type: 'any' };
  }
}

function strings(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((each) => typeof each === 'string');
}

function described(
  schema: JsonObject,
  { descriptionLimit = Number.POSITIVE_INFINITY }: PruneOptions,
): { readonly description?: string } {
  const description = textAt(schema, 'description');
  return optional('description', description === undefined ? undefined : shortened(description, descriptionLimit));
}

function shortened(description: string, limit: number): string {
  if (description.length <= limit) return description;
  const cut = description.slice(0, limit);
  const sentence = cut.lastIndexOf('. ');
  return sentence > 0 ? cut.slice(0, sentence + 1) : `${cut.trimEnd()}…`;
}
