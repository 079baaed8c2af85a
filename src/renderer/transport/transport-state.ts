import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppErrorData } from '../../shared/errors/app-error.ts';

/** Where the page's transport to its host stands. Times are milliseconds since 1970. */
export type TransportState =
  | { readonly phase: 'connecting' }
  /** This tab has no valid access of its own: it shows an input for a code. `error` is why the last code was refused. */
  | { readonly phase: 'needsCode'; readonly error?: AppErrorData; readonly busy: boolean }
  | { readonly phase: 'open'; readonly since: number }
  /** Reconnecting by itself; `retryAt` is the next try. Streams have failed as Disconnected and are opened anew once open. */
  | { readonly phase: 'lost'; readonly since: number; readonly retryAt?: number }
  /** The host answered and will not have this page; nothing is tried by itself. */
  | { readonly phase: 'refused'; readonly error: AppErrorData };

export type TransportStateStore = StoreApi<TransportState>;

export function createTransportState(): TransportStateStore {
  return createStore<TransportState>(() => ({ phase: 'connecting' }));
}
