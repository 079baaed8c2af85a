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
import type { OpenCluster } from './open-cluster.ts';
import { readRevisionOf, type RevisionRef } from './revisions.ts';
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
  const now = manifestOf((await readDaemonSet(cluster, input, signal)).jsonText, input);
  if (text(at(now, 'metadata', 'uid')) !== input.uid) throw replaced(input);
  const { revision, template } = await readRevisionOf(cluster, input, signal);
  const kubectl = rollbackLine(input, revision);
  const present = templateIn(now);
  if (isSameTemplate(present, template)) {
    return { uid: input.uid, warnings: [], kubectl, changed: [], restarts: false, revision };
  }
  const shown = templateIn(manifestOf(input.beforeText, input));
  if (!jsonEqual(present, shown)) throw changedSince(input, now, shown);
  const stored = replacing(now, template, kubectl);
  return { ...(await storePatch(cluster, input, stored, signal)), changed: [TEMPLATE], revision };
}

function replacing(now: JsonObject, template: JsonObject, kubectl: string): StoredPatch {
  const present = templateIn(now);
  const spec = isJsonObject(now['spec']) ? now['spec'] : {};
  const patch: readonly JsonPatchOperation[] = [
    { op: 'test', path: TEMPLATE, value: present },
    { op: 'replace', path: TEMPLATE, value: template },
  ];
  return {
    act: 'rollback',
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
