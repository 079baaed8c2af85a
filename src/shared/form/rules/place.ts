import { field, isObject } from '../../kubernetes/json-fields.ts';

/** A value of a manifest together with its field path, as rules walk down. What is missing or of another shape reads as absent. */
export class Place {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path: string) {
    this.value = value;
    this.path = path;
  }

  at(...keys: readonly string[]): Place {
    return keys.reduce<Place>(
      (here, key) =>
        new Place(
          isObject(here.value) ? field(here.value, key) : undefined,
          here.path === '' ? key : `${here.path}.${key}`,
        ),
      this,
    );
  }

  /** A member of a map of strings, in the server's words: `metadata.labels[app]`. */
  member(key: string): Place {
    return new Place(isObject(this.value) ? field(this.value, key) : undefined, `${this.path}[${key}]`);
  }

  get items(): readonly Place[] {
    if (!Array.isArray(this.value)) return [];
    const items: readonly unknown[] = this.value;
    return items.map((item, index) => new Place(item, `${this.path}[${index}]`));
  }

  get keys(): readonly string[] {
    return isObject(this.value) ? Object.keys(this.value) : [];
  }

  /** Written and not null: `null` is absent to the server. */
  get isSet(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The string, or '' for what is none: as Go's zero value. */
  get text(): string {
    return typeof this.value === 'string' ? this.value : '';
  }

  /** The number or big integer as a number, or undefined. */
  get number(): number | undefined {
    if (typeof this.value === 'bigint') return Number(this.value);
    return typeof this.value === 'number' ? this.value : undefined;
  }
}
