import { type Coverage, NO_POD_WORDS } from '../../../shared/kubernetes/coverage.ts';
import type { StagedNode, StagedPlan } from '../../../shared/kubernetes/staged-plan.ts';
import type { StagedWait } from '../../../shared/kubernetes/staged-step.ts';
import { namesWords, nodesWords } from '../operations/index.ts';

const SHOWN_WAITS = 3;
const SHOWN_WAVES = 4;

/** "Staged rollout to revision 3, wave 2 of 5". */
export function stagedTitle({ phase, revision, at, waves }: StagedPlan): string {
  const to = `Staged rollout to revision ${revision}`;
  switch (phase) {
    case 'done':
      return `${to} is done`;
    case 'stopped':
      return `${to} was stopped in wave ${Math.min(at + 1, waves.length)} of ${waves.length}`;
    default:
      return `${to}${phase === 'held' ? ' is held' : ''}, wave ${at + 1} of ${waves.length}`;
  }
}

/** On the button: the nodes that are passed over are named on it. */
export function continueWords({ failed }: StagedPlan): string {
  const [only] = failed;
  if (only === undefined) return 'Continue';
  return `Continue without ${failed.length === 1 ? only : nodesWords(failed.length)}`;
}

export interface WaveLine {
  readonly wave: string;
  readonly words: string;
}

/** One line a wave, the present one with what it waits for; of many, those around it. */
export function waveLines({ waves, at, phase }: StagedPlan, waits: readonly StagedWait[]): readonly WaveLine[] {
  const first = Math.max(0, Math.min(at - 1, waves.length - SHOWN_WAVES));
  const shown = waves.slice(first, first + SHOWN_WAVES).map((wave, index): WaveLine => {
    const nth = first + index;
    const isOpen = nth === at && phase === 'running';
    const parts = [statesWords(wave, nth > at), isOpen ? waitsWords(waits) : '', notesWords(wave)];
    return { wave: `Wave ${nth + 1}`, words: parts.filter((part) => part !== '').join(' · ') };
  });
  const more = waves.length - first - shown.length;
  const before: WaveLine[] = first > 0 ? [{ wave: first === 1 ? 'Wave 1' : `Waves 1 to ${first}`, words: 'done' }] : [];
  const after: WaveLine[] = more > 0 ? [{ wave: `and ${more} more`, words: '' }] : [];
  return [...before, ...shown, ...after];
}

/**
 * Why the controller gets no pod made on nodes whose old one is gone, one sentence a reason: "No pod on node-3: a
 * ResourceQuota refuses its pod: …". The plan itself knows of pods alone.
 */
export function refusedLines({ waves, at, phase }: StagedPlan, coverage: Coverage | undefined): readonly string[] {
  if (coverage === undefined || (phase !== 'running' && phase !== 'held')) return [];
  const begun = waves.slice(0, at + 1).flat();
  const names = new Set(begun.filter(({ state }) => state !== 'skipped').map(({ name }) => name));
  const refused = coverage.nodes.filter(
    ({ node, state, why }) => state === 'missing' && why !== NO_POD_WORDS && names.has(node.name),
  );
  return [...Map.groupBy(refused, ({ why = '' }) => why)].map(
    ([why, nodes]) =>
      `No pod on ${namesWords(
        nodes.map(({ node }) => node.name),
        SHOWN_WAITS,
      )}: ${why}${why.endsWith('.') ? '' : '.'}`,
  );
}

function statesWords(wave: readonly StagedNode[], isToCome: boolean): string {
  if (isToCome)
    return `to come: ${namesWords(
      wave.map(({ name }) => name),
      4,
    )}`;
  const count = (state: StagedNode['state']) => wave.filter((node) => node.state === state).length;
  const parts = [
    [count('ready'), 'ready'],
    [count('waiting'), 'under way'],
    [count('passed'), 'passed over'],
    [count('skipped'), 'skipped'],
  ] as const;
  return parts.flatMap(([number, words]) => (number > 0 ? [`${number} ${words}`] : [])).join(', ');
}

function waitsWords(waits: readonly StagedWait[]): string {
  const some = waits.slice(0, SHOWN_WAITS).map(({ nodeName, words }) => `${nodeName}: ${words}`);
  const more = waits.length - some.length;
  return [...some, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

function notesWords(wave: readonly StagedNode[]): string {
  const noted = wave.filter(({ note }) => note !== undefined).map(({ name, note }) => `${name}: ${note}`);
  return namesWords(noted, SHOWN_WAITS);
}
