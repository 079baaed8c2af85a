import { Document, isAlias, isMap, isScalar, isSeq, parse, YAMLMap } from 'yaml';
import type { Node } from 'yaml';

/** A field that is there but is not what it has to be. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
}

/** Reads known fields of a YAML mapping one by one. Scalars are the text as written, so that `0644` stays "0644". */
export class YamlFields {
  readonly #document: Document;
  readonly #map: YAMLMap;
  readonly #path: string;

  constructor(document: Document, map: YAMLMap, path = '') {
    this.#document = document;
    this.#map = map;
    this.#path = path;
  }

  static empty(): YamlFields {
    return new YamlFields(new Document(), new YAMLMap());
  }

  /** Undefined when it is absent, null or empty, as for a Go string with omitempty. Throws FieldError for a list or a mapping. */
  text(name: string): string | undefined {
    const node = this.#node(name);
    if (node === undefined) return undefined;
    return this.#scalar(node, name) || undefined;
  }

  /** YAML 1.1's words for it, as sigs.k8s.io/yaml reads them. */
  flag(name: string): boolean {
    const text = this.text(name);
    if (text === undefined || /^(false|no|off|n)$/i.test(text)) return false;
    if (/^(true|yes|on|y)$/i.test(text)) return true;
    throw new FieldError(`${this.#at(name)} must be true or false`);
  }

  texts(name: string): readonly string[] | undefined {
    const node = this.#node(name);
    if (node === undefined) return undefined;
    if (!isSeq(node)) throw new FieldError(`${this.#at(name)} must be a list`);
    return node.items.map((item) => {
      const value = this.#resolve(item);
      return value === undefined ? '' : this.#scalar(value, name);
    });
  }

  fields(name: string): YamlFields | undefined {
    const node = this.#node(name);
    if (node === undefined) return undefined;
    if (!isMap(node)) throw new FieldError(`${this.#at(name)} must be a mapping`);
    return new YamlFields(this.#document, node, this.#at(name));
  }

  /** The entries of a list of mappings; what is no mapping is undefined. Throws FieldError when it is no list. */
  list(name: string): readonly (YamlFields | undefined)[] {
    const node = this.#node(name);
    if (node === undefined) return [];
    if (!isSeq(node)) throw new FieldError(`${this.#at(name)} must be a list`);
    return node.items.map((item, index) => {
      const value = this.#resolve(item);
      return isMap(value) ? new YamlFields(this.#document, value, `${this.#at(name)}[${index}]`) : undefined;
    });
  }

  /** A field of any shape as JSON, read by YAML's core schema. Throws FieldError where it has aliases. */
  json(name: string): unknown {
    const node = this.#node(name);
    if (node === undefined) return undefined;
    try {
      return JSON.parse(
        JSON.stringify(parse(new Document(node, { schema: 'failsafe' }).toString(), { logLevel: 'silent' })),
      );
    } catch {
      throw new FieldError(`${this.#at(name)} cannot be read as JSON`);
    }
  }

  keys(): readonly string[] {
    return this.#map.items
      .map((pair) => (isScalar(pair.key) ? String(pair.key.value) : ''))
      .filter((key) => key !== '');
  }

  /** The last of repeated keys counts, as for Go's decoder. */
  #node(name: string): Node | undefined {
    const pair = this.#map.items.findLast((item) => isScalar(item.key) && item.key.value === name);
    const node = this.#resolve(pair?.value);
    return isScalar(node) && isNull(node.value, node.type) ? undefined : node;
  }

  #resolve(node: unknown): Node | undefined {
    const value = isAlias(node) ? node.resolve(this.#document) : node;
    return isMap(value) || isSeq(value) || isScalar(value) ? value : undefined;
  }

  #scalar(node: Node, name: string): string {
    if (!isScalar(node)) throw new FieldError(`${this.#at(name)} must be a text`);
    return isNull(node.value, node.type) ? '' : String(node.value);
  }

  #at(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }
}

/** Under YAML's failsafe schema every scalar is a text; only an unquoted one can mean null. */
function isNull(value: unknown, type: string | undefined): boolean {
  return value === null || (type === 'PLAIN' && ['', '~', 'null', 'Null', 'NULL'].includes(String(value)));
}
