export type ScrollMove =
  | { readonly by: 'lines' | 'pages'; readonly amount: number }
  | { readonly by: 'top' }
  | { readonly by: 'bottom' };

const MOVES: Readonly<Record<string, ScrollMove>> = {
  ArrowUp: { by: 'lines', amount: -1 },
  ArrowDown: { by: 'lines', amount: 1 },
  PageUp: { by: 'pages', amount: -1 },
  PageDown: { by: 'pages', amount: 1 },
  Home: { by: 'top' },
  End: { by: 'bottom' },
};

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Where a key scrolls a log, if anywhere. */
export function scrollKey({ key, ctrlKey, altKey, metaKey }: Key): ScrollMove | undefined {
  return ctrlKey || altKey || metaKey ? undefined : MOVES[key];
}
