import type { Clock } from '../shared/clock.ts';
import type { AccessCheck } from '../shared/contract/cluster.ts';
import type { GuardLevel } from '../shared/contract/context.ts';
import { AppError } from '../shared/errors/app-error.ts';
import type { ObjectRef } from '../shared/kubernetes/object.ts';
import type { JsonValue } from '../shared/manifest/json-value.ts';
import { isAbsent, missingRight } from './access-words.ts';
import { cancelled } from './cancelled.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { ApiConnection, ApiResponse, RequestPriority, WriteRequest } from './kubernetes/api-connection.ts';
import { sendWrite } from './kubernetes/write-request.ts';

const FIELD_MANAGER = 'everynode';
/** Of what Everynode changes. */
const KINDS: Readonly<Record<string, string>> = { daemonsets: 'DaemonSet', pods: 'Pod', nodes: 'Node' };
const READ_BACK_TRIES = 3;
const READ_BACK_PAUSE_MS = 1_000;

/** One write, described before anything is sent. The precondition (uid, tested values) is part of the request itself. */
export interface Change {
  /** For the journal: "create", "restart", "delete". */
  readonly act: string;
  readonly ref: ObjectRef;
  readonly uid?: string;
  readonly right: AccessCheck;
  readonly request: Omit<WriteRequest, 'signal' | 'query'> & {
    readonly query?: Readonly<Record<string, string | undefined>>;
  };
  /** `only` stores nothing; `first` sends what a dry run with strict field validation has passed. */
  readonly dryRun: 'first' | 'only';
  /** After a lost reply: reads the object and says whether this very change is in it. */
  readonly readBack: (signal: AbortSignal) => Promise<'done' | 'notDone'>;
  readonly kubectl: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** A change by name, before all of it is known. */
export type ChangeSubject = Pick<Change, 'act' | 'ref' | 'uid' | 'right' | 'kubectl' | 'before' | 'after'>;

export interface ChangeDeps {
  readonly connection: ApiConnection;
  readonly guardLevel: GuardLevel;
  readonly journal: Journal;
  readonly clock: Clock;
}

/** What was stored (or would be). `body` is absent when the reply was lost and the object was read back. */
export interface ChangeReply {
  readonly body?: unknown;
  readonly warnings: readonly string[];
}

/**
 * The one path of every write: guard, rights, dry run, send, read back, journal. Never repeats a write by itself.
 * Throws AppError; `OutcomeUnknown` only when the reply was lost and the object could not be read again.
 */
export async function runChange(change: Change, deps: ChangeDeps, signal: AbortSignal): Promise<ChangeReply> {
  if (change.dryRun === 'only') {
    await assertRight(change, deps, signal);
    return toReply(await dryRun(change, deps.connection, signal));
  }
  try {
    assertGuard(change, deps);
    await assertRight(change, deps, signal);
    await dryRun(change, deps.connection, signal);
    const reply = await sendOrReadBack(change, deps, signal);
    const warning = await record(deps.journal, entryOf(change, 'done'));
    return warning === undefined ? reply : { ...reply, warnings: [...reply.warnings, warning] };
  } catch (error) {
    await recordFailure(change, deps.journal, error);
    throw aboutObject(error, change.ref);
  }
}

/** A look that a change needs first: what speaks against it there stands in the journal, as a refusal of the change itself does. */
export async function lookFirst<Found>(
  subject: ChangeSubject,
  journal: Journal,
  look: () => Promise<Found>,
): Promise<Found> {
  try {
    return await look();
  } catch (error) {
    await recordFailure(subject, journal, error);
    throw error;
  }
}

/** Also what was refused before it was sent; not what the user has called back before it was. */
async function recordFailure(change: ChangeSubject, journal: Journal, error: unknown): Promise<void> {
  const reason = error instanceof AppError ? error.reason : undefined;
  if (reason === 'Cancelled') return;
  const message = error instanceof Error ? error.message : String(error);
  const entry = { ...entryOf(change, reason === 'OutcomeUnknown' ? 'unknown' : 'failed'), error: message };
  await record(journal, reason === undefined ? entry : { ...entry, reason });
}

/** The failure with the object that it is about, so that the page can name it and lead to it. */
function aboutObject(error: unknown, ref: ObjectRef): unknown {
  if (!(error instanceof AppError) || error.data.ref) return error;
  return new AppError({ ...error.data, ref }, { cause: error });
}

async function dryRun(change: Change, connection: ApiConnection, signal: AbortSignal): Promise<ApiResponse> {
  try {
    return await send(change, connection, signal, true);
  } catch (error) {
    throw aboutObject(error, change.ref);
  }
}

/** A full disk must not turn a done change into a failed one: the user is told beside the result. */
async function record(journal: Journal, entry: JournalEntry): Promise<string | undefined> {
  try {
    await journal.write(entry);
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `Everynode could not write this change to its journal: ${why}`;
  }
}

/** Asks the server's authorizer (SelfSubjectAccessReview, stores nothing). */
export async function reviewAccess(
  connection: ApiConnection,
  check: AccessCheck,
  signal: AbortSignal,
  priority?: RequestPriority,
): Promise<{ readonly allowed: boolean; readonly reason?: string }> {
  const spec = { resourceAttributes: { ...check } };
  const answer = await postReview(
    connection,
    'authorization.k8s.io',
    'SelfSubjectAccessReview',
    { spec },
    signal,
    priority,
  );
  const status = field(answer, 'status');
  const allowed = field(status, 'allowed') === true;
  return allowed ? { allowed } : { allowed, reason: missingRight(check) };
}

/** As whom the server knows this connection (SelfSubjectReview, stores nothing). */
export async function reviewSelf(connection: ApiConnection, signal: AbortSignal): Promise<string | undefined> {
  const answer = await postReview(connection, 'authentication.k8s.io', 'SelfSubjectReview', {}, signal);
  const name = field(field(field(answer, 'status'), 'userInfo'), 'username');
  return typeof name === 'string' ? name : undefined;
}

async function postReview(
  connection: ApiConnection,
  group: string,
  kind: string,
  rest: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  priority: RequestPriority = 'user',
): Promise<unknown> {
  const response = await sendWrite(connection, {
    method: 'POST',
    path: `/apis/${group}/v1/${kind.toLowerCase()}s`,
    contentType: 'application/json',
    body: JSON.stringify({ apiVersion: `${group}/v1`, kind, ...rest }),
    signal,
    timeoutMs: 10_000,
    priority,
  });
  return parseBody(response);
}

function assertGuard(change: Change, deps: ChangeDeps): void {
  if (deps.guardLevel === 'free') return;
  throw new AppError({
    reason: 'Forbidden',
    message: `Context "${change.ref.contextName}" is read-only in Everynode; nothing was sent. Its menu in the rail changes that.`,
    contextName: change.ref.contextName,
    ref: change.ref,
  });
}

async function assertRight(change: Change, deps: ChangeDeps, signal: AbortSignal): Promise<void> {
  let answer: Awaited<ReturnType<typeof reviewAccess>>;
  try {
    answer = await reviewAccess(deps.connection, change.right, signal);
  } catch (error) {
    // A server may refuse the review itself; then its answer to the write decides.
    if (error instanceof AppError && (isAbsent(error) || error.reason === 'Forbidden')) return;
    if (error instanceof AppError && error.reason === 'OutcomeUnknown') throw unanswered(change, error, signal);
    throw error;
  }
  if (answer.allowed) return;
  throw new AppError({
    reason: 'Forbidden',
    message: `You ${answer.reason ?? missingRight(change.right)}; nothing was sent.`,
    contextName: change.ref.contextName,
    ref: change.ref,
  });
}

/** A review and a dry run store nothing, so that their lost reply is no unknown outcome of the change. */
function unanswered(change: Change, cause: AppError, signal: AbortSignal): AppError {
  return signal.aborted ? cancelled() : unsent(change, cause);
}

function unsent(change: Change, cause: AppError): AppError {
  return new AppError(
    {
      reason: 'Unreachable',
      message: `${cause.data.contextName ?? change.ref.contextName} did not answer; nothing was changed.`,
      contextName: change.ref.contextName,
      ref: change.ref,
      retry: true,
      detail: cause.message,
    },
    { cause },
  );
}

async function send(
  change: Change,
  connection: ApiConnection,
  signal: AbortSignal,
  dryRun: boolean,
): Promise<ApiResponse> {
  const { request } = change;
  try {
    if (request.method === 'DELETE') {
      const body = dryRun ? dryDeleteOptions(request.body) : request.body;
      return await sendWrite(connection, { ...request, body, signal });
    }
    const strict = { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' };
    const query = { ...request.query, ...strict, ...(dryRun ? { dryRun: 'All' } : {}) };
    return await sendWrite(connection, { ...request, query, signal });
  } catch (error) {
    if (dryRun && error instanceof AppError && error.reason === 'OutcomeUnknown')
      throw unanswered(change, error, signal);
    throw error;
  }
}

/**
 * A server that is sent DeleteOptions reads no parameter beside them (apiserver pkg/endpoints/handlers/delete.go, 1.37): a
 * dryRun in the query would delete.
 */
function dryDeleteOptions(body: string): string {
  return JSON.stringify({ ...(JSON.parse(body) as Readonly<Record<string, unknown>>), dryRun: ['All'] });
}

async function sendOrReadBack(change: Change, deps: ChangeDeps, signal: AbortSignal): Promise<ChangeReply> {
  try {
    return toReply(await send(change, deps.connection, signal, false));
  } catch (error) {
    if (!(error instanceof AppError) || error.reason !== 'OutcomeUnknown') throw error;
    // The user's cancel cannot unsend: what was sent is looked up in any case.
    const found = await readBackWithPatience(change, deps.clock);
    if (found === 'done') return { warnings: [] };
    if (found === 'notDone') throw unsent(change, error);
    throw error;
  }
}

async function readBackWithPatience(change: Change, clock: Clock): Promise<'done' | 'notDone' | 'unreadable'> {
  const { signal } = new AbortController();
  for (let attempt = 1; attempt <= READ_BACK_TRIES; attempt++) {
    try {
      const found = await change.readBack(signal);
      // A write still on its way may land after the first look.
      if (found === 'done' || attempt === READ_BACK_TRIES) return found;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
    await new Promise<void>((resolve) => clock.setTimeout(resolve, READ_BACK_PAUSE_MS));
  }
  return 'unreadable';
}

function entryOf(change: ChangeSubject, outcome: JournalEntry['outcome']): JournalEntry {
  const { act, ref, uid, right, kubectl, before, after } = change;
  const kind = KINDS[right.resource];
  return {
    act,
    ...(kind === undefined ? {} : { kind }),
    ref,
    outcome,
    kubectl,
    ...(uid === undefined ? {} : { uid }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

function toReply(response: ApiResponse): ChangeReply {
  return { body: parseBody(response), warnings: response.warnings };
}

function parseBody(response: ApiResponse): unknown {
  return JSON.parse(new TextDecoder().decode(response.body));
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
