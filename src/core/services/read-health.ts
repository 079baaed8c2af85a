import type { ReadState } from '../../shared/contract/live.ts';

interface Read {
  readonly state: ReadState;
  subscribe(listener: () => void): () => void;
}

/** What the live reads of one connection meet: one that is stale makes the context stale until it is well again or given up. */
export class ReadHealth {
  readonly #reads = new Map<object, ReadState>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The state of a read in trouble: stale, or refused as nobody that the server knows. */
  get trouble(): Extract<ReadState, { phase: 'stale' | 'failed' }> | undefined {
    for (const state of this.#reads.values()) {
      if (state.phase === 'stale') return state;
      if (state.phase === 'failed' && state.error.reason === 'Unauthorized') return state;
    }
    return undefined;
  }

  /** Counts a read as part of this connection until the answered function is called. */
  follow(read: Read): () => void {
    const key = {};
    const note = () => {
      const { state } = read;
      const before = this.#reads.get(key);
      this.#reads.set(key, state);
      if (before?.phase !== state.phase || state.phase === 'stale') this.#onChange();
    };
    const end = read.subscribe(note);
    note();
    return () => {
      end();
      if (this.#reads.delete(key)) this.#onChange();
    };
  }
}
