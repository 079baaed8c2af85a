import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors/app-error.ts';
import type { RowOf, RowResource } from '../../shared/kubernetes/rows.ts';
import { type DecodedList, DecodeError, type WatchEvents } from './decode.ts';
import type { DecodeAnswer, DecodeJob } from './decode-messages.ts';

/** Worker threads that decode; a dead one is replaced when the next job needs it. */
export interface DecodeWorkers {
  list<R extends RowResource>(resource: R, bytes: Uint8Array): Promise<DecodedList<RowOf[R]>>;
  watch<R extends RowResource>(resource: R, bytes: Uint8Array): Promise<WatchEvents<RowOf[R]>>;
  dispose(): Promise<void>;
}

interface Waiting {
  readonly job: DecodeJob;
  readonly resolve: (result: unknown) => void;
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

  run(kind: DecodeJob['kind'], resource: RowResource, bytes: Uint8Array): Promise<unknown> {
    if (this.#disposed) return Promise.reject(bug('the pool is disposed'));
    return new Promise((resolve, reject) => {
      const job: DecodeJob = { id: this.#nextId++, kind, resource, bytes: ownBytes(bytes) };
      this.#queue.push({ job, resolve, reject });
      this.#pump();
    });
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
    const slot: Slot = { worker: new Worker(this.#url, { name: 'everynode-decode' }), current: undefined };
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
    else waiting.resolve(answer.result);
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
  // The worker runs this same build's decodeList and decodeWatch: their results are taken as typed.
  return {
    list: async (resource, bytes) => (await pool.run('list', resource, bytes)) as DecodedList<RowOf[typeof resource]>,
    watch: async (resource, bytes) => (await pool.run('watch', resource, bytes)) as WatchEvents<RowOf[typeof resource]>,
    dispose: () => pool.dispose(),
  };
}
