/* What the built main gets for `electron`. It proves the application's code, not Electron. */
import { EventEmitter } from 'node:events';
import { app, powerMonitor } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { answer, record } from './host-channel.ts';
import { MessageChannelMain } from './ports.ts';
import { Menu, protocol, session } from './system.ts';
import { screen } from './screen.ts';
import { utilityProcess } from './utility-process.ts';
import { ipcMain } from './web-contents.ts';

export {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  MessageChannelMain,
  powerMonitor,
  protocol,
  screen,
  session,
  utilityProcess,
};

let next: { readonly response: number; readonly filePaths: readonly string[] } = { response: 1, filePaths: [] };
answer('dialog-answer', ({ response, filePaths = [] }) => void (next = { response, filePaths }));

/** electronjs.org docs: api/dialog; the user's answer is what the test said before. Both take a window first, or not. */
export const dialog = {
  showMessageBox: (...args: readonly unknown[]) => {
    record('dialog.showMessageBox', args.at(-1));
    return Promise.resolve({ response: next.response, checkboxChecked: false });
  },
  showOpenDialog: (...args: readonly unknown[]) => {
    record('dialog.showOpenDialog', args.at(-1));
    return Promise.resolve({ canceled: next.filePaths.length === 0, filePaths: next.filePaths });
  },
};

/** electronjs.org docs: api/shell "shell.openExternal(url)". */
export const shell = {
  openExternal: (url: string) => {
    record('shell.openExternal', url);
    return Promise.resolve();
  },
};

/** electronjs.org docs: api/native-theme. */
export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false, themeSource: 'system' });
