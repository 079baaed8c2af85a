import { assertNever } from '../errors/assert-never.ts';
import { parseQuantity } from '../kubernetes/quantity.ts';
import { type ApiSchema, MAX_SCHEMA_FINDINGS, type ObjectSchema, type ValueSchema } from './api-schema.ts';
import { closestName } from './closest-name.ts';
import { typeWords, valueWords } from './type-words.ts';

export interface SchemaFinding {
  /** As k8s.io/apimachinery field.Path writes it: `spec.template.spec.containers[0].image`. */
  readonly path: string;
  readonly message: string;
  /** A hint is what the server may accept: a field that it may be newer to know, a key that a list has twice. */
  readonly severity: 'error' | 'hint';
}

export interface ValidateOptions {
  /** Whether the schema is that of the server which will read the object: then an unknown field is an error. */
  readonly exact: boolean;
}

/**
 * What the structure of the API says of an object: unknown fields, wrong types, missing required fields, values outside an enum.
 * Worded as strict decoding and validation of the API server do where they have words (apimachinery 0.37: runtime/error.go,
 * util/validation/field/errors.go). `null` is an absent field, as for the server. At most 200 findings, in the object's order.
 */
export function validateBySchema(
  schema: ApiSchema,
  value: unknown,
  options: ValidateOptions,
): readonly SchemaFinding[] {
  const walk = new SchemaWalk(schema, options);
  walk.value({ type: 'object', ref: schema.root }, value, '');
  return walk.findings;
}

class SchemaWalk {
  readonly findings: SchemaFinding[] = [];
  readonly #schema: ApiSchema;
  readonly #exact: boolean;

  constructor(schema: ApiSchema, { exact }: ValidateOptions) {
    this.#schema = schema;
    this.#exact = exact;
  }

  value(schema: ValueSchema, value: unknown, path: string): void {
    if (value === null || value === undefined || this.findings.length >= MAX_SCHEMA_FINDINGS) return;
    switch (schema.type) {
      case 'object':
        return this.#object(schema.ref, value, path);
      case 'map':
        return this.#map(schema, value, path);
      case 'array':
        return this.#array(schema, value, path);
      case 'string':
        return this.#string(schema, value, path);
      case 'integer':
      case 'number':
      case 'boolean':
      case 'intOrString':
      case 'quantity':
      case 'time':
        if (!fits(schema, value)) this.#wrongType(schema, value, path);
        else if (schema.type === 'quantity') this.#quantity(value, path);
        return;
      case 'any':
        return;
      default:
        return assertNever(schema);
    }
  }

  #object(ref: string, value: unknown, path: string): void {
    const type = this.#schema.types[ref];
    if (!type) return;
    if (!isMap(value)) return this.#wrongType({ type: 'object', ref }, value, path);
    for (const [name, member] of Object.entries(value)) {
      const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
      if (field) this.value(field, member, join(path, name));
      else this.#unknown(type, name, path);
    }
    for (const name of type.required) {
      if (value[name] === undefined || value[name] === null) this.#say(join(path, name), 'Required value');
    }
  }

  #unknown(type: ObjectSchema, name: string, path: string): void {
    const near = closestName(name, Object.keys(type.fields));
    const meant = near === undefined ? '' : `; is ${near} meant?`;
    if (this.#exact) return this.#say(join(path, name), `unknown field${meant}`);
    const { serverVersion } = this.#schema;
    const message =
      near === undefined ? `not known to Kubernetes ${serverVersion}: newer, or misspelt` : `unknown field${meant}`;
    this.#say(join(path, name), message, 'hint');
  }

  #map(schema: Extract<ValueSchema, { type: 'map' }>, value: unknown, path: string): void {
    if (!isMap(value)) return this.#wrongType(schema, value, path);
    for (const [key, member] of Object.entries(value)) this.value(schema.values, member, `${path}[${key}]`);
  }

  #array(schema: Extract<ValueSchema, { type: 'array' }>, value: unknown, path: string): void {
    if (!Array.isArray(value)) return this.#wrongType(schema, value, path);
    const { items, listMapKeys } = schema;
    const seen = new Set<string>();
    value.forEach((item: unknown, index) => {
      const here = `${path}[${index}]`;
      this.value(items, item, here);
      const key = listMapKeys === undefined ? undefined : identityOf(item, listMapKeys);
      if (key === undefined || !seen.has(key)) return void (key !== undefined && seen.add(key));
      // Of some lists the server only warns of it (env, ports), so it is not for us to refuse.
      this.#say(here, `Duplicate value: ${key}`, 'hint');
    });
  }

  #string(schema: Extract<ValueSchema, { type: 'string' }>, value: unknown, path: string): void {
    if (typeof value !== 'string') return this.#wrongType(schema, value, path);
    if (!schema.enum || schema.enum.includes(value) || value === '') return;
    const supported = schema.enum.map((each) => JSON.stringify(each)).join(', ');
    this.#say(path, `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported}`);
  }

  #quantity(value: unknown, path: string): void {
    if (typeof value !== 'string' || parseQuantity(value)) return;
    this.#say(path, "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  }

  #wrongType(schema: ValueSchema, value: unknown, path: string): void {
    this.#say(path, `${valueWords(value)} stands where ${typeWords(schema)} is wanted`);
  }

  #say(path: string, message: string, severity: SchemaFinding['severity'] = 'error'): void {
    if (this.findings.length < MAX_SCHEMA_FINDINGS) this.findings.push({ path, message, severity });
  }
}

const INT32 = 2 ** 31;

function fits(schema: ValueSchema, value: unknown): boolean {
  switch (schema.type) {
    case 'integer':
      return isWhole(value) && (schema.format !== 'int32' || (Number(value) >= -INT32 && Number(value) < INT32));
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'boolean':
      return typeof value === 'boolean';
    case 'intOrString':
      return typeof value === 'string' || isWhole(value);
    case 'quantity':
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
    case 'time':
      return typeof value === 'string';
    default:
      return true;
  }
}

function isWhole(value: unknown): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined unless every key is there: some are defaulted by the server (a port's protocol), and only it knows to what. */
function identityOf(item: unknown, keys: readonly string[]): string | undefined {
  if (!isMap(item)) return undefined;
  const values = keys.map((key) => item[key]);
  if (values.some((value) => typeof value !== 'string' && typeof value !== 'number')) return undefined;
  return JSON.stringify(values.length === 1 ? values[0] : Object.fromEntries(keys.map((key, at) => [key, values[at]])));
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
