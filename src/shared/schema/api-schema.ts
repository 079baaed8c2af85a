/** What may stand in a field, by OpenAPI v3 as the API server serves it. */
export type ValueSchema =
  /** Names one of `ApiSchema.types`. */
  | { readonly type: 'object'; readonly ref: string }
  /** `listMapKeys`: x-kubernetes-list-map-keys, the fields that tell the items apart. */
  | { readonly type: 'array'; readonly items: ValueSchema; readonly listMapKeys?: readonly string[] }
  | { readonly type: 'map'; readonly values: ValueSchema }
  | { readonly type: 'string'; readonly format?: string; readonly enum?: readonly string[] }
  | { readonly type: 'integer'; readonly format?: 'int32' | 'int64' }
  | { readonly type: 'number' }
  | { readonly type: 'boolean' }
  /** A whole number or a string, as maxUnavailable or a probe's port. */
  | { readonly type: 'intOrString' }
  | { readonly type: 'quantity' }
  /** RFC 3339. */
  | { readonly type: 'time' }
  | { readonly type: 'any' };

export type FieldSchema = ValueSchema & {
  readonly description?: string;
  readonly default?: string | number | boolean;
};

export interface ObjectSchema {
  readonly description?: string;
  readonly fields: Readonly<Record<string, FieldSchema>>;
  readonly required: readonly string[];
}

/** The structure of a DaemonSet for one server: what completion, hover and the validator need, and nothing else. */
export interface ApiSchema {
  /** gitVersion, "v1.37.2". */
  readonly serverVersion: string;
  /** The type of the whole object; a key of `types`. */
  readonly root: string;
  /** By short name ("PodSpec"), or the full one where two short names meet. */
  readonly types: Readonly<Record<string, ObjectSchema>>;
}

/** A text of 3 MB can be wrong everywhere; more findings than these help nobody. */
export const MAX_SCHEMA_FINDINGS = 200;
