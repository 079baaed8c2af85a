import { CHANGE_CAUSE } from '../../shared/kubernetes/change-cause.ts';
import { text } from '../../shared/kubernetes/json-fields.ts';
import { stepsOf, valueAtPointer } from '../../shared/manifest/json-patch.ts';
import { type JsonObject, toJsonText } from '../../shared/manifest/json-value.ts';
import type { ObjectRef } from '../../shared/kubernetes/object.ts';
import { kubectlCommand } from './kubectl-words.ts';

export interface SaveWords {
  readonly act: 'edit' | 'set image' | 'pause' | 'resume' | 'set history limit';
  readonly kubectl: string;
}

const IMAGE = /^(\/spec\/template\/spec\/(?:containers|initContainers)\/\d+)\/image$/;

const STRATEGY_TYPE = '/spec/updateStrategy/type';
const HISTORY_LIMIT = '/spec/revisionHistoryLimit';

/**
 * What a save is called: pause or resume where the strategy's type alone is switched, set history limit where that alone changes,
 * `kubectl set image` where nothing but images changes, and perhaps the change cause; else an edit.
 */
export function saveWords(ref: ObjectRef, after: JsonObject, changed: readonly string[]): SaveWords {
  const { contextName, namespace, name } = ref;
  const target = `daemonset/${name}`;
  const kubectl = (...words: readonly string[]): string => kubectlCommand(contextName, '-n', namespace, ...words);
  const merge = (spec: JsonObject): string => kubectl('patch', target, '--type=merge', '-p', toJsonText({ spec }));
  const only = changed.length === 1 ? changed[0] : undefined;
  const type = text(valueAtPointer(after, STRATEGY_TYPE));
  if (only === STRATEGY_TYPE && type !== '') {
    return { act: type === 'OnDelete' ? 'pause' : 'resume', kubectl: merge({ updateStrategy: { type } }) };
  }
  if (only === HISTORY_LIMIT) {
    const revisionHistoryLimit = valueAtPointer(after, HISTORY_LIMIT) ?? null;
    return { act: 'set history limit', kubectl: merge({ revisionHistoryLimit }) };
  }
  const images = changed.flatMap((pointer) => imageWord(after, pointer) ?? []);
  const rest = changed.filter((pointer) => !IMAGE.test(pointer));
  if (images.length === 0 || !rest.every(isChangeCause)) return { act: 'edit', kubectl: kubectl('edit', target) };
  const set = kubectl('set', 'image', target, ...images);
  const [pointer] = rest;
  if (pointer === undefined) return { act: 'set image', kubectl: set };
  const cause = text(valueAtPointer(after, pointer));
  const annotation = cause === '' ? `${CHANGE_CAUSE}-` : `${CHANGE_CAUSE}=${cause}`;
  return { act: 'set image', kubectl: `${set} && ${kubectl('annotate', '--overwrite', target, annotation)}` };
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
