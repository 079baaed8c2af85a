import type { ContextsView, KubeContextRow } from '../../shared/contract/context.ts';
import type { ReadState } from '../../shared/contract/live.ts';

/** What the page may say of the contexts: while the way to the core is lost, none is known to be live, only to have been so. */
export function contextsAsOf(view: ContextsView, state: ReadState): ContextsView {
  if (state.phase !== 'stale') return view;
  const { since, error } = state;
  const asOf = (context: KubeContextRow): KubeContextRow =>
    context.connection.phase === 'live' ? { ...context, connection: { phase: 'stale', since, error } } : context;
  return { ...view, contexts: view.contexts.map(asOf) };
}
