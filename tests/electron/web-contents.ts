import { EventEmitter } from 'node:events';
import { app, StandInEvent } from './app.ts';
import { record, tellDriver } from './host-channel.ts';
import { fromPageUrl, toPageUrl } from './page-origin.ts';
import { type MessagePortMain, portOf } from './ports.ts';
import type { FromDocument } from './wire.ts';

/** electronjs.org docs: api/ipc-main; `event.senderFrame` and `event.sender` as api/structures/ipc-main-event has them. */
export const ipcMain = new EventEmitter();

/** electronjs.org docs: api/web-frame-main, of a top frame. */
export class StandInFrame {
  readonly parent: StandInFrame | null = null;
  readonly url: string;
  readonly #ports: MessagePortMain[] = [];
  readonly #window: number;
  readonly #document: string;

  constructor(window: number, document: string, url: string) {
    this.#window = window;
    this.#document = document;
    this.url = fromPageUrl(url);
  }

  get origin(): string {
    return /^[a-z]+:\/\/[^/?#]*/.exec(this.url)?.[0] ?? 'null';
  }

  /** api/web-frame-main "frame.postMessage(channel, message, [transfer])". */
  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const address = { kind: 'deliver', window: this.#window, document: this.#document } as const;
    tellDriver({ ...address, message: { kind: 'ipc', channel, message, ports: transfer.map(({ id }) => id) } });
    for (const port of transfer) port.transfer((sent) => tellDriver({ ...address, message: sent }));
    this.#ports.push(...transfer);
  }

  /** The document is gone: the other ends of its ports get `close`. */
  gone(): void {
    for (const port of this.#ports) port.close();
  }
}

type WindowOpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' };

/** electronjs.org docs: api/web-contents. */
export class StandInWebContents extends EventEmitter {
  readonly id: number;
  #frame: StandInFrame | null = null;
  #openHandler: WindowOpenHandler = () => ({ action: 'allow' });

  constructor(id: number) {
    super();
    this.id = id;
    // api/app event `web-contents-created`.
    app.emit('web-contents-created', new StandInEvent(), this);
  }

  get mainFrame(): StandInFrame | null {
    return this.#frame;
  }

  getURL(): string {
    return this.#frame?.url ?? '';
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler;
  }

  /** api/web-contents "contents.loadURL(url)": no `will-navigate` for what the main process asks for. */
  loadURL(url: string): Promise<void> {
    tellDriver({ kind: 'load', window: this.id, url: toPageUrl(url) });
    return new Promise((resolve) => this.once('did-finish-load', () => resolve()));
  }

  /** api/web-contents "contents.send(channel, ...args)". */
  send(channel: string, ...args: readonly unknown[]): void {
    this.#frame?.postMessage(channel, args[0]);
  }

  setZoomLevel(level: number): void {
    record('webContents.setZoomLevel', level);
  }

  /** @returns whether it goes ahead; api/web-contents event `will-navigate` can prevent it */
  asksToNavigate(url: string): boolean {
    const details = Object.assign(new StandInEvent(), { url: fromPageUrl(url) });
    this.emit('will-navigate', details, details.url);
    return !details.defaultPrevented;
  }

  /** api/web-contents event `will-redirect`: a server redirects a navigation; preventable. */
  isRedirected(url: string): boolean {
    const details = Object.assign(new StandInEvent(), { url, isMainFrame: true });
    this.emit('will-redirect', details, url);
    return !details.defaultPrevented;
  }

  /** api/web-contents event `will-frame-navigate`: of any frame; preventable. `will-navigate` is the main frame's alone. */
  frameAsksToNavigate(url: string): boolean {
    const details = Object.assign(new StandInEvent(), { url, isMainFrame: false });
    this.emit('will-frame-navigate', details);
    return !details.defaultPrevented;
  }

  /** api/web-contents event `will-attach-webview`: "Calling event.preventDefault() will destroy the guest page". */
  asksToAttach(url: string): boolean {
    const event = new StandInEvent();
    this.emit('will-attach-webview', event, {}, { src: url });
    return !event.defaultPrevented;
  }

  asksToOpen(url: string): boolean {
    return this.#openHandler({ url: fromPageUrl(url) }).action === 'allow';
  }

  fromDocument(from: FromDocument): void {
    switch (from.kind) {
      case 'hello':
        this.#frame?.gone();
        this.#frame = new StandInFrame(this.id, from.document, from.url);
        return;
      case 'ipc':
        ipcMain.emit(from.channel, { sender: this, senderFrame: this.#frame, ports: [] }, ...from.args);
        return;
      case 'port':
        portOf(from.port)?.fromDocument(from.data);
        return;
      case 'port-closed':
        portOf(from.port)?.close();
    }
  }

  destroyed(): void {
    this.#frame?.gone();
    this.#frame = null;
  }
}
