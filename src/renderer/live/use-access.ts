import { useEffect, useSyncExternalStore } from 'react';
import type { AccessAnswer, AccessCheck } from '../../shared/contract/cluster.ts';
import type { GuardLevel } from '../../shared/contract/context.ts';
import { useServices } from './services.ts';
import { isOpen, useKubeContext } from './use-contexts.ts';

export interface Permission {
  readonly allowed: boolean;
  /** Why not, for the disabled button: which verb on which resource, or the guard level. */
  readonly reason?: string;
}

/** Answers in the order of the checks; undefined until they came, or when the server could not be asked. */
export function useAccess(contextName: string, checks: readonly AccessCheck[]): readonly AccessAnswer[] | undefined {
  const { access } = useServices();
  const context = useKubeContext(contextName);
  const open = context !== undefined && isOpen(context);
  const id = JSON.stringify([contextName, checks]);
  useEffect(() => {
    if (open && checks.length > 0) void access.ask(id, contextName, checks);
    // `id` holds the context and the checks.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [access, id, open]);
  return useSyncExternalStore(access.subscribe, () => access.answers(id))?.answers;
}

/** What the guard level and the server's answer together say. Without an answer the server decides at the press. */
export function permissionOf(guardLevel: GuardLevel, answer: AccessAnswer | undefined): Permission {
  if (guardLevel === 'read-only') return { allowed: false, reason: 'This context is read-only (guard level).' };
  if (answer === undefined || answer.allowed) return { allowed: true };
  return { allowed: false, reason: answer.reason ?? 'The server does not allow this.' };
}

/** Whether the user may do what changes something: the context's guard level first, then the server's answer. */
export function usePermission(contextName: string, check: AccessCheck): Permission {
  const answers = useAccess(contextName, [check]);
  const context = useKubeContext(contextName);
  return permissionOf(context?.guardLevel ?? 'free', answers?.[0]);
}
