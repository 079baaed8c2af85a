import type { StoreApi } from 'zustand/vanilla';
import { type Route, formatRoute, parseRoute, routeContext } from './route.ts';
import { type KeyValueStorage, asRecord, storedStore } from './stored.ts';

/** The page that each context was left on, as its hash: switching back returns to it. */
export type Places = Readonly<Record<string, string>>;

export function parsePlaces(stored: unknown): Places {
  return Object.fromEntries(
    Object.entries(asRecord(stored)).filter((entry): entry is [string, string] => {
      const [contextName, hash] = entry;
      return typeof hash === 'string' && routeContext(parseRoute(hash)) === contextName;
    }),
  );
}

export function createPlaces(storage: KeyValueStorage): StoreApi<Places> {
  return storedStore(storage, 'everynode.places', parsePlaces);
}

const places = createPlaces(globalThis.sessionStorage);

export function rememberPlace(route: Route): void {
  const contextName = routeContext(route);
  if (contextName !== undefined) places.setState({ [contextName]: formatRoute(route) });
}

/** Where the user was in this context, else its DaemonSets. */
export function placeOf(contextName: string): Route {
  const hash = places.getState()[contextName];
  return hash === undefined ? { page: 'daemonSets', contextName } : parseRoute(hash);
}
