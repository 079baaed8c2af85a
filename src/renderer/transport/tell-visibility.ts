import type { Clock, Timer } from '../../shared/clock.ts';
import { VISIBLE_AGAIN_MS } from '../../shared/contract/visibility.ts';
import type { PageTransport } from './page-transport.ts';

/** What is used of a document. */
export interface VisiblePage {
  readonly visibilityState: 'visible' | 'hidden';
  addEventListener(type: 'visibilitychange', listener: () => void): void;
  removeEventListener(type: 'visibilitychange', listener: () => void): void;
}

export interface TellVisibilityOptions {
  readonly transport: Pick<PageTransport, 'client' | 'isConnected' | 'subscribe'>;
  readonly clock: Clock;
  readonly page: VisiblePage;
}

/**
 * Tells the core whether this page is visible, as page.setVisibility wants it: at each change, on each new connection, and again and
 * again while it is visible. Ends with the answered function.
 */
export function tellVisibility({ transport, clock, page }: TellVisibilityOptions): () => void {
  let timer: Timer | undefined;
  let wasConnected = transport.isConnected();

  function tell(): void {
    clock.clearTimeout(timer);
    timer = undefined;
    if (!transport.isConnected()) return;
    const visibility = page.visibilityState;
    // Unheard, it is said again with the next connection or after VISIBLE_AGAIN_MS; until then a silent peer is noticed later.
    transport.client.page.setVisibility({ visibility }).catch(() => undefined);
    if (visibility === 'visible') timer = clock.setTimeout(tell, VISIBLE_AGAIN_MS);
  }

  const unsubscribe = transport.subscribe(() => {
    const isConnected = transport.isConnected();
    if (isConnected !== wasConnected) {
      wasConnected = isConnected;
      tell();
    }
  });
  page.addEventListener('visibilitychange', tell);
  tell();
  return () => {
    unsubscribe();
    page.removeEventListener('visibilitychange', tell);
    clock.clearTimeout(timer);
  };
}
