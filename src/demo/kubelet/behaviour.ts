import { BEHAVIOUR, type Pod } from '../objects.ts';

/** What the template annotation `everynode.demo/behaviour` can ask for. */
export const BEHAVIOURS = [
  'normal',
  'crash-loop',
  'out-of-memory',
  'slow-start',
  'image-pull-failure',
  'log-flood',
] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/** Reads `crash-loop`, or `crash-loop@node-a,node-b` for pods on those nodes alone. Anything unknown is normal. */
export function behaviourOf(pod: Pod): Behaviour {
  const text = pod.metadata.annotations?.[BEHAVIOUR] ?? '';
  const [asked = '', nodes] = text.split('@');
  const here = nodes === undefined || nodes.split(',').includes(pod.spec.nodeName ?? '');
  return (here ? BEHAVIOURS.find((behaviour) => behaviour === asked.trim()) : undefined) ?? 'normal';
}
