import type { ErrorCause } from '../../../shared/errors/app-error.ts';

export interface CheckQuestion {
  readonly id: number;
  readonly text: string;
}

export interface CheckAnswer {
  readonly id: number;
  readonly causes: readonly ErrorCause[];
}

/** Says why a text cannot be sent: nothing when it is one DaemonSet. */
export interface ManifestChecker {
  check(text: string): Promise<readonly ErrorCause[]>;
  dispose(): void;
}

/** Reads manifests in a worker of their own, which comes with the first question. */
export function workerChecker(): ManifestChecker {
  const waiting = new Map<number, PromiseWithResolvers<readonly ErrorCause[]>>();
  let worker: Worker | undefined;
  let nextId = 0;
  const open = () => {
    const opened = new Worker(new URL('./manifest-check.worker.ts', import.meta.url), { type: 'module' });
    opened.addEventListener('message', ({ data }: MessageEvent<CheckAnswer>) => {
      waiting.get(data.id)?.resolve(data.causes);
      waiting.delete(data.id);
    });
    opened.addEventListener('error', (event) => {
      for (const { reject } of waiting.values()) reject(new Error(`the manifest check failed: ${event.message}`));
      waiting.clear();
    });
    return opened;
  };
  return {
    check(text) {
      worker ??= open();
      const question: CheckQuestion = { id: nextId, text };
      nextId += 1;
      const answer = Promise.withResolvers<readonly ErrorCause[]>();
      waiting.set(question.id, answer);
      worker.postMessage(question);
      return answer.promise;
    },
    dispose() {
      worker?.terminate();
      worker = undefined;
      waiting.clear();
    },
  };
}
