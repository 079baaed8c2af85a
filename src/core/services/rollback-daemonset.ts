import type { RollbackOutcome } from '../../shared/contract/daemonset.ts';
import { at, text } from '../../shared/kubernetes/json-fields.ts';
import { rollbackLine } from '../../shared/kubernetes/kubectl.ts';
import {
  changedPointers,
  type JsonPatchOperation,
  savePatch,
  valueAtPointer,
} from '../../shared/manifest/json-patch.ts';
import { jsonEqual } from '../../shared/manifest/json-equal.ts';
import { isJsonObject, type JsonObject } from '../../shared/manifest/json-value.ts';
import { isSameTemplate } from '../../shared/manifest/revision-template.ts';
import { type ChangeSubject, lookFirst } from '../change.ts';
import type { OpenCluster } from './open-cluster.ts';
import { readRevisionOf, type RevisionRef, type RevisionTemplate } from './revisions.ts';
import {
  manifestOf,
  type OvertakenWords,
  overtaken,
  type PatchTarget,
  readDaemonSet,
  replaced,
  type StoredPatch,
  storePatch,
} from './save-daemonset.ts';
import { isSubset } from './subset.ts';

export interface RollbackInput extends PatchTarget {
  readonly revision: RevisionRef;
  /** The object as it was shown, as JSON text. */
  readonly beforeText: string;
}

const ACT = 'rollback';
const TEMPLATE = '/spec/template';
const TEMPLATE_MEANWHILE: OvertakenWords = {
  what: 'The pod template of',
  rest: 'Nothing was rolled back: what you were shown is not what would be replaced.',
};

/**
 * Puts a revision's template back as a whole. kubectl sends the revision's data as a strategic merge patch that replaces the
 * template (kubectl pkg/polymorphichelpers/rollback.go, 1.37); this JSON patch does the same, and tests the uid and the template
 * that was shown, so that it cannot hit a change nobody saw. A template that is there already is left alone.
 */
export async function rollbackDaemonSet(
  cluster: OpenCluster,
  input: RollbackInput,
  signal: AbortSignal,
): Promise<RollbackOutcome> {
  const look = () => lookAt(cluster, input, signal);
  const found = await (input.dryRun ? look() : lookFirst(subjectOf(input), cluster.journal, look));
  const { now, revision, template } = found;
  const kubectl = rollbackLine(input, revision);
  if (isSameTemplate(templateIn(now), template)) {
    return { uid: input.uid, warnings: [], kubectl, changed: [], restarts: false, revision };
  }
  const stored = replacing(now, template, kubectl);
  return { ...(await storePatch(cluster, input, stored, signal)), changed: [TEMPLATE], revision };
}

interface Look extends RevisionTemplate {
  readonly now: JsonObject;
}

/** Reads both anew. @throws Conflict when it is another object, or its template is not the one that was shown */
async function lookAt(cluster: OpenCluster, input: RollbackInput, signal: AbortSignal): Promise<Look> {
  const now = manifestOf((await readDaemonSet(cluster, input, signal)).jsonText, input);
  if (text(at(now, 'metadata', 'uid')) !== input.uid) throw replaced(input);
  const found = await readRevisionOf(cluster, input, signal);
  const shown = templateIn(manifestOf(input.beforeText, input));
  const present = templateIn(now);
  const isThere = isSameTemplate(present, found.template);
  if (!isThere && !jsonEqual(present, shown)) throw changedSince(input, now, shown);
  return { ...found, now };
}

function subjectOf(input: RollbackInput): ChangeSubject {
  const { contextName, namespace, name, uid } = input;
  const right = { verb: 'patch', group: 'apps', resource: 'daemonsets', namespace, name };
  return { act: ACT, ref: { contextName, namespace, name }, uid, right, kubectl: rollbackLine(input) };
}

function replacing(now: JsonObject, template: JsonObject, kubectl: string): StoredPatch {
  const present = templateIn(now);
  const spec = isJsonObject(now['spec']) ? now['spec'] : {};
  const patch: readonly JsonPatchOperation[] = [
    { op: 'test', path: TEMPLATE, value: present },
    { op: 'replace', path: TEMPLATE, value: template },
  ];
  return {
    act: ACT,
    kubectl,
    before: now,
    after: { ...now, spec: { ...spec, template } },
    patch,
    taken: TEMPLATE_MEANWHILE,
    // A newer server may add defaults to a template that an older one has kept.
    isStored: (later) => {
      const stored = templateIn(later);
      return isSameTemplate(stored, template) || (!jsonEqual(stored, present) && isSubset(template, stored));
    },
  };
}

function templateIn(object: JsonObject): JsonObject {
  const template = valueAtPointer(object, TEMPLATE);
  return isJsonObject(template) ? template : {};
}

function changedSince(input: RollbackInput, now: JsonObject, shown: JsonObject) {
  const overlap = changedPointers(savePatch(shown, templateIn(now))).map((pointer) => `${TEMPLATE}${pointer}`);
  return overtaken(input, { overlap, now, taken: TEMPLATE_MEANWHILE });
}
