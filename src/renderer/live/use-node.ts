import type { NodeView } from '../../shared/contract/node.ts';
import { type LiveValue, useValue } from './use-value.ts';

/** A node as it is now; without a name nothing is read. */
export function useNode(contextName: string, name: string | undefined): LiveValue<NodeView> {
  return useValue<NodeView>(name === undefined ? undefined : ['node', contextName, name], (client, signal) =>
    client.node.watchOne({ contextName, name: name ?? '' }, { signal }),
  );
}
