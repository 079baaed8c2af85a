import { fileURLToPath } from 'node:url';
import { BrowserWindow, screen } from 'electron';
import { bringOnScreen, placeOnScreen, readWindowState } from '../core/host/window-state.ts';
import { WindowStateKeeper } from '../core/host/window-state-keeper.ts';
import { systemClock } from '../core/system-clock.ts';
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
  const { maximized, ...place } = placeOnScreen(readWindowState(statePath), workAreas());
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
  keepPlace(window, statePath, tell);
  stayWithinReach(window);
  load(window, (link === undefined ? undefined : hashOfLink(link)) ?? '', tell);
  return window;
}

/** Shows the place that a hash names; nothing changes where there is none. */
export function showHash(window: BrowserWindow, hash: string | undefined, tell: (line: string) => void): void {
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

function keepPlace(window: BrowserWindow, path: string, tell: (line: string) => void): void {
  const read = () => {
    const { x, y, width, height } = window.getNormalBounds();
    return { x, y, width, height, maximized: window.isMaximized() };
  };
  const keeper = new WindowStateKeeper({ path, clock: systemClock, read, tell });
  window.on('move', keeper.changed).on('resize', keeper.changed);
  window.on('maximize', keeper.changed).on('unmaximize', keeper.changed);
  window.on('close', keeper.keepNow);
  window.on('closed', keeper.dispose);
}

/** A screen that is unplugged or made smaller must not leave the window where nobody can catch it. */
function stayWithinReach(window: BrowserWindow): void {
  const check = () => {
    const bounds = bringOnScreen(window.getNormalBounds(), workAreas());
    if (bounds !== undefined) window.setBounds(bounds);
  };
  screen.on('display-removed', check);
  screen.on('display-metrics-changed', check);
  window.on('closed', () => {
    screen.off('display-removed', check);
    screen.off('display-metrics-changed', check);
  });
}

/** The main screen's comes first. */
function workAreas() {
  const { id: main } = screen.getPrimaryDisplay();
  const displays = screen.getAllDisplays().toSorted((a, b) => Number(b.id === main) - Number(a.id === main));
  return displays.map(({ workArea }) => workArea);
}
