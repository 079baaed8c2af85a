import { implement } from '@orpc/server';
import { contract } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { FindCluster, OpenCluster } from '../services/open-cluster.ts';
import type { HandlerContext } from '../session.ts';

/** The contract, to be implemented with a page's session as context. */
export const os = implement(contract).$context<HandlerContext>();

/** Ends with the call or with the page, whichever is first. */
export function callSignal(signal: AbortSignal | undefined, context: HandlerContext): AbortSignal {
  return signal ? AbortSignal.any([signal, context.session.signal]) : context.session.signal;
}

interface StreamCall {
  readonly input: { readonly contextName: string };
  readonly signal?: AbortSignal | undefined;
  readonly context: HandlerContext;
}

/**
 * A stream about one open cluster: ends with the call, the page or the connection. The last is said by Disconnected, so that the page
 * keeps what it shows and asks again.
 */
export async function* clusterStream<Item>(
  findCluster: FindCluster,
  { input, signal, context }: StreamCall,
  open: (cluster: OpenCluster, ends: AbortSignal) => AsyncIterable<Item> | Promise<AsyncIterable<Item>>,
): AsyncGenerator<Item, void> {
  const cluster = findCluster(input.contextName);
  const wanted = callSignal(signal, context);
  const endReading = context.session.attention.read(cluster.connection.attention);
  try {
    yield* await open(cluster, AbortSignal.any([wanted, cluster.ended]));
  } finally {
    endReading();
  }
  if (!cluster.ended.aborted || wanted.aborted) return;
  throw new AppError({
    reason: 'Disconnected',
    message: `The connection of context "${input.contextName}" was closed.`,
    contextName: input.contextName,
    retry: true,
  });
}
