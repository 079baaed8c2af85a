import type { PageServer } from '../core/host/page-server.ts';

/** What is used of Electron's MessagePortMain. */
export interface PortMain {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** Serves the page at the other end of the port until either side closes it. */
export function servePort(port: PortMain, pages: PageServer): void {
  const end = () => {
    page.close();
    port.close();
  };
  const page = pages.open({ send: (message) => port.postMessage(message), refuse: end });
  port.on('message', ({ data }) => {
    if (typeof data === 'string') page.receive(data);
    else end();
  });
  port.on('close', () => page.close());
  // Messages are queued until then; without it every call would hang.
  port.start();
}
