import type { DaemonSetRow, EventRow } from '../../../shared/kubernetes/rows.ts';
import { type Route, formatRoute } from '../../stores/route.ts';

/** A daemon pod's name: the DaemonSet's, and five letters of the API's own alphabet (apimachinery pkg/util/rand). */
const POD_SUFFIX = /^-[bcdfghjklmnpqrstvwxz2456789]{5}$/;

type Subject = EventRow['about'];

/** The page of what an event is about: of the DaemonSet, of a pod on the page of the one that it belongs to by its name, of another pod, of a node. */
export function eventLink(
  contextName: string,
  about: Subject,
  daemonSets: readonly Pick<DaemonSetRow, 'namespace' | 'name'>[],
): string | undefined {
  const { kind, name, namespace } = about;
  if (name === '') return undefined;
  if (kind === 'Node') return formatRoute({ page: 'node', contextName, name });
  if (namespace === undefined) return undefined;
  const place = (daemonSet: string): Extract<Route, { page: 'daemonSet' }> => ({
    page: 'daemonSet',
    contextName,
    namespace,
    name: daemonSet,
  });
  if (kind === 'DaemonSet') return formatRoute(place(name));
  if (kind !== 'Pod') return undefined;
  const owner = daemonSets.find(
    (each) =>
      each.namespace === namespace && name.startsWith(each.name) && POD_SUFFIX.test(name.slice(each.name.length)),
  );
  return formatRoute(owner ? { ...place(owner.name), pod: name } : { page: 'pod', contextName, namespace, name });
}
