import type { NodeCoverage, NodeState } from '../../../shared/kubernetes/coverage.ts';
import type { Tone } from '../../components/StatusBadge.tsx';

/** How a node is drawn: its state, and a cut corner for a pod of an older revision. */
export type NodeLook = NodeState | `${NodeState}:old`;

/** A colour of the map, by what it means. */
export type Ink = 'ready' | 'old' | 'bad' | 'wait' | 'off' | 'surface';

/** Each state has a shape of its own: colour only repeats it. */
export type CellShape = 'full' | 'crossed' | 'frame' | 'dotted' | 'barred' | 'lower' | 'upper' | 'disc' | 'speck';

interface StateView {
  readonly words: string;
  readonly tone: Tone;
  readonly ink: Exclude<Ink, 'surface'>;
  readonly shape: CellShape;
}

export const STATE_VIEW: Readonly<Record<NodeState, StateView>> = {
  ready: { words: 'Runs', tone: 'good', ink: 'ready', shape: 'full' },
  starting: { words: 'Runs · starting', tone: 'info', ink: 'wait', shape: 'lower' },
  terminating: { words: 'Runs · terminating', tone: 'quiet', ink: 'off', shape: 'upper' },
  pending: { words: 'Pending', tone: 'warn', ink: 'wait', shape: 'dotted' },
  notReady: { words: 'Runs · not ready', tone: 'warn', ink: 'wait', shape: 'barred' },
  failing: { words: 'Runs · failing', tone: 'bad', ink: 'bad', shape: 'crossed' },
  missing: { words: 'Should run, does not', tone: 'bad', ink: 'bad', shape: 'frame' },
  extra: { words: 'Runs, should not', tone: 'warn', ink: 'wait', shape: 'disc' },
  excluded: { words: 'Excluded', tone: 'quiet', ink: 'off', shape: 'speck' },
};

/** As the legend lists them. */
const ORDER: readonly NodeState[] = [
  'ready',
  'starting',
  'terminating',
  'pending',
  'notReady',
  'failing',
  'missing',
  'extra',
  'excluded',
];

const SHORT_WORDS: Readonly<Record<NodeState, string>> = {
  ready: 'ready',
  starting: 'starting',
  terminating: 'terminating',
  pending: 'pending',
  notReady: 'not ready',
  failing: 'failing',
  missing: 'no pod',
  extra: 'should not run',
  excluded: 'excluded',
};

export function lookOf({ state, isOld }: Pick<NodeCoverage, 'state' | 'isOld'>): NodeLook {
  return isOld ? `${state}:old` : state;
}

export function partsOf(look: NodeLook): { readonly state: NodeState; readonly isOld: boolean } {
  const state = ORDER.find((each) => look === each || look === `${each}:old`) ?? 'excluded';
  return { state, isOld: look !== state };
}

/** "ready", "failing, old revision". */
export function lookWords(look: NodeLook): string {
  const { state, isOld } = partsOf(look);
  return `${SHORT_WORDS[state]}${isOld ? ', old revision' : ''}`;
}

export interface LookCount {
  readonly look: NodeLook;
  readonly count: number;
}

/** What is on the map, in the order of the legend. */
export function lookCounts(looks: readonly NodeLook[]): readonly LookCount[] {
  const counts = new Map<NodeLook, number>();
  for (const look of looks) counts.set(look, (counts.get(look) ?? 0) + 1);
  return ORDER.flatMap((state): readonly NodeLook[] => [state, `${state}:old`]).flatMap((look) => {
    const count = counts.get(look);
    return count === undefined ? [] : [{ look, count }];
  });
}
