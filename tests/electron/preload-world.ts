import type { FromDocument, ToDocument } from './wire.ts';

/** Where the driver finds a document's receiver; nothing that a page looks for by accident. */
export const RECEIVER = 'everynode electron stand-in';

interface PreloadWorld {
  /** What the preload script's `require` answers. */
  require(name: string): unknown;
}

/**
 * Runs in the page, before its scripts, as text: it must name nothing from outside itself. The preload script shares the
 * page's world here, but in a closure: the page reaches what `contextBridge` exposes and nothing else.
 *
 * electronjs.org docs: api/context-bridge ("exposeInMainWorld": the value is copied and frozen), api/ipc-renderer
 * ("send", "on"; `event.ports` as in api/structures/ipc-renderer-event).
 */
export function openPreloadWorld(bindingName: string, receiverName: string): PreloadWorld {
  const page = globalThis as unknown as Record<string | symbol, unknown>;
  const tell = page[bindingName] as (message: FromDocument) => unknown;
  Reflect.deleteProperty(page, bindingName);
  // Not every document (about:blank) is a secure context, which crypto.randomUUID needs.
  const id = `${performance.timeOrigin}-${Math.random()}`;
  const ports = new Map<number, MessagePort>();
  const listeners = new Map<string, ((event: unknown, message: unknown) => void)[]>();

  const openPort = (port: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => void tell({ kind: 'port', document: id, port, data });
    port1.addEventListener('close', () => void tell({ kind: 'port-closed', document: id, port }));
    ports.set(port, port1);
    return port2;
  };
  const receive = (document: string, message: ToDocument): void => {
    if (document !== id) return;
    if (message.kind === 'ipc') {
      const event = { ports: message.ports.map(openPort) };
      for (const listener of listeners.get(message.channel) ?? []) listener(event, message.message);
    } else if (message.kind === 'port') ports.get(message.port)?.postMessage(message.data);
    else ports.get(message.port)?.close();
  };
  Object.defineProperty(page, Symbol.for(receiverName), { value: receive });
  void tell({ kind: 'hello', document: id, url: location.href });

  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, value: object) =>
        Object.defineProperty(page, name, { value: Object.freeze({ ...value }), enumerable: true }),
    },
    ipcRenderer: {
      send: (channel: string, ...args: readonly unknown[]) => void tell({ kind: 'ipc', document: id, channel, args }),
      on: (channel: string, listener: (event: unknown, message: unknown) => void) =>
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    },
  };
  return {
    require: (name) => {
      // tutorial/sandbox: a sandboxed preload script has a polyfilled `require` for `electron` and a few modules of Node.
      if (name !== 'electron') throw new Error(`module not found: ${name}`);
      return electron;
    },
  };
}
