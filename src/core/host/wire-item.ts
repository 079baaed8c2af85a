/**
 * An item of a stream on its way to a page. Items are plain JSON by contract, but oRPC's serializer (1.16, StandardRPCJsonSerializer) looks
 * for dates, maps and blobs in every value and copies all of it: for rows that is three times the cost of the text itself. It passes a
 * class instance by as it is, and JSON.stringify asks `toJSON`, so the reader gets what it would have got.
 */
export class WireItem {
  readonly #item: unknown;

  constructor(item: unknown) {
    this.#item = item;
  }

  toJSON(): unknown {
    return this.#item;
  }
}
