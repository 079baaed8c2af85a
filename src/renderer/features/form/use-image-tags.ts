import { useEffect, useRef, useState } from 'react';
import type { Found } from '../../../shared/contract/image-search.ts';
import { useServices } from '../../live/services.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';

export interface ImageTags {
  readonly items: readonly string[];
  /** Why there are none, or what the registry wants. */
  readonly said: string | undefined;
  readonly busy: boolean;
  /** Asks the registry: on a click only. */
  readonly ask: () => void;
}

export interface TagsPlace {
  readonly contextName: string;
  readonly namespace: string;
  /** Of that namespace: the login for the registry. */
  readonly pullSecret: string | undefined;
}

/** Tags of a repository, once asked for; those of another repository are not shown. */
export function useImageTags(repository: string, { contextName, namespace, pullSecret }: TagsPlace): ImageTags {
  const { client } = useServices();
  const [answer, setAnswer] = useState<{ readonly of: string; readonly found: Found<string> }>();
  const [busy, setBusy] = useState(false);
  const asking = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => asking.current?.abort(), []);
  const ask = async () => {
    asking.current?.abort();
    const { signal } = (asking.current = new AbortController());
    setBusy(true);
    try {
      const secret =
        pullSecret === undefined || namespace === ''
          ? {}
          : { pullSecret: { contextName, namespace, name: pullSecret } };
      const found = await client.imageSearch.tags({ image: repository, ...secret }, { signal });
      if (!signal.aborted) setAnswer({ of: repository, found });
    } catch (error) {
      if (!signal.aborted) setAnswer({ of: repository, found: { none: thrownErrorData(error).message } });
    } finally {
      if (!signal.aborted) setBusy(false);
    }
  };
  const found = answer?.of === repository ? answer.found : undefined;
  return { items: found && 'items' in found ? found.items : [], said: wordsOf(found), busy, ask: () => void ask() };
}

function wordsOf(found: Found<string> | undefined): string | undefined {
  if (!found) return undefined;
  if ('none' in found) return found.none;
  if ('askRealm' in found)
    return `The registry wants the login to be sent to ${found.askRealm}: search for the image to allow it.`;
  const counted = found.items.length === 1 ? '1 tag' : `${found.items.length} tags`;
  return found.items.length === 0 ? 'The registry names no tags.' : `${counted}${found.more ? ', and more' : ''}.`;
}
