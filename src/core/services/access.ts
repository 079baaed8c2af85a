import type { AccessAnswer, AccessCheck } from '../../shared/contract/cluster.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { RequestPriority } from '../kubernetes/api-connection.ts';
import { reviewAccess } from '../change.ts';
import type { FindCluster } from './open-cluster.ts';

const KEPT_MS = 60_000;

interface Kept {
  readonly at: number;
  readonly answer: Promise<AccessAnswer>;
}

/** What the user may do, by the server's own authorizer; one question a minute for each, asked once for all who ask. */
export function createAccessService(findCluster: FindCluster) {
  const kept = new WeakMap<object, Map<string, Kept>>();

  function ask(contextName: string, check: AccessCheck, priority: RequestPriority): Promise<AccessAnswer> {
    const { connection, clock } = findCluster(contextName);
    const answers = kept.get(connection) ?? new Map<string, Kept>();
    kept.set(connection, answers);
    const key = JSON.stringify([
      check.verb,
      check.group,
      check.resource,
      check.subresource,
      check.namespace,
      check.name,
    ]);
    const found = answers.get(key);
    if (found && clock.now() - found.at < KEPT_MS) return found.answer;
    // Shared between callers, so no caller's cancel may end it; the request's own deadline does.
    const answer = reviewAccess(connection, check, new AbortController().signal, priority).catch((error: unknown) => {
      answers.delete(key);
      if (error instanceof AppError && (error.reason === 'NotFound' || error.reason === 'Forbidden')) {
        // The server does not answer such questions: it decides when the act is tried.
        return { allowed: true };
      }
      throw error;
    });
    answers.set(key, { at: clock.now(), answer });
    return answer;
  }

  return {
    review: (contextName: string, checks: readonly AccessCheck[]): Promise<readonly AccessAnswer[]> =>
      Promise.all(checks.map((check) => ask(contextName, check, 'user'))),
    /** One question behind all that the user waits for. */
    askLater: (contextName: string, check: AccessCheck): Promise<AccessAnswer> => ask(contextName, check, 'background'),
  };
}
export type AccessService = ReturnType<typeof createAccessService>;
