import { useEffect } from 'react';
import { isOpen, useContexts } from '../live/use-contexts.ts';
import { placeOf } from '../stores/places.ts';
import { navigate, useRoute } from '../stores/use-route.ts';

const VISITED = 'everynode.visited';

/**
 * A tab that is new and names no page goes to the context that the core has open already (started with --demo, or open in
 * another tab). A reload stays where it is.
 */
export function useFirstPage(): void {
  const { page } = useRoute();
  const contexts = useContexts().value?.contexts;
  useEffect(() => {
    if (contexts === undefined || contexts.length === 0) return;
    if (globalThis.sessionStorage.getItem(VISITED) !== null) return;
    globalThis.sessionStorage.setItem(VISITED, 'yes');
    const open = contexts.find((context) => isOpen(context) || context.connection.phase === 'connecting');
    if (page === 'contexts' && open !== undefined) navigate(placeOf(open.contextName), { replace: true });
  }, [page, contexts]);
}
