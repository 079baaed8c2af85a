import type { PlacementChange } from './placement-change.ts';

const NAMED = 3;

/** Whether the words leave names out. */
export function isCut({ gain, lose }: PlacementChange): boolean {
  return gain.length > NAMED || lose.length > NAMED;
}

/** "3 nodes would lose their pod: a, b, c; 1 would gain one: d."; undefined where no node would. */
export function placementChangeWords({ gain, lose }: PlacementChange): string | undefined {
  if (lose.length === 0) return gain.length === 0 ? undefined : `${counted(gain)} would gain a pod: ${named(gain)}.`;
  const lost = `${counted(lose)} would lose ${lose.length === 1 ? 'its' : 'their'} pod: ${named(lose)}`;
  return gain.length === 0 ? `${lost}.` : `${lost}; ${gain.length} would gain one: ${named(gain)}.`;
}

function counted({ length }: readonly string[]): string {
  return length === 1 ? '1 node' : `${length} nodes`;
}

function named(names: readonly string[]): string {
  const more = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
