import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalHandlers } from '../../src/core/handlers/journal.ts';
import { callSignal, os } from '../../src/core/handlers/os.ts';
import { PageServer } from '../../src/core/host/page-server.ts';
import { createJournal } from '../../src/core/journal.ts';
import { JournalReads } from '../../src/core/services/journal/journal-reads.ts';
import { systemClock } from '../../src/core/system-clock.ts';
import { AppError, type AppErrorData } from '../../src/shared/errors/app-error.ts';
import { LogSource } from './log-source.ts';
import { NamespaceSource } from './namespace-source.ts';
import { InfoSource } from './info-source.ts';

/** As whole as an AppError gets. */
export const REFUSED: AppErrorData = {
  reason: 'Invalid',
  message: 'DaemonSet.apps "agent" is invalid: spec.selector: field is immutable',
  contextName: 'refused',
  ref: { contextName: 'refused', namespace: 'logging', name: 'agent' },
  causes: [{ path: 'spec.selector', message: 'field is immutable', line: 7, column: 3 }],
  retryAfterSeconds: 4,
  retry: false,
  detail: 'admission said so',
};

/** Part of the contract over sources that a test drives, with what is open counted. */
export class TestCore {
  readonly namespaces = new NamespaceSource();
  readonly infos = new InfoSource();
  readonly logs = new LogSource();
  /** Made by the first entry. */
  readonly journalFolder = join(tmpdir(), `everynode-contract-${randomUUID()}`);
  readonly #journalPath = join(this.journalFolder, 'journal.jsonl');
  readonly journal = createJournal(this.#journalPath, systemClock);
  readonly bugs: { readonly path: string; readonly error: unknown }[] = [];
  readonly pages: PageServer;
  /** Calls of context.open that wait for their signal. */
  waiting = 0;
  /** Calls that a handler began to work on. */
  readonly begun: string[] = [];
  #onBegun: (() => void) | undefined;

  constructor() {
    this.pages = new PageServer({
      router: this.#router(),
      onBug: (path, error) => this.bugs.push({ path, error }),
    });
  }

  /** Resolves when the next call reaches its handler. */
  nextCall(): Promise<void> {
    return new Promise((resolve) => {
      this.#onBegun = resolve;
    });
  }

  /** What a page leaves behind when it is gone: nothing. */
  get open() {
    return {
      pages: this.pages.pageCount,
      waiting: this.waiting,
      namespaces: this.namespaces.readers,
      infos: this.infos.readers,
      logs: this.logs.readers,
    };
  }

  #begin(name: string): void {
    this.begun.push(name);
    this.#onBegun?.();
    this.#onBegun = undefined;
  }

  #router() {
    return {
      app: {
        info: os.app.info.handler(() => ({ version: '1.2.3', host: 'server', platform: 'linux', capabilities: [] })),
      },
      context: {
        open: os.context.open.handler(({ input, signal }) => this.#openContext(input.contextName, signal)),
      },
      cluster: {
        watchInfo: os.cluster.watchInfo.handler(({ signal, context }) => this.infos.watch(callSignal(signal, context))),
        watchNamespaces: os.cluster.watchNamespaces.handler(({ input, signal, context }) => {
          if (input.contextName === 'refused') throw new AppError(REFUSED);
          const rows = this.namespaces.watch(callSignal(signal, context));
          return input.contextName === 'breaks' ? breaksAfterOne(rows) : rows;
        }),
      },
      daemonSet: {
        restart: os.daemonSet.restart.handler(async ({ input, signal }) => {
          this.#begin(`restart ${input.contextName}`);
          if (input.contextName === 'silent') await this.#waitForEnd(signal);
          return { uid: input.uid, warnings: [], kubectl: '' };
        }),
      },
      journal: journalHandlers(new JournalReads(this.#journalPath, this.journal, systemClock)),
      log: {
        read: os.log.read.handler(({ input, signal, context }) =>
          this.logs.read(input, context.session, callSignal(signal, context)),
        ),
      },
      stream: {
        credit: os.stream.credit.handler(({ input, context }) => {
          context.session.windows.get(input.streamId)?.credit(input.bytes);
        }),
      },
    };
  }

  async #openContext(contextName: string, signal: AbortSignal | undefined) {
    this.#begin(`open ${contextName}`);
    if (contextName === 'refused') throw new AppError(REFUSED);
    if (contextName === 'bug') throw new TypeError('undefined is not a cluster');
    if (contextName === 'silent') await this.#waitForEnd(signal);
    return { phase: 'live', since: 1, serverVersion: 'v1.37.2' } as const;
  }

  async #waitForEnd(signal: AbortSignal | undefined): Promise<void> {
    this.waiting += 1;
    await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
    this.waiting -= 1;
    signal?.throwIfAborted();
  }
}

async function* breaksAfterOne<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const item of items) {
    yield item;
    throw new AppError(REFUSED);
  }
}
