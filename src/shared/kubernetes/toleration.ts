export type TaintEffect = 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: TaintEffect;
}

/** v1.Toleration. An empty key with Exists tolerates every taint, an empty effect every effect. */
export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

/**
 * Whether a toleration covers a taint (k8s.io/api core/v1/toleration.go, 0.37). Lt and Gt never do: the feature gate
 * TaintTolerationComparisonOperators is off by default in 1.37.
 */
export function toleratesTaint(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== undefined && toleration.effect !== '' && toleration.effect !== taint.effect) return false;
  if (toleration.key !== undefined && toleration.key !== '' && toleration.key !== taint.key) return false;
  switch (toleration.operator ?? '') {
    case '':
    case 'Equal':
      return (toleration.value ?? '') === (taint.value ?? '');
    case 'Exists':
      return true;
    default:
      return false;
  }
}

/** The taints of these effects that no toleration covers, in the node's order. */
export function untoleratedTaints(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
  effects: readonly TaintEffect[],
): readonly Taint[] {
  return taints.filter(
    (taint) => effects.includes(taint.effect) && !tolerations.some((toleration) => toleratesTaint(toleration, taint)),
  );
}

function exists(key: string, effect: TaintEffect): Toleration {
  return { key, operator: 'Exists', effect };
}

const CONTROLLER_TOLERATIONS: readonly Toleration[] = [
  exists('node.kubernetes.io/not-ready', 'NoExecute'),
  exists('node.kubernetes.io/unreachable', 'NoExecute'),
  exists('node.kubernetes.io/disk-pressure', 'NoSchedule'),
  exists('node.kubernetes.io/memory-pressure', 'NoSchedule'),
  exists('node.kubernetes.io/pid-pressure', 'NoSchedule'),
  exists('node.kubernetes.io/unschedulable', 'NoSchedule'),
];
const HOST_NETWORK_TOLERATION = exists('node.kubernetes.io/network-unavailable', 'NoSchedule');

function sameIdentity(a: Toleration, b: Toleration): boolean {
  return (
    (a.key ?? '') === (b.key ?? '') &&
    (a.effect ?? '') === (b.effect ?? '') &&
    (a.operator ?? '') === (b.operator ?? '') &&
    (a.value ?? '') === (b.value ?? '')
  );
}

/**
 * The tolerations a DaemonSet's pod gets: its own, then those the daemon controller adds (AddOrUpdateDaemonPodTolerations,
 * pkg/controller/daemon/util/daemonset_util.go, 1.37). One that matches the user's in key, operator, value and effect takes its place.
 */
export function daemonPodTolerations(
  own: readonly Toleration[] | undefined,
  hostNetwork: boolean | undefined,
): readonly Toleration[] {
  const added = hostNetwork === true ? [...CONTROLLER_TOLERATIONS, HOST_NETWORK_TOLERATION] : CONTROLLER_TOLERATIONS;
  const result = [...(own ?? [])];
  for (const toleration of added) {
    const index = result.findIndex((candidate) => sameIdentity(candidate, toleration));
    if (index === -1) result.push(toleration);
    else result[index] = toleration;
  }
  return result;
}

/** `key=value:effect`, or `key:effect` without a value, as kubectl describe words a taint. */
export function formatTaint(taint: Taint): string {
  return taint.value === undefined || taint.value === ''
    ? `${taint.key}:${taint.effect}`
    : `${taint.key}=${taint.value}:${taint.effect}`;
}
