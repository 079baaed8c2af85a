/** What the process that runs the built main and the driver of its pages say to each other, over the child's IPC channel. */
export type ToDriver =
  | { readonly kind: 'open'; readonly window: number; readonly preload: string }
  | { readonly kind: 'load'; readonly window: number; readonly url: string }
  | { readonly kind: 'close'; readonly window: number }
  | {
      readonly kind: 'deliver';
      readonly window: number;
      readonly document: string;
      readonly message: ToDocument;
    }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string };

/** To the preload script's world in one document. */
export type ToDocument =
  | { readonly kind: 'ipc'; readonly channel: string; readonly message: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'port-closed'; readonly port: number };

export type FromDocument =
  | { readonly kind: 'hello'; readonly document: string; readonly url: string }
  | { readonly kind: 'ipc'; readonly document: string; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'port'; readonly document: string; readonly port: number; readonly data: unknown }
  | { readonly kind: 'port-closed'; readonly document: string; readonly port: number };

export type ToHost =
  | { readonly kind: 'document'; readonly window: number; readonly from: FromDocument }
  | { readonly kind: 'loaded'; readonly window: number }
  | { readonly kind: 'page-closed'; readonly window: number }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question };

/** What only Chromium, the system or the user would bring about, and what a test wants to know. */
export type Question =
  | { readonly ask: 'request'; readonly url: string; readonly method: string }
  | { readonly ask: 'will-navigate'; readonly window: number; readonly url: string }
  | { readonly ask: 'will-redirect'; readonly window: number; readonly url: string }
  /** Of a frame inside the page. */
  | { readonly ask: 'will-frame-navigate'; readonly window: number; readonly url: string }
  | { readonly ask: 'will-attach-webview'; readonly window: number; readonly url: string }
  | { readonly ask: 'window-open'; readonly window: number; readonly url: string }
  | { readonly ask: 'permission'; readonly permission: string; readonly origin: string }
  | {
      readonly ask: 'emit';
      readonly on: 'app' | 'powerMonitor';
      readonly event: string;
      readonly args: readonly unknown[];
    }
  | { readonly ask: 'menu' }
  | { readonly ask: 'click'; readonly path: readonly string[] }
  | { readonly ask: 'dialog-answer'; readonly response: number; readonly filePaths?: readonly string[] }
  | { readonly ask: 'calls' }
  | { readonly ask: 'set-bounds'; readonly window: number; readonly bounds: Bounds }
  | { readonly ask: 'displays'; readonly workAreas: readonly Bounds[] }
  | { readonly ask: 'bounds'; readonly window: number }
  | { readonly ask: 'utility-processes' }
  | { readonly ask: 'utility-fatal'; readonly serviceName: string }
  | { readonly ask: 'preferences'; readonly window: number }
  | {
      readonly ask: 'ipc-from-frame';
      readonly window: number;
      readonly channel: string;
      readonly origin: string;
      /** The document's own, one that it embeds, or one that was gone before the message was read; `top` unless told. */
      readonly frame?: 'top' | 'inside' | 'gone';
    };

/** Answer of `utility-processes`, of those that run. */
export interface UtilityFacts {
  readonly serviceName: string;
  readonly pid?: number;
}

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Answer of `request`. */
export interface AnsweredRequest {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Answer of `calls`: what the application asked of the system, in order. */
export interface RecordedCall {
  readonly api: string;
  readonly args: readonly unknown[];
}

/** Answer of `menu`. */
export interface MenuEntry {
  readonly label: string;
  readonly role?: string;
  readonly accelerator?: string;
  readonly submenu?: readonly MenuEntry[];
}
