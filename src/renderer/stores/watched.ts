import { useStore } from 'zustand';
import { asRecord, storedStore } from './stored.ts';

/** A DaemonSet whose rollout is watched: this very object, not a later one of its name. */
export interface Watched {
  readonly contextName: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

function watchedOf(stored: unknown): Watched | undefined {
  const { contextName, namespace, name, uid } = asRecord(stored);
  const isWhole = [contextName, namespace, name, uid].every((part) => typeof part === 'string' && part !== '');
  return isWhole
    ? { contextName: String(contextName), namespace: String(namespace), name: String(name), uid: String(uid) }
    : undefined;
}

/** For this tab or window, over reloads. */
const watched = storedStore<readonly Watched[]>(globalThis.sessionStorage, 'everynode.watched', (stored) =>
  Array.isArray(stored) ? stored.flatMap((each: unknown) => watchedOf(each) ?? []) : [],
);

export function useWatched(): readonly Watched[] {
  return useStore(watched);
}

function isSame(a: Watched, b: Watched): boolean {
  return a.uid === b.uid && a.contextName === b.contextName;
}

export function useIsWatched(target: Watched): boolean {
  return useStore(watched, (all) => all.some((each) => isSame(each, target)));
}

export function watch(target: Watched): void {
  unwatch(target);
  watched.setState([...watched.getState(), target], true);
}

export function unwatch(target: Watched): void {
  watched.setState(
    watched.getState().filter((each) => !isSame(each, target)),
    true,
  );
}
