/** Calls that change an object of a cluster: unanswered, nobody knows whether they were done. */
export const CHANGING_CALLS: ReadonlySet<string> = new Set([
  'daemonSet.create',
  'daemonSet.save',
  'daemonSet.restart',
  'daemonSet.rollback',
  'daemonSet.delete',
  'node.setUnschedulable',
  'pod.delete',
  'pod.evict',
  'stagedRollout.start',
  'stagedRollout.continue',
]);

/** Whether a call changes something in a cluster; a dry run does not. */
export function isChangingCall(path: readonly string[], input: unknown): boolean {
  const isDryRun = typeof input === 'object' && input !== null && 'dryRun' in input && input.dryRun === true;
  return !isDryRun && CHANGING_CALLS.has(path.join('.'));
}
