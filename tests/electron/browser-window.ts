import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import { app, StandInEvent } from './app.ts';
import { answer, onDriver, record, tellDriver } from './host-channel.ts';
import type { Bounds } from './wire.ts';
import { ipcMain, StandInWebContents } from './web-contents.ts';

const windows = new Map<number, BrowserWindow>();
let nextWindow = 1;

/** electronjs.org docs: api/browser-window. One page of Chromium each; its size is only remembered. */
export class BrowserWindow extends EventEmitter {
  readonly id = nextWindow++;
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: StandInWebContents;
  #bounds: Bounds;
  #maximized = false;
  #minimized = false;
  #destroyed = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.webContents = new StandInWebContents(this.id);
    windows.set(this.id, this);
    tellDriver({ kind: 'open', window: this.id, preload: options.webPreferences?.preload ?? '' });
  }

  static getAllWindows(): readonly BrowserWindow[] {
    return [...windows.values()];
  }

  static fromWebContents(contents: StandInWebContents): BrowserWindow | null {
    return [...windows.values()].find(({ webContents }) => webContents === contents) ?? null;
  }

  static getFocusedWindow(): BrowserWindow | null {
    return [...windows.values()].at(-1) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    record('window.show', this.id);
  }

  focus(): void {
    record('window.focus', this.id);
  }

  restore(): void {
    this.#minimized = false;
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  maximize(): void {
    this.#maximized = true;
    this.emit('maximize');
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  isFullScreen(): boolean {
    return false;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  getBounds(): Bounds {
    return this.#bounds;
  }

  /** api/browser-window "win.getNormalBounds()": those of the normal state, also while it is maximized. */
  getNormalBounds(): Bounds {
    return this.#bounds;
  }

  setBounds(bounds: Bounds): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.emit('resize');
    this.emit('move');
  }

  /** api/browser-window event `close`: before the window goes, preventable; then `closed`. @returns whether it closed */
  close(): boolean {
    if (this.#destroyed) return true;
    const event = new StandInEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.destroyed();
    return true;
  }

  destroyed(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this.id);
    this.webContents.destroyed();
    tellDriver({ kind: 'close', window: this.id });
    this.emit('closed');
    if (windows.size === 0) app.windowsGone();
  }
}

app.connectWindows(() => [...windows.values()].every((window) => window.close()));

onDriver((message) => {
  if (message.kind === 'ask') return;
  const window = windows.get(message.window);
  switch (message.kind) {
    case 'document':
      return window?.webContents.fromDocument(message.from);
    case 'loaded':
      window?.emit('ready-to-show');
      window?.webContents.emit('did-finish-load');
      return undefined;
    case 'page-closed':
      return void window?.close();
  }
});

const windowOf = (id: number): BrowserWindow => {
  const window = windows.get(id);
  if (window === undefined) throw new Error(`no window ${id}`);
  return window;
};

answer('will-navigate', ({ window, url }) => windowOf(window).webContents.asksToNavigate(url));
answer('will-redirect', ({ window, url }) => windowOf(window).webContents.isRedirected(url));
answer('will-frame-navigate', ({ window, url }) => windowOf(window).webContents.frameAsksToNavigate(url));
answer('will-attach-webview', ({ window, url }) => windowOf(window).webContents.asksToAttach(url));
answer('window-open', ({ window, url }) => windowOf(window).webContents.asksToOpen(url));
answer('set-bounds', ({ window, bounds }) => windowOf(window).setBounds(bounds));
answer('bounds', ({ window }) => windowOf(window).getBounds());
answer('preferences', ({ window }) => ({ ...windowOf(window).options.webPreferences }));
// A frame that a page embeds, or another page in its place, sends what only our own page may.
answer('ipc-from-frame', ({ window, channel, origin, frame = 'top' }) => {
  let answered = false;
  const parent = frame === 'inside' ? windowOf(window).webContents.mainFrame : null;
  const sender = { origin, url: `${origin}/`, parent, postMessage: () => (answered = true) };
  // api/structures/ipc-main-event "senderFrame": null when the frame was destroyed or has navigated.
  const senderFrame = frame === 'gone' ? null : sender;
  ipcMain.emit(channel, { sender: windowOf(window).webContents, senderFrame, ports: [] });
  return answered;
});
