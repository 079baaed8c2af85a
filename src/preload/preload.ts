import { contextBridge, ipcRenderer } from 'electron';
import { CONNECT_MESSAGE, type ElectronBridge, PORT_MESSAGE } from '../shared/contract/electron-bridge.ts';

/** What is used of the page's window; the rest of the DOM is not this script's. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(data: unknown, targetOrigin: string, transfer: readonly unknown[]): void;
};

const bridge: ElectronBridge = {
  connect: () => ipcRenderer.send(CONNECT_MESSAGE),
  platform: process.platform,
};

// A MessagePort does not pass the context bridge; it reaches the page as a message of its own window.
ipcRenderer.on(PORT_MESSAGE, (event) => window.postMessage(PORT_MESSAGE, window.location.origin, event.ports));

contextBridge.exposeInMainWorld('everynode', bridge);
