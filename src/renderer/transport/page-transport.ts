import type { ApiClient } from './api-client.ts';
import type { TransportState } from './transport-state.ts';

/** The page's way to its host: one for the life of the page, over whatever connections come and go. */
export interface PageTransport {
  readonly client: ApiClient;
  getState(): TransportState;
  /** Called after every change of state; answers the unsubscribing. */
  subscribe(listener: () => void): () => void;
  isConnected(): boolean;
  /** Gives a one-time code (or the whole URL with it) while the state is `needsCode`; the outcome is the next state. */
  submitCode(text: string): Promise<void>;
  /** Tries at once, while the state is `lost` or `refused`. */
  retryNow(): void;
  dispose(): void;
}
