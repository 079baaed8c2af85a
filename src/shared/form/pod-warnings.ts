import type { PodCheck } from '../contract/pod-check.ts';

/** What the server says of the pods, beside its warnings of the DaemonSet: it would be created, and its pods would not. */
export function podWarnings(pods: PodCheck): readonly string[] {
  if (!pods.checked) return [];
  const refusals = pods.refusals.map(({ by, path, message, line }) => {
    const place = line === undefined ? path : `line ${line}, ${path}`;
    return `Its pods would be refused (${by}) at ${place}: ${message}`;
  });
  return [...refusals, ...pods.warnings];
}
