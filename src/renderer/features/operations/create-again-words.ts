import { at, records, text } from '../../../shared/kubernetes/json-fields.ts';
import type { DeletedDaemonSet } from '../../stores/deleted.ts';

/** What a DaemonSet that is made again from its manifest does not get back, and what of the old one it finds. */
export function notComingBack({ jsonText, propagationPolicy, name }: DeletedDaemonSet): readonly string[] {
  const uid = 'Its uid: this is a new object, to whatever knew the old one by its uid.';
  const owners = ownersOf(jsonText).map((owner) => `Its owner, ${owner}: the new ${name} belongs to nobody.`);
  if (propagationPolicy === 'Orphan') return [uid, ...owners];
  return [
    uid,
    'Its revisions: the rollout history begins anew with revision 1, and nothing earlier can be rolled back to.',
    'Its pods: new ones are made, and what the old ones kept in themselves is gone, such as logs and emptyDir volumes.',
    ...owners,
  ];
}

/** Under Orphan: what becomes of the pods and revisions that stayed. */
export const ADOPTED =
  'Its pods and revisions have stayed. The new DaemonSet adopts those that its selector matches: no pod that has this template is restarted, older ones are replaced as its update strategy says, and the rollout history goes on.';

function ownersOf(jsonText: string): readonly string[] {
  const object: unknown = JSON.parse(jsonText);
  return records(at(object, 'metadata', 'ownerReferences')).map(
    (owner) => `${text(owner['kind'])} ${text(owner['name'])}`,
  );
}
