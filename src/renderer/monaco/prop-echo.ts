/**
 * Tells a value that somebody else set from one that the editor itself has told and that comes back late: while React
 * renders, the user has typed on, and an old value must not undo that.
 */
export class PropEcho {
  #current: string;
  #onTheWay: string[] = [];

  constructor(first: string) {
    this.#current = first;
  }

  /** What the editor has. */
  get current(): string {
    return this.#current;
  }

  /** The editor has told this value. */
  emitted(value: string): void {
    this.#current = value;
    this.#onTheWay.push(value);
  }

  /** Whether the editor must take this value; if so, it counts as taken. */
  isNews(value: string): boolean {
    if (value === this.#current) {
      this.#onTheWay = [];
      return false;
    }
    const index = this.#onTheWay.indexOf(value);
    if (index !== -1) {
      this.#onTheWay.splice(0, index + 1);
      return false;
    }
    this.#current = value;
    this.#onTheWay = [];
    return true;
  }
}
