import { useEffect, useRef, useState } from 'react';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import type { SecretValueRead } from '../../../shared/kubernetes/config-read.ts';
import { useServices } from '../../live/services.ts';
import { thrownErrorData } from '../../live/thrown-error.ts';
import type { ConfigPlace } from './use-config-answers.ts';

export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

/** What is shown in the place of a Secret's value. */
export type Revealed =
  | { readonly state: 'text'; readonly text: string }
  | { readonly state: 'said'; readonly words: string }
  | { readonly state: 'asking' };

export interface SecretValues {
  readonly of: (key: SecretKey) => Revealed | undefined;
  readonly reveal: (keys: readonly SecretKey[]) => void;
  readonly hide: (keys: readonly SecretKey[]) => void;
}

const idOf = ({ name, key }: SecretKey) => JSON.stringify([name, key]);

/** Values that were asked for one by one. They live in this component alone, and are forgotten with it. */
export function useSecretValues({ contextName, namespace }: ConfigPlace): SecretValues {
  const { client } = useServices();
  const [revealed, setRevealed] = useState<ReadonlyMap<string, Revealed>>(new Map());
  const gone = useRef(new AbortController());
  useEffect(() => {
    gone.current = new AbortController();
    return () => gone.current.abort();
  }, []);
  const put = (id: string, value: Revealed) => setRevealed((before) => new Map([...before, [id, value]]));
  const ask = async (wanted: SecretKey) => {
    const { signal } = gone.current;
    const id = idOf(wanted);
    put(id, { state: 'asking' });
    const read = await client.config
      .secretValue({ contextName, namespace, name: wanted.name, key: wanted.key }, { signal })
      .then(shown)
      .catch((error: unknown): Revealed => ({ state: 'said', words: thrownErrorData(error).message }));
    // Hidden again while it was asked for: it stays hidden.
    if (!signal.aborted) setRevealed((before) => (before.has(id) ? new Map([...before, [id, read]]) : before));
  };
  return {
    of: (key) => revealed.get(idOf(key)),
    reveal: (keys) => keys.forEach((key) => void ask(key)),
    hide: (keys) => {
      const ids = new Set(keys.map(idOf));
      setRevealed((before) => new Map([...before].filter(([id]) => !ids.has(id))));
    },
  };
}

function shown(read: SecretValueRead): Revealed {
  switch (read.state) {
    case 'read':
      return { state: 'text', text: read.text };
    case 'binary':
      return { state: 'said', words: `${read.bytes} bytes that are no text` };
    case 'missing':
      return { state: 'said', words: 'no longer there' };
    case 'unreadable':
      return { state: 'said', words: read.why };
    default:
      return assertNever(read);
  }
}
