/** Whether somebody looks at what is read, counted over pages: while a page shows it, it is held. */
export class Attention {
  readonly #listeners = new Set<() => void>();
  #holds = 0;

  get held(): boolean {
    return this.#holds > 0;
  }

  /** Counts one page that looks until the answered function is called; calling that again does nothing. */
  hold(): () => void {
    let held = true;
    this.#holds += 1;
    if (this.#holds === 1) this.#tell();
    return () => {
      if (!held) return;
      held = false;
      this.#holds -= 1;
      if (this.#holds === 0) this.#tell();
    };
  }

  /** Called when the first page begins to look, and when the last one ceases. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
