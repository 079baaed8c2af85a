import { fileURLToPath } from 'node:url';
import { BrowserWindow, screen } from 'electron';
import { placeOnScreen, readWindowState, writeWindowState } from '../core/host/window-state.ts';
import { APP_URL } from './app-protocol.ts';
import { hashOfLink } from './deep-link.ts';

const PRELOAD = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url));

export interface WindowOptions {
  /** Where its size and place are kept. */
  readonly statePath: string;
  /** The link that the application was started with. */
  readonly link: string | undefined;
  readonly tell: (line: string) => void;
}

/** Opens the window where it was when it was last closed. */
export function openWindow({ statePath, link, tell }: WindowOptions): BrowserWindow {
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
  const { maximized, ...place } = placeOnScreen(readWindowState(statePath), screens);
  const window = new BrowserWindow({
    ...place,
    minWidth: 800,
    minHeight: 500,
    title: 'Everynode',
    show: false,
    webPreferences: {
      preload: PRELOAD,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => keepState(window, statePath, tell));
  load(window, (link === undefined ? undefined : hashOfLink(link)) ?? '', tell);
  return window;
}

/** Shows the place that a link names; one that is not ours changes nothing. */
export function showLink(window: BrowserWindow, link: string, tell: (line: string) => void): void {
  const hash = hashOfLink(link);
  if (hash !== undefined) load(window, hash, tell);
}

function load(window: BrowserWindow, hash: string, tell: (line: string) => void): void {
  // It rejects when a later load overtakes it, too.
  window.loadURL(`${APP_URL}${hash}`).catch((error: unknown) => tell(`The page was not loaded: ${String(error)}`));
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}

function keepState(window: BrowserWindow, statePath: string, tell: (line: string) => void): void {
  const { x, y, width, height } = window.getNormalBounds();
  try {
    writeWindowState(statePath, { x, y, width, height, maximized: window.isMaximized() });
  } catch (error) {
    // Closing goes on: the next start only has the first size again.
    tell(`The window's place was not kept: ${String(error)}`);
  }
}
