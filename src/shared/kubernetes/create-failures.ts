import { assertNever } from '../errors/assert-never.ts';
import { podRefusals, type RefusedBy } from './pod-refusal.ts';
import type { EventRow } from './rows.ts';

/** Why the controller does not get a DaemonSet's pods made. */
export interface CreateFailures {
  /** What stands against every pod of it, as a clause with the server's words. */
  readonly words?: string;
  /** Nodes whose pod has failed, and is deleted and made again after a growing pause. */
  readonly failedNodes: ReadonlySet<string>;
}

/** One sync writes both kinds of event, and a few refused pods end it: a creation in the same minute does not refute a failure. */
const SAME_SYNC_MS = 60_000;

/**
 * Read from the events of the DaemonSet itself: FailedCreate and SuccessfulCreate (pkg/controller/controller_utils.go) and
 * FailedDaemonPod (pkg/controller/daemon/daemon_controller.go, 1.37). A failure after which pods were made is past.
 */
export function createFailures(events: readonly EventRow[]): CreateFailures {
  const failed = newest(events, 'FailedCreate');
  const made = newest(events, 'SuccessfulCreate');
  const isPast = failed !== undefined && made !== undefined && made.lastSeen > failed.lastSeen + SAME_SYNC_MS;
  return {
    ...(failed === undefined || isPast ? {} : { words: refusedWords(failed.message) }),
    failedNodes: new Set(events.flatMap(nodeOfFailedPod)),
  };
}

function newest(events: readonly EventRow[], reason: string): EventRow | undefined {
  return events
    .filter((event) => event.reason === reason)
    .reduce<EventRow | undefined>((best, event) => (best && best.lastSeen >= event.lastSeen ? best : event), undefined);
}

function nodeOfFailedPod({ reason, message }: EventRow): readonly string[] {
  if (reason !== 'FailedDaemonPod') return [];
  const [, node] = / on node (\S+), will try to kill it$/.exec(message) ?? [];
  return node === undefined ? [] : [node];
}

/** `Error creating: pods "agent-" is forbidden: exceeded quota: …`. */
function refusedWords(message: string): string {
  const bare = message.replace(/^Error creating: /, '');
  const [first] = podRefusals({ reason: 'Forbidden', message: bare }, undefined);
  const server = bare.replace(/^pods "[^"]*" is forbidden: /, '');
  return `${refuserWords(first?.by ?? 'other')}: ${server}`;
}

function refuserWords(by: RefusedBy): string {
  switch (by) {
    case 'PodSecurity':
      return 'PodSecurity refuses its pod';
    case 'ResourceQuota':
      return 'a ResourceQuota refuses its pod';
    case 'LimitRange':
      return 'a LimitRange refuses its pod';
    case 'PriorityClass':
      return 'its pod is refused for its PriorityClass';
    case 'ServiceAccount':
      return 'its pod is refused for its ServiceAccount';
    case 'RuntimeClass':
      return 'its pod is refused for its RuntimeClass';
    case 'webhook':
      return 'an admission webhook refuses its pod';
    case 'API':
      return 'the API server refuses its pod';
    case 'other':
      return 'its pod cannot be created';
    default:
      return assertNever(by);
  }
}
