import type { ContainerStateView, ContainerView } from '../../../shared/contract/pod.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import type { Tone } from '../../components/StatusBadge.tsx';

/** "Running", "Waiting: CrashLoopBackOff", "Terminated: Error, exit code 1". */
export function stateWords(state: ContainerStateView): string {
  switch (state.kind) {
    case 'running':
      return 'Running';
    case 'waiting':
      return joined('Waiting', state.reason);
    case 'terminated':
      return joined('Terminated', [state.reason, exitWords(state)].filter(Boolean).join(', '));
    case 'unknown':
      return 'Unknown';
    default:
      return assertNever(state.kind);
  }
}

/** What stands before the time of its start. */
export function startWords({ kind }: ContainerStateView): string {
  return kind === 'running' ? 'running since' : 'started';
}

/** The badge: a running worker that is not ready says so. */
export function containerWords({ state, ready, kind }: Pick<ContainerView, 'state' | 'ready' | 'kind'>): string {
  const words = stateWords(state);
  return state.kind === 'running' && !ready && kind !== 'init' ? `${words}, not ready` : words;
}

/** The colour that repeats the badge's words. */
export function stateTone({ state, ready, kind }: Pick<ContainerView, 'state' | 'ready' | 'kind'>): Tone {
  switch (state.kind) {
    case 'running':
      return ready || kind === 'init' ? 'good' : 'warn';
    case 'waiting':
      return STARTING.has(state.reason ?? '') ? 'info' : 'bad';
    case 'terminated':
      return state.exitCode === 0 ? 'quiet' : 'bad';
    case 'unknown':
      return 'quiet';
    default:
      return assertNever(state.kind);
  }
}

const STARTING: ReadonlySet<string> = new Set(['', 'ContainerCreating', 'PodInitializing']);

/** "cpu 100m · memory 64Mi", or undefined when nothing is set. */
export function quantitiesWords(quantities: Readonly<Record<string, string>>): string | undefined {
  const parts = Object.entries(quantities).map(([name, quantity]) => `${name} ${quantity}`);
  return parts.length === 0 ? undefined : parts.join(' · ');
}

function exitWords({ exitCode, signal }: ContainerStateView): string | undefined {
  if (signal !== undefined && signal !== 0) return `signal ${signal}`;
  return exitCode === undefined ? undefined : `exit code ${exitCode}`;
}

function joined(word: string, detail: string | undefined): string {
  return detail === undefined || detail === '' ? word : `${word}: ${detail}`;
}
