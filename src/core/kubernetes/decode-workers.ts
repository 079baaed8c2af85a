import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors/app-error.ts';
import type { RowOf, RowResource } from '../../shared/kubernetes/rows.ts';
import { DecodeError, type WatchEvents } from './decode.ts';
import type { DecodeAnswer, DecodeJob, PackedList } from './decode-messages.ts';

/** Worker threads that decode; a dead one is replaced when the next job needs it. */
export interface DecodeWorkers {
  list(resource: RowResource, bytes: Uint8Array): Promise<PackedList>;
  watch<R extends RowResource>(resource: R, bytes: Uint8Array): Promise<WatchEvents<RowOf[R]>>;
  /** Starts a worker when none runs. */
  warm(): void;
  dispose(): Promise<void>;
}

/**
 * What a page's objects leave behind is garbage as soon as they are rows: a large young generation (48 MB by default) only spreads it over
 * more memory. The old generation has no limit of its own: a page may hold objects of any size.
 */
const YOUNG_GENERATION_MB = 6;

type Answered = Exclude<DecodeAnswer, { readonly refused: string }>;

interface Waiting {
  readonly job: DecodeJob;
  readonly resolve: (answer: Answered) => void;
  readonly reject: (error: Error) => void;
}

interface Slot {
  readonly worker: Worker;
  current: Waiting | undefined;
}

function bug(detail: string): AppError {
  return new AppError({ reason: 'Bug', message: 'A decode worker of Everynode has died.', retry: true, detail });
}

/** Only a view of a whole buffer can be transferred; a view into Node's shared pool is copied. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const whole = buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength;
  return whole ? new Uint8Array(buffer) : new Uint8Array(bytes);
}

class WorkerPool {
  readonly #url: URL;
  readonly #size: number;
  readonly #slots = new Set<Slot>();
  readonly #queue: Waiting[] = [];
  #nextId = 1;
  #disposed = false;

  constructor(url: URL, size: number) {
    this.#url = url;
    this.#size = Math.max(1, size);
  }

  run(kind: DecodeJob['kind'], resource: RowResource, bytes: Uint8Array): Promise<Answered> {
    if (this.#disposed) return Promise.reject(bug('the pool is disposed'));
    return new Promise((resolve, reject) => {
      const job: DecodeJob = { id: this.#nextId++, kind, resource, bytes: ownBytes(bytes) };
      this.#queue.push({ job, resolve, reject });
      this.#pump();
    });
  }

  warm(): void {
    if (!this.#disposed && this.#slots.size === 0) this.#start();
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const slots = [...this.#slots];
    this.#slots.clear();
    for (const waiting of [...this.#queue.splice(0), ...slots.flatMap((slot) => slot.current ?? [])]) {
      waiting.reject(bug('the pool is disposed'));
    }
    await Promise.all(slots.map((slot) => slot.worker.terminate()));
  }

  #pump(): void {
    while (this.#queue.length > 0) {
      const slot = [...this.#slots].find((candidate) => candidate.current === undefined) ?? this.#start();
      if (slot === undefined) return;
      const waiting = this.#queue.shift();
      if (waiting === undefined) return;
      slot.current = waiting;
      slot.worker.postMessage(waiting.job, [waiting.job.bytes.buffer as ArrayBuffer]);
    }
  }

  #start(): Slot | undefined {
    if (this.#slots.size >= this.#size) return undefined;
    const worker = new Worker(this.#url, {
      name: 'everynode-decode',
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    const slot: Slot = { worker, current: undefined };
    slot.worker.unref();
    slot.worker.on('message', (answer: DecodeAnswer) => this.#answered(slot, answer));
    slot.worker.on('error', (error) => this.#died(slot, error instanceof Error ? error.message : String(error)));
    slot.worker.on('exit', (code) => this.#died(slot, `exit code ${code}`));
    this.#slots.add(slot);
    return slot;
  }

  #answered(slot: Slot, answer: DecodeAnswer): void {
    const waiting = slot.current;
    if (waiting === undefined || waiting.job.id !== answer.id) return;
    slot.current = undefined;
    if ('refused' in answer) waiting.reject(new DecodeError(answer.refused));
    else waiting.resolve(answer);
    this.#pump();
  }

  #died(slot: Slot, detail: string): void {
    if (!this.#slots.delete(slot)) return;
    slot.current?.reject(bug(detail));
    slot.current = undefined;
    this.#pump();
  }
}

export function createDecodeWorkers(url: URL, size: number): DecodeWorkers {
  const pool = new WorkerPool(url, size);
  return {
    async list(resource, bytes) {
      const answer = await pool.run('list', resource, bytes);
      if ('list' in answer) return answer.list;
      throw bug('it answered a list with something else');
    },
    async watch(resource, bytes) {
      const answer = await pool.run('watch', resource, bytes);
      // The worker runs this same build's decodeWatch: its events are taken as typed.
      if ('watch' in answer) return JSON.parse(answer.watch) as WatchEvents<RowOf[typeof resource]>;
      throw bug('it answered a watch with something else');
    },
    warm: () => pool.warm(),
    dispose: () => pool.dispose(),
  };
}
