import type { RolloutStart } from '../../../shared/kubernetes/rollout.ts';
import type { RolloutBudget } from '../../../shared/kubernetes/rollout-budget.ts';
import type { CauseEvent } from '../../../shared/kubernetes/pod-trouble.ts';
import type { EventRow } from '../../../shared/kubernetes/rows.ts';
import { humanDuration } from '../../components/age.ts';

export function toCauseEvent({ reason, message, type, about, lastSeen, count }: EventRow): CauseEvent {
  return { reason, message, type, involvedName: about.name, lastSeen, count };
}

/** "4 of 5 nodes spent by pods that are not available: node-a, node-b and 2 more". */
export function budgetWords({ kind, nodes, spent, spentBy }: RolloutBudget): string {
  const of = `${spent} of ${nodes} ${nodes === 1 ? 'node' : 'nodes'} (${kind}) spent`;
  if (spent === 0) return `${of}.`;
  const names = spentBy.slice(0, 3).map(({ nodeName }) => nodeName);
  const more = spent - names.length;
  const who = [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return spent >= nodes
    ? `${of}, by ${who}: no further pod is replaced until one of them is available.`
    : `${of}, by ${who}.`;
}

/** "about 3 min left". */
export function leftWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 60 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`;
}

/** "began 9m ago by a redeploy". */
export function startWords(start: RolloutStart, now: number): string {
  if (start.how === 'rollback') return 'began by taking up an older revision again';
  const age = humanDuration(Math.max(0, now - Date.parse(start.at)));
  return `began ${age} ago by ${start.how === 'redeploy' ? 'a redeploy' : 'a change of the template'}`;
}
