import type { FormReader } from '../form/index.ts';
import type { ManifestAnswer, ManifestQuestion } from './manifest-answers.ts';

export interface SentQuestion {
  readonly id: number;
  readonly question: ManifestQuestion;
}

export interface SentAnswer {
  readonly id: number;
  readonly answer: ManifestAnswer[ManifestQuestion['ask']];
}

/** Reads manifests away from the page's thread. What is aborted before its turn is not read, and rejects. */
export interface ManifestChecker extends FormReader {
  /** Why a text cannot be sent: nothing when it is one DaemonSet. */
  check(text: string, signal?: AbortSignal): Promise<ManifestAnswer['check']>;
  open(text: string, signal?: AbortSignal): Promise<ManifestAnswer['open']>;
  /** Where the server's field paths stand; a field that is missing is answered by its nearest parent. */
  place(text: string, paths: readonly string[], signal?: AbortSignal): Promise<ManifestAnswer['place']>;
  dispose(): void;
}

interface Waiting {
  readonly question: ManifestQuestion;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (answer: SentAnswer['answer']) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads in a worker of their own, which comes with the first question. It has one at a time: who types on does not wait for old texts. */
export function workerChecker(): ManifestChecker {
  const queue = new ManifestQueue(
    () => new Worker(new URL('./manifest-check.worker.ts', import.meta.url), { type: 'module' }),
  );
  // The worker answers each question in its own kind.
  const ask = (question: ManifestQuestion, signal?: AbortSignal) => queue.ask(question, signal) as Promise<never>;
  return {
    check: (text, signal) => ask({ ask: 'check', text }, signal),
    open: (text, signal) => ask({ ask: 'open', text }, signal),
    place: (text, paths, signal) => ask({ ask: 'place', text, paths }, signal),
    dispose: () => queue.dispose(),
  };
}

/** The part of a Worker that is used. */
export interface QuestionPort {
  postMessage(question: SentQuestion): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<SentAnswer>) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
  terminate(): void;
}

export class ManifestQueue {
  readonly #createPort: () => QuestionPort;
  #port: QuestionPort | undefined;
  #waiting: Waiting[] = [];
  #asked: Waiting | undefined;
  #id = 0;

  constructor(createPort: () => QuestionPort) {
    this.#createPort = createPort;
  }

  ask(question: ManifestQuestion, signal?: AbortSignal): Promise<SentAnswer['answer']> {
    const { promise, resolve, reject } = Promise.withResolvers<SentAnswer['answer']>();
    this.#waiting.push({ question, signal, resolve, reject });
    this.#next();
    return promise;
  }

  dispose(): void {
    this.#port?.terminate();
    this.#port = undefined;
    this.#waiting = [];
    this.#asked = undefined;
  }

  #next(): void {
    while (!this.#asked) {
      const next = this.#waiting.shift();
      if (!next) return;
      if (next.signal?.aborted) {
        next.reject(next.signal.reason);
        continue;
      }
      this.#asked = next;
      this.#id += 1;
      (this.#port ??= this.#open()).postMessage({ id: this.#id, question: next.question });
    }
  }

  #open(): QuestionPort {
    const port = this.#createPort();
    port.addEventListener('message', ({ data }) => {
      if (data.id !== this.#id) return;
      this.#asked?.resolve(data.answer);
      this.#asked = undefined;
      this.#next();
    });
    port.addEventListener('error', (event) => {
      // One that did not load never answers: the next question gets another.
      port.terminate();
      this.#port = undefined;
      this.#asked?.reject(new Error(`the manifest check failed: ${event.message}`));
      this.#asked = undefined;
      this.#next();
    });
    return port;
  }
}
