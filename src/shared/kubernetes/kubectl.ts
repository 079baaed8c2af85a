import { CHANGE_CAUSE } from './change-cause.ts';
import { eviction } from './eviction.ts';
import type { ObjectRef } from './object.ts';

/** One word of a shell command line, quoted where a POSIX shell would not take it as it is. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** A kubectl command with the context named, ready to be pasted. */
export function kubectlLine(contextName: string, ...words: readonly string[]): string {
  return ['kubectl', '--context', contextName, ...words].map(shellWord).join(' ');
}

export function kubectlIn(
  { contextName, namespace }: Pick<ObjectRef, 'contextName' | 'namespace'>,
  ...words: readonly string[]
): string {
  return kubectlLine(contextName, '-n', namespace, ...words);
}

// What the page shows before an act is what the core answers and writes to its journal: each act has its one line here.

export function createLine(ref: ObjectRef): string {
  return kubectlIn(ref, 'create', '-f', `${ref.name || 'daemonset'}.yaml`);
}

/** An edit whose patch is long, or has values that no line should hold. */
export function editLine(ref: ObjectRef): string {
  return kubectlIn(ref, 'edit', daemonSet(ref));
}

/** `patch`: RFC 6902 as JSON text. */
export function jsonPatchLine(ref: ObjectRef, patch: string): string {
  return kubectlIn(ref, 'patch', daemonSet(ref), '--type=json', '-p', patch);
}

export function restartLine(ref: ObjectRef): string {
  return kubectlIn(ref, 'rollout', 'restart', daemonSet(ref));
}

/** To the revision before the current one where none is named. */
export function rollbackLine(ref: ObjectRef, revision?: number): string {
  const to = revision === undefined ? [] : [`--to-revision=${revision}`];
  return kubectlIn(ref, 'rollout', 'undo', daemonSet(ref), ...to);
}

/** The type of the update strategy alone: kubectl's way to pause and resume a DaemonSet. */
export function strategyTypeLine(ref: ObjectRef, type: string): string {
  return patchLine(ref, { spec: { updateStrategy: { type } } });
}

/** Null takes the field away, so that the server's default holds. */
export function historyLimitLine(ref: ObjectRef, revisionHistoryLimit: number | null): string {
  return patchLine(ref, { spec: { revisionHistoryLimit } });
}

/** `images` as kubectl has them: "main=registry.test/agent:2". An empty change cause is taken away, an absent one stays. */
export function setImageLine(ref: ObjectRef, images: readonly string[], changeCause?: string): string {
  const set = kubectlIn(ref, 'set', 'image', daemonSet(ref), ...images);
  if (changeCause === undefined) return set;
  const annotation = changeCause === '' ? `${CHANGE_CAUSE}-` : `${CHANGE_CAUSE}=${changeCause}`;
  return `${set} && ${kubectlIn(ref, 'annotate', '--overwrite', daemonSet(ref), annotation)}`;
}

export function deleteLine(ref: ObjectRef, propagationPolicy: string): string {
  return kubectlIn(ref, 'delete', daemonSet(ref), `--cascade=${propagationPolicy.toLowerCase()}`);
}

export function deletePodLine(ref: ObjectRef): string {
  return kubectlIn(ref, 'delete', `pod/${ref.name}`);
}

/** kubectl has no word for one eviction: it is posted as it is. */
export function evictPodLine(ref: ObjectRef): string {
  const { contextName, namespace, name } = ref;
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  const body = shellWord(JSON.stringify(eviction({ namespace, name })));
  return `echo ${body} | ${kubectlLine(contextName, 'create', '--raw', path, '-f', '-')}`;
}

export function cordonLine(contextName: string, nodeName: string, cordons: boolean): string {
  return kubectlLine(contextName, cordons ? 'cordon' : 'uncordon', nodeName);
}

const MOST_LINES = 20;

/** The lines of an act on many objects, the first of them. */
export function kubectlLines(lines: readonly string[]): string {
  const more = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES), ...(more > 0 ? [`# and ${more} more like these`] : [])].join('\n');
}

function daemonSet({ name }: ObjectRef): string {
  return `daemonset/${name}`;
}

function patchLine(ref: ObjectRef, patch: object): string {
  return kubectlIn(ref, 'patch', daemonSet(ref), '--type=merge', '-p', JSON.stringify(patch));
}
