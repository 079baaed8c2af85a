import type { SaveOutcome } from '../../shared/contract/daemonset.ts';
import { AppError, type ErrorCause } from '../../shared/errors/app-error.ts';
import { at, records, text } from '../../shared/kubernetes/json-fields.ts';
import {
  changedPointers,
  fieldPathOf,
  type JsonPatchOperation,
  savePatch,
  stepsOf,
  valueAtPointer,
} from '../../shared/manifest/json-patch.ts';
import { jsonEqual } from '../../shared/manifest/json-equal.ts';
import { type JsonObject, type JsonValue, toJsonText } from '../../shared/manifest/json-value.ts';
import { withoutServerFields } from '../../shared/manifest/server-fields.ts';
import { readManifest } from '../../shared/manifest/read-manifest.ts';
import { type Change, type ChangeReply, runChange } from '../change.ts';
import type { Target } from './daemonset-changes.ts';
import type { OpenCluster } from './open-cluster.ts';
import { namespacedPath } from './paths.ts';
import { saveWords } from './save-words.ts';

export interface PatchTarget extends Target {
  readonly dryRun: boolean;
}

export interface SaveInput extends PatchTarget {
  /** The object as it was opened, and as it is to be: JSON or YAML text. What only the server writes may be left out, and is never sent. */
  readonly beforeText: string;
  readonly afterText: string;
}

/** Rises exactly when the stored template changes (pkg/registry/apps/daemonset/strategy.go, 1.37). */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

/** The whole object as the API server sends it: nothing is dropped. */
export async function readDaemonSet(
  cluster: OpenCluster,
  ref: Omit<Target, 'uid'>,
  signal: AbortSignal,
): Promise<{ readonly jsonText: string }> {
  const path = namespacedPath('apps', ref.namespace, 'daemonsets', ref.name);
  const response = await cluster.connection.get({ path, signal, priority: 'user' });
  return { jsonText: new TextDecoder().decode(response.body) };
}

/**
 * Stores an edit by a JSON patch that tests the uid and the old value of everything it touches, and no resourceVersion: a
 * status that is written fifty times a second is no conflict. Conflict names what somebody else has changed.
 */
export async function saveDaemonSet(cluster: OpenCluster, input: SaveInput, signal: AbortSignal): Promise<SaveOutcome> {
  const before = manifestOf(input.beforeText, input);
  const after = manifestOf(input.afterText, input);
  const patch = savePatch(withoutServerFields(before), withoutServerFields(after));
  const changed = changedPointers(patch);
  const words = saveWords(input, after, patch);
  if (patch.length === 0) return { uid: input.uid, warnings: [], kubectl: words.kubectl, changed: [], restarts: false };
  const about = { ...words, taken: EDITED_MEANWHILE };
  return { ...(await storePatch(cluster, input, { ...about, before, after, patch }, signal)), changed };
}

/** One patch from `before` to `after`, each of whose places it tests. */
export interface StoredPatch {
  /** For the journal. */
  readonly act: string;
  readonly kubectl: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly patch: readonly JsonPatchOperation[];
  /** What is said when somebody else has changed a place of it. */
  readonly taken: OvertakenWords;
  /** Whether an object that was read back holds the change; absent: every place has the value of `after`. */
  readonly isStored?: (now: JsonObject) => boolean;
}

/** "TAKEN namespace/name was changed meanwhile, last by WHO. REST" */
export interface OvertakenWords {
  readonly what: string;
  readonly rest: string;
}

const EDITED_MEANWHILE: OvertakenWords = {
  what: 'What you have changed of',
  rest: 'Nothing was saved, and your edits are kept.',
};

/** Sends a patch through the one path of writes; sends it once more when what overtook it touched other places. */
export async function storePatch(
  cluster: OpenCluster,
  input: PatchTarget,
  stored: StoredPatch,
  signal: AbortSignal,
): Promise<Omit<SaveOutcome, 'changed'>> {
  const send = () => runChange(saving(cluster, input, stored), cluster, signal);
  const reply = await sendAgainIfUntouched(send, cluster, { input, stored }, signal);
  const resourceVersion = text(at(reply.body, 'metadata', 'resourceVersion'));
  return {
    uid: input.uid,
    ...(resourceVersion === '' ? {} : { resourceVersion }),
    warnings: reply.warnings,
    kubectl: stored.kubectl,
    restarts: generationOf(reply.body) > generationOf(stored.before),
  };
}

/** A DaemonSet's own text, parsed. Throws ManifestSyntax. */
export function manifestOf(source: string, { contextName }: Pick<Target, 'contextName'>): JsonObject {
  const read = readManifest(source);
  if (read.ok) return read.manifest;
  throw new AppError({ ...read.error, contextName });
}

function saving(cluster: OpenCluster, input: PatchTarget, stored: StoredPatch): Change {
  const { contextName, namespace, name, uid, dryRun } = input;
  const { act, kubectl, before, after, patch } = stored;
  const uidTest = { op: 'test', path: '/metadata/uid', value: uid } as const;
  return {
    act,
    ref: { contextName, namespace, name },
    uid,
    right: { verb: 'patch', group: 'apps', resource: 'daemonsets', namespace, name },
    request: {
      method: 'PATCH',
      path: namespacedPath('apps', namespace, 'daemonsets', name),
      contentType: 'application/json-patch+json',
      body: toJsonText([uidTest, ...patch].map((operation): JsonObject => ({ ...operation }))),
    },
    dryRun: dryRun ? 'only' : 'first',
    kubectl,
    readBack: async (during) => {
      const now = manifestOf((await readDaemonSet(cluster, input, during)).jsonText, input);
      return isStoredIn(now, stored) ? 'done' : 'notDone';
    },
    before: journaled(before),
    after: journaled(after),
  };
}

/** For the journal, which redacts by the object's own structure: so it gets the object, without its status. */
function journaled({ status: _, ...object }: JsonObject): JsonObject {
  return object;
}

function isStoredIn(now: JsonObject, { after, patch, isStored }: StoredPatch): boolean {
  if (isStored) return isStored(now);
  const changed = changedPointers(patch);
  return changed.every((pointer) => same(valueAtPointer(now, pointer), valueAtPointer(after, pointer)));
}

interface Sending {
  readonly input: PatchTarget;
  readonly stored: StoredPatch;
}

/** A failed test comes as 422 without causes, and a racing write as 409: the object is read again, and only an overlap is a conflict. */
async function sendAgainIfUntouched(
  send: () => Promise<ChangeReply>,
  cluster: OpenCluster,
  { input, stored }: Sending,
  signal: AbortSignal,
): Promise<ChangeReply> {
  try {
    return await send();
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    const { before, patch, taken } = stored;
    const now = manifestOf((await readDaemonSet(cluster, input, signal)).jsonText, input);
    if (text(at(now, 'metadata', 'uid')) !== input.uid) throw replaced(input);
    const overlap = changedPointers(patch).filter(
      (pointer) => !same(valueAtPointer(now, pointer), valueAtPointer(before, pointer)),
    );
    if (overlap.length === 0) return send();
    // Somebody else has done the same, or this is the second press of a button.
    if (isStoredIn(now, stored)) return { body: now, warnings: [] };
    throw overtaken(input, { overlap, now, taken });
  }
}

function isOvertaken(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  const { reason, causes = [] } = error.data;
  return reason === 'Conflict' || (reason === 'Invalid' && causes.length === 0);
}

export interface Overtaken {
  /** Pointers of what was changed meanwhile. */
  readonly overlap: readonly string[];
  readonly now: JsonObject;
  readonly taken: OvertakenWords;
}

/** The Conflict that names each field that somebody else has changed, and who wrote last. */
export function overtaken(input: Target, { overlap, now, taken }: Overtaken): AppError {
  const causes = overlap.map((pointer): ErrorCause => {
    const value = valueAtPointer(now, pointer);
    const words = value === undefined ? 'it is gone' : `it is ${shortened(toJsonText(value))} now`;
    return { path: fieldPathOf(pointer), message: `changed by somebody else meanwhile: ${words}` };
  });
  const who = lastManagers(now, overlap);
  return new AppError({
    reason: 'Conflict',
    message: `${taken.what} ${input.namespace}/${input.name} was changed meanwhile${who}. ${taken.rest}`,
    contextName: input.contextName,
    ref: { contextName: input.contextName, namespace: input.namespace, name: input.name },
    causes,
  });
}

/**
 * Who wrote last, as the server has it in managedFields; the status has writers of its own. Their times are whole seconds: of several
 * writers in one second, who owns what is in conflict.
 */
function lastManagers(now: JsonObject, pointers: readonly string[]): string {
  const entries = records(at(now, 'metadata', 'managedFields')).filter((entry) => text(entry['subresource']) === '');
  const latest = entries.reduce((time, entry) => (text(entry['time']) > time ? text(entry['time']) : time), '');
  const owned = (entry: Readonly<Record<string, unknown>>): number =>
    Math.max(0, ...pointers.map((pointer) => depthIn(entry['fieldsV1'], pointer)));
  const [last] = entries.filter((entry) => text(entry['time']) === latest).toSorted((a, b) => owned(b) - owned(a));
  const manager = text(last?.['manager']);
  return manager === '' ? '' : `, last by ${manager}`;
}

/** How many steps of a JSON pointer a FieldsV1 has; an entry of a list, which it names by key, ends the way. */
function depthIn(fields: unknown, pointer: string): number {
  let depth = 0;
  let here = fields;
  for (const step of stepsOf(pointer)) {
    here = at(here, `f:${step}`);
    if (here === undefined) break;
    depth += 1;
  }
  return depth;
}

/** The uid is another one's by now. */
export function replaced({ contextName, namespace, name }: Target): AppError {
  return new AppError({
    reason: 'Conflict',
    message: `DaemonSet ${namespace}/${name} was deleted and made again meanwhile; nothing was done to the new one.`,
    contextName,
    ref: { contextName, namespace, name },
  });
}

function same(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return jsonEqual(a ?? null, b ?? null);
}

function shortened(words: string): string {
  return words.length <= 80 ? words : `${words.slice(0, 79)}…`;
}

function generationOf(object: unknown): number {
  return Number(text(at(object, 'metadata', 'annotations', TEMPLATE_GENERATION))) || 0;
}
