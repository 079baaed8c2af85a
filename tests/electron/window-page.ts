import { readFile } from 'node:fs/promises';
import type { Page, Route } from '@playwright/test';
import { PAGE_URLS, toPageUrl } from './page-origin.ts';
import { openPreloadWorld, RECEIVER } from './preload-world.ts';
import type { AnsweredRequest, FromDocument, Question, ToDocument } from './wire.ts';

export interface PageHost {
  readonly ask: (question: Question) => Promise<unknown>;
  readonly fromDocument: (window: number, from: FromDocument) => void;
}

/** The process ended before it answered. */
export class HostEnded extends Error {
  constructor() {
    super('the process has ended');
    this.name = 'HostEnded';
  }
}

let nextBinding = 1;

/** One page of Chromium as the content of one BrowserWindow. */
export class WindowPage {
  readonly page: Page;
  readonly #window: number;
  readonly #host: PageHost;
  readonly #undo: AsyncDisposable[] = [];
  readonly #requests = new Set<Promise<void>>();
  #closing: Promise<void> | undefined;

  constructor(page: Page, window: number, host: PageHost) {
    this.page = page;
    this.#window = window;
    this.#host = host;
  }

  async open(preloadPath: string): Promise<void> {
    const { page } = this;
    const binding = `everynodeStandIn${nextBinding++}`;
    this.#undo.push(
      await page.exposeBinding(binding, ({ frame }, from: FromDocument) => {
        if (frame === page.mainFrame()) this.#host.fromDocument(this.#window, from);
      }),
      await page.addInitScript({ content: await preloadScript(preloadPath, binding) }),
      await page.context().route('**/*', (route) => this.#handled(route, this.#popupRequest(route))),
      await page.route('**/*', (route) => this.#handled(route, this.#navigation(route))),
      await page.route(PAGE_URLS, (route) => this.#handled(route, this.#answer(route))),
    );
    page.on('popup', this.#onPopup);
  }

  /** A message that comes too late for its document finds another one there, which drops it. */
  async deliver(document: string, message: ToDocument): Promise<void> {
    if (this.#closing !== undefined) return;
    try {
      await this.page.evaluate(
        ([name, to, content]) => {
          const receive = (globalThis as unknown as Record<symbol, (to: string, content: unknown) => void>)[
            Symbol.for(name)
          ];
          receive?.(to, content);
        },
        [RECEIVER, document, message] as const,
      );
    } catch (error) {
      // The document went away under it, and what was meant for it with it.
      if (!/closed|destroyed|navigat/i.test(String(error))) throw error;
    }
  }

  /** Resolves when no request of the page comes here any more, for whoever asks. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    this.page.off('popup', this.#onPopup);
    if (this.page.isClosed()) return;
    // Playwright sends on by itself what is still asked when its route is taken away: then it cannot be answered any more.
    while (this.#requests.size > 0) await Promise.allSettled(this.#requests);
    for (const undo of this.#undo.toReversed()) await undo[Symbol.asyncDispose]();
  }

  /** Does as Chromium does with what a process that ends still owed. */
  #handled(route: Route, handling: Promise<void>): Promise<void> {
    const handled = abortedAtEnd(route, handling).catch((error: unknown) => {
      // One that came while the routes were being taken away.
      if (this.#closing === undefined || !/already handled/.test(String(error))) throw error;
    });
    this.#requests.add(handled);
    const forget = (): void => void this.#requests.delete(handled);
    void handled.then(forget, forget);
    return handled;
  }

  // What it asked for was put to the window's open handler by its request; the stand-in has no windows that a page opens.
  readonly #onPopup = (popup: Page): void => void popup.close();

  /** Only pages without routes of their own come here. api/web-contents "contents.setWindowOpenHandler(handler)". */
  async #popupRequest(route: Route): Promise<void> {
    const question = { ask: 'window-open', window: this.#window, url: route.request().url() } as const;
    if (route.request().isNavigationRequest()) await this.#host.ask(question);
    await route.abort('aborted');
  }

  async #answer(route: Route): Promise<void> {
    if (this.#closing !== undefined) return route.abort();
    const request = route.request();
    const question = { ask: 'request', url: request.url(), method: request.method() } as const;
    const { status, headers, body } = (await this.#host.ask(question)) as AnsweredRequest;
    await route.fulfill({ status, headers, body: Buffer.from(body) });
  }

  /** Whatever leaves for somewhere else; a page's own files are answered by the handler of `app:`. */
  async #navigation(route: Route): Promise<void> {
    const request = route.request();
    if (!request.isNavigationRequest() || request.frame() !== this.page.mainFrame()) return route.fallback();
    const question = { ask: 'will-navigate', window: this.#window, url: request.url() } as const;
    const allowed = await this.#host.ask(question);
    await (allowed === true ? route.fallback() : route.abort('aborted'));
  }

  load(url: string): Promise<unknown> {
    return this.page.goto(toPageUrl(url));
  }
}

async function abortedAtEnd(route: Route, handled: Promise<void>): Promise<void> {
  try {
    await handled;
  } catch (error) {
    if (!(error instanceof HostEnded)) throw error;
    await route.abort('aborted');
  }
}

/** api/structures/web-preferences "preload": before any script of the page; not in frames without `nodeIntegrationInSubFrames`. */
async function preloadScript(path: string, binding: string): Promise<string> {
  const preload = await readFile(path, 'utf8');
  const names = `${JSON.stringify(binding)}, ${JSON.stringify(RECEIVER)}`;
  return `(() => {
  if (window !== window.top) return;
  const { require } = (${openPreloadWorld.toString()})(${names});
  const process = Object.freeze({ platform: ${JSON.stringify(process.platform)}, sandboxed: true });
  ((require, module, exports, process) => {
${preload}
  })(require, { exports: {} }, {}, process);
})();`;
}
