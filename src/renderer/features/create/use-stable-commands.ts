import { useEffect, useMemo, useRef } from 'react';

type Commands = Readonly<Record<string, (...args: never[]) => void>>;

/** The same functions at every render, which do what the last render's do: what takes them is not rendered again for a key. */
export function useStableCommands<T extends Commands>(commands: T): T {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const names = Object.keys(commands).join(' ');
  return useMemo(() => {
    const stable = names
      .split(' ')
      .map((name) => [name, (...args: never[]) => latest.current[name]?.(...args)] as const);
    // The names are those of T, and each takes what its namesake takes.
    return Object.fromEntries(stable) as unknown as T;
  }, [names]);
}
