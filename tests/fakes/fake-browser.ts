import { WebSocket } from 'ws';
import type { PageWindow } from '../../src/renderer/transport/page-session.ts';

/** What a browser keeps of one host: its cookies. Each tab has a URL and a sessionStorage of its own. */
export class FakeBrowser {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  /** @param origin "http://127.0.0.1:PORT" */
  constructor(origin: string) {
    this.#origin = origin;
  }

  openTab(hash: string): FakeTab {
    return new FakeTab(this.#origin, this.#cookies, hash);
  }
}

export class FakeTab {
  readonly window: PageWindow;
  /** URLs as history.replaceState got them. */
  readonly replaced: string[] = [];
  readonly #origin: string;
  readonly #cookies: Map<string, string>;

  constructor(origin: string, cookies: Map<string, string>, hash: string, storage = new Map<string, string>()) {
    this.#origin = origin;
    this.#cookies = cookies;
    this.window = {
      location: { pathname: '/', hash },
      history: { replaceState: (_data, _title, url) => void this.replaced.push(String(url)) },
      sessionStorage: {
        getItem: (key) => storage.get(key) ?? null,
        setItem: (key, value) => void storage.set(key, value),
        removeItem: (key) => void storage.delete(key),
      },
      fetch: (path, init) => this.#fetch(path, init),
    };
    this.reload = (newHash = '#/') => new FakeTab(origin, cookies, newHash, storage);
  }

  /** The same tab after a reload: its sessionStorage stays. */
  readonly reload: (hash?: string) => FakeTab;

  /** A WebSocket with the headers that a browser adds by itself. */
  openSocket(protocols: readonly string[]): WebSocket {
    const url = `${this.#origin.replace('http', 'ws')}/socket`;
    return new WebSocket(url, [...protocols], { headers: { origin: this.#origin, cookie: this.#cookieHeader() } });
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', this.#cookieHeader());
    if (init.method !== 'GET') headers.set('origin', this.#origin);
    // Not kept alive: a test ends with no socket open.
    headers.set('connection', 'close');
    const response = await fetch(`${this.#origin}${path}`, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';', 1);
      const at = pair.indexOf('=');
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  #cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
