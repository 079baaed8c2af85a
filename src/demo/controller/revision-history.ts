import { toTimestamp } from '../clock.ts';
import { canonicalJson } from '../json.ts';
import { type ControllerRevision, type DaemonSet, type Pod, REVISION_HASH } from '../objects.ts';
import { type SeededRandom, hash32, safeEncode } from '../random.ts';
import { keyOf, keyOfObject } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import { controllerReference } from './pod-factory.ts';

/** A template's hash as a label. The bytes that are hashed differ from Kubernetes' own, the form is the same. */
export function templateHash(template: DaemonSet['spec']['template'], collisionCount: number | undefined): string {
  return safeEncode(hash32(canonicalJson(template) + (collisionCount === undefined ? '' : String(collisionCount))));
}

export function hashOf(object: ControllerRevision | Pod): string {
  return object.metadata.labels?.[REVISION_HASH] ?? '';
}

/** The patch that a ControllerRevision keeps (getPatch, pkg/controller/daemon/update.go, 1.37). */
export function revisionData(daemonSet: DaemonSet): ControllerRevision['data'] {
  return { spec: { template: { $patch: 'replace', ...daemonSet.spec.template } } };
}

export interface NewRevision {
  readonly daemonSet: DaemonSet;
  readonly revision: number;
  readonly uid: string;
  readonly createdAtMs: number;
}

export function newRevision({ daemonSet, revision, uid, createdAtMs }: NewRevision): ControllerRevision {
  const hash = templateHash(daemonSet.spec.template, daemonSet.status.collisionCount);
  const { annotations, namespace, name } = daemonSet.metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace === undefined ? {} : { namespace }),
      uid,
      resourceVersion: '',
      creationTimestamp: toTimestamp(createdAtMs),
      labels: { ...daemonSet.spec.template.metadata?.labels, [REVISION_HASH]: hash },
      ...(annotations === undefined ? {} : { annotations }),
      ownerReferences: [controllerReference(daemonSet)],
    },
    data: revisionData(daemonSet),
    revision,
  };
}

export interface History {
  readonly current: ControllerRevision;
  readonly old: readonly ControllerRevision[];
}

/**
 * Finds or makes the revision of a DaemonSet's present template. One that was there already, as after a rollback, is used again under
 * the next number (constructHistory and snapshot, pkg/controller/daemon/update.go, 1.37). Undefined after a hash collision: the
 * DaemonSet's collisionCount was raised, and its next sync tries again.
 */
export function constructHistory(
  store: Store,
  daemonSet: DaemonSet,
  random: SeededRandom,
  nowMs: number,
): History | undefined {
  const wanted = canonicalJson(revisionData(daemonSet));
  const all = store.revisionsByController.get(daemonSet.metadata.uid);
  const matching = all.filter((revision) => canonicalJson(revision.data) === wanted);
  const old = all.filter((revision) => !matching.includes(revision));
  const next = old.reduce((highest, revision) => Math.max(highest, revision.revision), 0) + 1;
  const [kept, ...duplicates] = [...matching].sort((a, b) => b.revision - a.revision);
  for (const duplicate of duplicates) store.controllerRevisions.remove(keyOfObject(duplicate));
  if (kept !== undefined) {
    return { current: kept.revision < next ? store.controllerRevisions.put({ ...kept, revision: next }) : kept, old };
  }
  const made = newRevision({ daemonSet, revision: next, uid: random.uid(), createdAtMs: nowMs });
  if (store.controllerRevisions.get(keyOfObject(made)) !== undefined) {
    const latest = store.daemonSets.get(keyOf(daemonSet.metadata.namespace, daemonSet.metadata.name));
    if (latest !== undefined) {
      const collisionCount = (latest.status.collisionCount ?? 0) + 1;
      store.daemonSets.put({ ...latest, status: { ...latest.status, collisionCount } });
    }
    return undefined;
  }
  return { current: store.controllerRevisions.put(made), old };
}

/** Deletes the oldest revisions over revisionHistoryLimit, but none that a pod still runs (cleanupHistory). */
export function cleanUpHistory(
  store: Store,
  daemonSet: DaemonSet,
  old: readonly ControllerRevision[],
  pods: readonly Pod[],
): void {
  let excess = old.length - daemonSet.spec.revisionHistoryLimit;
  if (excess <= 0) return;
  const live = new Set(pods.map(hashOf));
  for (const revision of [...old].sort((a, b) => a.revision - b.revision)) {
    if (excess <= 0) return;
    if (live.has(hashOf(revision))) continue;
    store.controllerRevisions.remove(keyOfObject(revision));
    excess -= 1;
  }
}
