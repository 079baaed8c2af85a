import { CHANGE_CAUSE } from '../../shared/kubernetes/change-cause.ts';
import { text } from '../../shared/kubernetes/json-fields.ts';
import {
  editLine,
  historyLimitLine,
  jsonPatchLine,
  setImageLine,
  strategyTypeLine,
} from '../../shared/kubernetes/kubectl.ts';
import type { ObjectRef } from '../../shared/kubernetes/object.ts';
import { changedPointers, type JsonPatchOperation, stepsOf, valueAtPointer } from '../../shared/manifest/json-patch.ts';
import { type JsonObject, toJsonText } from '../../shared/manifest/json-value.ts';
import { mayHoldSecrets } from '../redact-object.ts';

export interface SaveWords {
  readonly act: 'edit' | 'set image' | 'pause' | 'resume' | 'set history limit';
  readonly kubectl: string;
}

const IMAGE = /^(\/spec\/template\/spec\/(?:containers|initContainers)\/\d+)\/image$/;

const STRATEGY_TYPE = '/spec/updateStrategy/type';
const HISTORY_LIMIT = '/spec/revisionHistoryLimit';

/** A longer one is no line that anybody reads or pastes. */
const LONGEST_PATCH = 1_000;

/**
 * What a save is called: pause or resume where the strategy's type alone is switched, the history limit where nothing else is, `kubectl set
 * image` where nothing but images changes, and perhaps the change cause; else an edit, by the patch that is sent where it is short and holds
 * no value that the journal would hide.
 */
export function saveWords(ref: ObjectRef, after: JsonObject, patch: readonly JsonPatchOperation[]): SaveWords {
  const changed = changedPointers(patch);
  const named =
    (changed.length === 1 ? wordsOfOne(ref, after, changed[0]) : undefined) ?? imageWords(ref, after, changed);
  return named ?? { act: 'edit', kubectl: patchWords(ref, patch) };
}

function patchWords(ref: ObjectRef, patch: readonly JsonPatchOperation[]): string {
  const json = toJsonText(patch.map((operation): JsonObject => ({ ...operation })));
  const isHidden = patch.some((operation) =>
    mayHoldSecrets(stepsOf(operation.path), 'value' in operation ? operation.value : null),
  );
  return patch.length === 0 || isHidden || json.length > LONGEST_PATCH ? editLine(ref) : jsonPatchLine(ref, json);
}

function wordsOfOne(ref: ObjectRef, after: JsonObject, pointer: string | undefined): SaveWords | undefined {
  if (pointer === STRATEGY_TYPE) {
    const type = text(valueAtPointer(after, STRATEGY_TYPE));
    if (type === '') return undefined;
    return { act: type === 'OnDelete' ? 'pause' : 'resume', kubectl: strategyTypeLine(ref, type) };
  }
  if (pointer === HISTORY_LIMIT) {
    const limit = valueAtPointer(after, HISTORY_LIMIT) ?? null;
    return {
      act: 'set history limit',
      kubectl: historyLimitLine(ref, limit === null ? null : Number(toJsonText(limit))),
    };
  }
  return undefined;
}

function imageWords(ref: ObjectRef, after: JsonObject, changed: readonly string[]): SaveWords | undefined {
  const images = changed.flatMap((pointer) => imageWord(after, pointer) ?? []);
  const rest = changed.filter((pointer) => !IMAGE.test(pointer));
  if (images.length === 0 || !rest.every(isChangeCause)) return undefined;
  const [pointer] = rest;
  const cause = pointer === undefined ? undefined : text(valueAtPointer(after, pointer));
  return { act: 'set image', kubectl: setImageLine(ref, images, cause) };
}

function imageWord(after: JsonObject, pointer: string): string | undefined {
  const container = IMAGE.exec(pointer)?.[1];
  if (container === undefined) return undefined;
  return `${text(valueAtPointer(after, `${container}/name`))}=${text(valueAtPointer(after, pointer))}`;
}

function isChangeCause(pointer: string): boolean {
  const steps = stepsOf(pointer);
  return steps.length === 3 && steps[0] === 'metadata' && steps[1] === 'annotations' && steps[2] === CHANGE_CAUSE;
}
