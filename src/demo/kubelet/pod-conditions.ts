import type { Condition, PodStatus } from '../objects.ts';

/** Sets one condition; an unchanged status keeps its lastTransitionTime. */
export function withCondition(status: PodStatus, condition: Condition): PodStatus {
  const conditions = status.conditions ?? [];
  const known = conditions.find((entry) => entry.type === condition.type);
  const next =
    known?.status === condition.status && known.lastTransitionTime !== undefined
      ? { ...condition, lastTransitionTime: known.lastTransitionTime }
      : condition;
  const stamped: Condition = { lastProbeTime: null, ...next };
  return {
    ...status,
    conditions:
      known === undefined ? [...conditions, stamped] : conditions.map((entry) => (entry === known ? stamped : entry)),
  };
}

export interface PodConditionFacts {
  readonly sandboxReady: boolean;
  readonly initialized: boolean;
  /** Names of the containers that are not ready. */
  readonly unready: readonly string[];
  readonly uninitialized: readonly string[];
  readonly at: string;
}

/** PodSandboxChanged, pkg/kubelet/kuberuntime/util/util.go */
const NO_SANDBOX = 'no pod sandbox exists';

/** The four conditions a kubelet keeps beside PodScheduled (pkg/kubelet/status/generate.go, 1.37). */
export function withKubeletConditions(status: PodStatus, facts: PodConditionFacts): PodStatus {
  const { at } = facts;
  const set = (current: PodStatus, type: string, ok: boolean, reason: string, message: string): PodStatus =>
    withCondition(current, {
      type,
      status: ok ? 'True' : 'False',
      lastTransitionTime: at,
      observedGeneration: 1,
      ...(ok || reason === '' ? {} : { reason, message }),
    });
  const unready = `containers with unready status: [${facts.unready.join(' ')}]`;
  const incomplete = `containers with incomplete status: [${facts.uninitialized.join(' ')}]`;
  const ready = facts.unready.length === 0;
  let result = set(status, 'PodReadyToStartContainers', facts.sandboxReady, 'PodSandboxNotReady', NO_SANDBOX);
  result = set(result, 'Initialized', facts.initialized, 'ContainersNotInitialized', incomplete);
  result = set(result, 'Ready', ready, 'ContainersNotReady', unready);
  return set(result, 'ContainersReady', ready, 'ContainersNotReady', unready);
}
