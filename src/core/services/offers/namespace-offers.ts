import type { AccessAnswer, AccessCheck } from '../../../shared/contract/cluster.ts';
import type { NamespaceOffer, Offers } from '../../../shared/contract/offers.ts';
import { AppError } from '../../../shared/errors/app-error.ts';

/** So many namespaces are asked one by one, where the right is not one for all: more would keep an API server busy for a menu. */
export const ASKED_NAMESPACES = 50;
/** At a time. */
const LANES = 4;

export type AskRight = (check: AccessCheck) => Promise<AccessAnswer>;

/** Says of each namespace whether DaemonSets may be created there: first asked for all at once, else for the first ones each. */
export async function withCreateRight(
  namespaces: Offers<Pick<NamespaceOffer, 'name' | 'phase'>>,
  ask: AskRight,
  signal: AbortSignal,
): Promise<Offers<NamespaceOffer>> {
  if ('none' in namespaces) return namespaces;
  const { items, more } = namespaces;
  if ((await mayCreate(ask)) === 'allowed') {
    return { items: items.map((item) => ({ ...item, mayCreate: 'allowed' })), more };
  }
  const rights = new Map<string, NamespaceOffer['mayCreate']>();
  const waiting = items.slice(0, ASKED_NAMESPACES).map(({ name }) => name);
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined && !signal.aborted; name = waiting.shift()) {
      // oxlint-disable-next-line no-await-in-loop
      rights.set(name, await mayCreate(ask, name));
    }
  };
  await Promise.all(Array.from({ length: LANES }, work));
  return { items: items.map((item) => ({ ...item, mayCreate: rights.get(item.name) ?? 'unasked' })), more };
}

/** A question that is not answered denies nothing: the server decides when the act is tried. */
async function mayCreate(ask: AskRight, namespace?: string): Promise<NamespaceOffer['mayCreate']> {
  const check = {
    verb: 'create',
    group: 'apps',
    resource: 'daemonsets',
    ...(namespace === undefined ? {} : { namespace }),
  };
  try {
    return (await ask(check)).allowed ? 'allowed' : 'denied';
  } catch (error) {
    if (error instanceof AppError) return 'unasked';
    throw error;
  }
}
