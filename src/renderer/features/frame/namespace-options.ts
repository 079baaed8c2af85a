import type { NamespaceChoice } from '../../stores/route.ts';

const SHOWN = 200;
/** Most namespaces that one list reads (the contract's limit). */
const MOST_CHOSEN = 50;

export interface NamespaceOptions {
  readonly names: readonly string[];
  /** Matching ones that are not shown. */
  readonly more: number;
}

/** The names to choose from: the chosen ones first (also those that the server does not list), then the others, as typed. */
export function namespaceOptions(known: readonly string[], chosen: readonly string[], typed: string): NamespaceOptions {
  const wanted = typed.trim().toLowerCase();
  const others = known.filter((name) => !chosen.includes(name)).sort();
  const matching = [...[...chosen].sort(), ...others].filter((name) => name.includes(wanted));
  return { names: matching.slice(0, SHOWN), more: Math.max(0, matching.length - SHOWN) };
}

/** The choice with one namespace more or less. None left means all. */
export function toggledNamespace(choice: NamespaceChoice, name: string, on: boolean): NamespaceChoice {
  const others = choice === 'all' ? [] : choice.filter((chosen) => chosen !== name);
  if (on) return [...others, name].slice(-MOST_CHOSEN);
  return others.length === 0 ? 'all' : others;
}
