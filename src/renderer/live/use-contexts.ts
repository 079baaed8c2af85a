import { useMemo } from 'react';
import type { ContextsView, KubeContextRow } from '../../shared/contract/context.ts';
import type { ValueItem } from '../../shared/contract/live.ts';
import type { Client } from './client.ts';
import { contextsAsOf } from './contexts-as-of.ts';
import { useServices } from './services.ts';
import { type LiveValue, useValue } from './use-value.ts';

async function* watchContexts(
  client: Client,
  signal: AbortSignal,
  now: () => number,
): AsyncGenerator<ValueItem<ContextsView>> {
  for await (const value of await client.context.watch(undefined, { signal })) {
    yield { state: { phase: 'live', since: now() }, value };
  }
}

/** All contexts, sources and problems of the kubeconfigs, live. */
export function useContexts(): LiveValue<ContextsView> {
  const { clock } = useServices();
  const read = useValue<ContextsView>(['contexts', ''], (client, signal) =>
    watchContexts(client, signal, () => clock.now()),
  );
  const { value, state, retry } = read;
  return useMemo(
    () => (value === undefined ? { state, retry } : { state, retry, value: contextsAsOf(value, state) }),
    [value, state, retry],
  );
}

/** One context; undefined when there is none of this name, or while the contexts load. */
export function useKubeContext(contextName: string): KubeContextRow | undefined {
  return useContexts().value?.contexts.find((context) => context.contextName === contextName);
}

/** Whether the core holds a connection, so that pages of it may be read. */
export function isOpen(context: KubeContextRow): boolean {
  return context.connection.phase === 'live' || context.connection.phase === 'stale';
}
