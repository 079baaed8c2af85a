import type { JsonValue } from '../../manifest/json-value.ts';
import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { choiceCodec, flagCodec, integerCodec, textCodec, textMapCodec } from '../codec.ts';
import { type Field, presentValue, writeField } from '../field.ts';
import { type FormDocument, itemsAt, textOf } from '../form-document.ts';

export const POD: ManifestPath = ['spec', 'template', 'spec'];

export const DNS_POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] as const;

function inPod<T>(name: string, codec: Field<T>['codec']): Field<T> {
  return { path: [...POD, name], codec };
}

export const NODE_SELECTOR: Field<readonly (readonly [string, string])[]> = inPod('nodeSelector', textMapCodec);
export const HOST_NETWORK = inPod('hostNetwork', flagCodec);
export const HOST_PID = inPod('hostPID', flagCodec);
export const HOST_IPC = inPod('hostIPC', flagCodec);
export const HOST_USERS = inPod('hostUsers', flagCodec);
export const DNS_POLICY = inPod('dnsPolicy', choiceCodec(DNS_POLICIES));
export const SERVICE_ACCOUNT_NAME = inPod('serviceAccountName', textCodec);
export const AUTOMOUNT_TOKEN = inPod('automountServiceAccountToken', flagCodec);
export const PRIORITY_CLASS_NAME = inPod('priorityClassName', textCodec);
export const RUNTIME_CLASS_NAME = inPod('runtimeClassName', textCodec);
export const SCHEDULER_NAME = inPod('schedulerName', textCodec);
export const TERMINATION_GRACE_PERIOD = inPod('terminationGracePeriodSeconds', integerCodec);
export const ENABLE_SERVICE_LINKS = inPod('enableServiceLinks', flagCodec);
export const SHARE_PROCESS_NAMESPACE = inPod('shareProcessNamespace', flagCodec);

/** With the node's network a pod finds services only by ClusterFirstWithHostNet: it comes and goes with it where it is the form's own. */
export function hostNetworkEdits(document: FormDocument, value: boolean | undefined): readonly ManifestEdit[] {
  const edits = writeField(document, HOST_NETWORK, value);
  const policy = presentValue(document, DNS_POLICY);
  if (value === true && policy === undefined) {
    return [...edits, ...writeField(document, DNS_POLICY, 'ClusterFirstWithHostNet')];
  }
  if (value !== true && policy === 'ClusterFirstWithHostNet') {
    return [...edits, ...writeField(document, DNS_POLICY, undefined)];
  }
  return edits;
}

const PULL_SECRETS: ManifestPath = [...POD, 'imagePullSecrets'];

/** Names of the registry secrets, in their order. */
export function imagePullSecrets({ manifest }: FormDocument): readonly string[] {
  return itemsAt(manifest, PULL_SECRETS).map((secret) => textOf(secret, 'name'));
}

/** Adds and removes registry secrets; those that stay are not touched. */
export function imagePullSecretEdits(document: FormDocument, names: readonly string[]): readonly ManifestEdit[] {
  const before = imagePullSecrets(document);
  const gone = before.filter((name) => !names.includes(name));
  const added = names.filter((name) => !before.includes(name));
  return [
    ...gone.map((name): ManifestEdit => ({ op: 'remove', path: [...PULL_SECRETS, { key: { name } }], pruneEmpty: 1 })),
    ...added.map((name): ManifestEdit => ({ op: 'insert', path: PULL_SECRETS, at: 'end', value: { name } })),
  ];
}

export const TOLERATIONS: ManifestPath = [...POD, 'tolerations'];

/** v1.Toleration as the form writes it; absent parts are left out. */
export interface TolerationInput {
  readonly key?: string;
  readonly operator: 'Equal' | 'Exists';
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

export function addTolerationEdits(toleration: TolerationInput): readonly ManifestEdit[] {
  return [{ op: 'insert', path: TOLERATIONS, at: 'end', value: tolerationValue(toleration) }];
}

/** Writes one toleration over another: its other fields stay as they are. */
export function setTolerationEdits(
  { manifest }: FormDocument,
  index: number,
  toleration: TolerationInput,
): readonly ManifestEdit[] {
  const path = [...TOLERATIONS, index];
  const next = tolerationValue(toleration);
  const before = itemsAt(manifest, TOLERATIONS)[index];
  const known = ['key', 'operator', 'value', 'effect', 'tolerationSeconds'];
  const gone = known.filter((name) => holds(before, name) && !Object.hasOwn(next, name));
  return [
    ...gone.map((name): ManifestEdit => ({ op: 'remove', path: [...path, name] })),
    ...Object.entries(next).map(([name, value]): ManifestEdit => ({ op: 'set', path: [...path, name], value })),
  ];
}

export function removeTolerationEdits(index: number): readonly ManifestEdit[] {
  return [{ op: 'remove', path: [...TOLERATIONS, index], pruneEmpty: 1 }];
}

/** "Run on control-plane nodes too": the taint that kubeadm sets. */
export const CONTROL_PLANE_TOLERATION: TolerationInput = {
  key: 'node-role.kubernetes.io/control-plane',
  operator: 'Exists',
  effect: 'NoSchedule',
};

/** "Run on every node": tolerates whatever taint there is. */
export const EVERY_NODE_TOLERATION: TolerationInput = { operator: 'Exists' };

function tolerationValue({
  key,
  operator,
  value,
  effect,
  tolerationSeconds,
}: TolerationInput): Readonly<Record<string, JsonValue>> {
  return {
    ...(key ? { key } : {}),
    operator,
    ...(operator === 'Equal' ? { value: value ?? '' } : {}),
    ...(effect ? { effect } : {}),
    ...(tolerationSeconds === undefined ? {} : { tolerationSeconds }),
  };
}

function holds(value: JsonValue | undefined, name: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name);
}
