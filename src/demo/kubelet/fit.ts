import { type Quantity, addQuantities, compareQuantities, parseQuantity } from '../../shared/kubernetes/quantity.ts';
import type { Container, Node, Pod, PodSpec } from '../objects.ts';

const ZERO: Quantity = { nanos: 0n, format: 'DecimalSI' };

function requested(containers: readonly Container[]): ReadonlyMap<string, Quantity> {
  const totals = new Map<string, Quantity>();
  for (const container of containers) {
    for (const [name, text] of Object.entries({ ...container.resources?.limits, ...container.resources?.requests })) {
      totals.set(name, addQuantities(totals.get(name) ?? ZERO, parseQuantity(text) ?? ZERO));
    }
  }
  return totals;
}

const totalsOf = new WeakMap<readonly Container[], ReadonlyMap<string, Quantity>>();

function requests(pod: Pod): ReadonlyMap<string, Quantity> {
  const known = totalsOf.get(pod.spec.containers);
  if (known !== undefined) return known;
  const totals = requested(pod.spec.containers);
  totalsOf.set(pod.spec.containers, totals);
  return totals;
}

/** With hostNetwork each containerPort takes the node's port of that number. */
export function hostPorts(spec: PodSpec): readonly string[] {
  return spec.containers.flatMap((container) =>
    (container.ports ?? []).flatMap((port) => {
      const number = port.hostPort ?? (spec.hostNetwork === true ? port.containerPort : undefined);
      return number === undefined || number === 0 ? [] : [`${port.protocol ?? 'TCP'}/${number}`];
    }),
  );
}

/**
 * Why a pod has no room on the node it is meant for, in the scheduler's words (noderesources/fit.go, nodeports/node_ports.go, 1.37); empty when it
 * has. `others` are the pods that run there.
 */
export function fitProblems(pod: Pod, node: Node, others: readonly Pod[]): readonly string[] {
  const problems: string[] = [];
  const taken = new Set(others.flatMap((other) => hostPorts(other.spec)));
  if (hostPorts(pod.spec).some((port) => taken.has(port))) {
    problems.push("node(s) didn't have free ports for the requested pod ports");
  }
  const limit = Number(node.status.allocatable['pods'] ?? '110');
  if (others.length + 1 > limit) problems.push('Too many pods');
  for (const [name, wanted] of requests(pod)) {
    const used = others.reduce((sum, other) => addQuantities(sum, requests(other).get(name) ?? ZERO), ZERO);
    const room = parseQuantity(node.status.allocatable[name] ?? '0') ?? ZERO;
    if (compareQuantities(addQuantities(used, wanted), room) > 0) problems.push(`Insufficient ${name}`);
  }
  return problems;
}
