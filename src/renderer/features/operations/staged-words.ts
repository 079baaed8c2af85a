import type { IntOrString } from '../../../shared/kubernetes/int-or-string.ts';
import { kubectlIn } from '../../../shared/kubernetes/kubectl.ts';
import type { WavePlan } from '../../../shared/kubernetes/staged-plan.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';

const SHOWN_WAVES = 2;

/** What was typed as the API's IntOrString: "3" is a number, "25%" stays. */
export function amountOf(text: string): IntOrString {
  const trimmed = text.trim();
  return /^\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
}

/** The pods of the first waves as kubectl would delete them; what comes between waves is said as a comment. */
export function stagedCommands(
  target: { readonly contextName: string; readonly namespace: string },
  { waves }: WavePlan,
  oldPods: ReadonlyMap<string, readonly PodRow[]>,
): string {
  const shown = waves.slice(0, SHOWN_WAVES).map((wave) => {
    const names = wave.flatMap((node) => (oldPods.get(node) ?? []).map(({ name }) => name));
    return kubectlIn(target, 'delete', 'pod', ...names);
  });
  const more = waves.length - shown.length;
  const rest = more > 0 ? [`# and so on, ${more} more ${more === 1 ? 'wave' : 'waves'}`] : [];
  return [...shown, ...rest].join('\n# once their new pods are ready:\n');
}

/** "node-1, node-2 and 3 more". */
export function namesWords(names: readonly string[], shown = 6): string {
  const more = names.length - shown;
  return more > 0 ? `${names.slice(0, shown).join(', ')} and ${more} more` : names.join(', ');
}

export function nodesWords(count: number): string {
  return `${count} ${count === 1 ? 'node' : 'nodes'}`;
}
