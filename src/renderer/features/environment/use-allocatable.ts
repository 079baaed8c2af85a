import type { AllocatableRead } from '../../../shared/kubernetes/env-limits.ts';
import { useNode } from '../../live/use-node.ts';

/** What the node of this name can give; undefined without a name, and then nothing is read. */
export function useAllocatable(contextName: string, nodeName: string | undefined): AllocatableRead | undefined {
  const { value, state } = useNode(contextName, nodeName);
  if (nodeName === undefined) return undefined;
  const amounts = value?.details?.allocatable;
  if (amounts !== undefined) return { state: 'read', nodeName, amounts };
  if (state.phase === 'failed')
    return { state: 'unreadable', why: `Node ${nodeName} cannot be read: ${state.error.message}` };
  if (value?.gone === true) return { state: 'unreadable', why: `Node ${nodeName} is not there any more.` };
  return { state: 'reading' };
}
