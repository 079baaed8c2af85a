import { useMemo, useSyncExternalStore } from 'react';
import { type Route, formatRoute, parseRoute } from './route.ts';

function subscribe(listener: () => void): () => void {
  globalThis.addEventListener('hashchange', listener);
  return () => globalThis.removeEventListener('hashchange', listener);
}

/** The page that the URL's hash names. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => globalThis.location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}

/** Goes to a page. `replace` leaves no entry in the history: for what changes as the user types. */
export function navigate(route: Route, options: { readonly replace?: boolean } = {}): void {
  const hash = formatRoute(route);
  if (hash === globalThis.location.hash) return;
  if (options.replace !== true) {
    globalThis.location.hash = hash;
    return;
  }
  globalThis.history.replaceState(globalThis.history.state, '', hash);
  // replaceState tells nobody.
  globalThis.dispatchEvent(new HashChangeEvent('hashchange'));
}
