import { useEffect, useState } from 'react';
import type { Offers } from '../../../shared/contract/offers.ts';
import type { Client } from '../../live/client.ts';
import { useServices } from '../../live/services.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';

export interface Offered<Item> {
  readonly items: readonly Item[];
  /** Why nothing is offered, in one sentence; undefined while asked for and when something is. */
  readonly none: string | undefined;
}

const NOTHING: Offered<never> = { items: [], none: undefined };

/**
 * What the cluster knows for a field: asked for once per key, and never needed to type.
 * @param key says everything that `ask` depends on; undefined asks nothing
 */
export function useOffers<Item>(
  key: string | undefined,
  ask: (client: Client, signal: AbortSignal) => Promise<Offers<Item>>,
): Offered<Item> {
  const { client } = useServices();
  const [answered, setAnswered] = useState<{ readonly key: string; readonly offered: Offered<Item> }>();
  useEffect(() => {
    if (key === undefined) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const setOffered = (offered: Offered<Item>) => setAnswered({ key, offered });
    ask(client, signal)
      .then((answer) => {
        if (!signal.aborted)
          setOffered('none' in answer ? { items: [], none: answer.none } : { items: answer.items, none: undefined });
      })
      .catch((error: unknown) => {
        if (!signal.aborted) setOffered({ items: [], none: thrownErrorData(error).message });
      });
    return () => controller.abort();
    // `ask` is new at every render; the key names all that it depends on.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [client, key]);
  // What was offered for another namespace is not offered for this one.
  return answered !== undefined && answered.key === key ? answered.offered : NOTHING;
}
