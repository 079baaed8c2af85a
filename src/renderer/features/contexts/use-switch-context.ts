import { useCallback } from 'react';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import { useOpenContext } from '../../live/open-context.ts';
import { placeOf } from '../../stores/places.ts';
import { navigate } from '../../stores/use-route.ts';

/** Shows a context where the user left it, and opens it when it was never contacted: here the user chose it. */
export function useSwitchContext(): (context: KubeContextRow) => void {
  const open = useOpenContext();
  return useCallback(
    (context) => {
      navigate(placeOf(context.contextName));
      if (context.connection.phase === 'closed' && context.problem === undefined) void open(context.contextName);
    },
    [open],
  );
}
