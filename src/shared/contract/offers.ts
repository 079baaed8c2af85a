import { oc, type } from '@orpc/contract';
import * as z from 'zod';
import type { LabelSelector } from '../kubernetes/selector.ts';
import { contextNameInput, objectRefInput } from './inputs.ts';

/** At most so many items are offered; `more` says that the cluster has others. */
export const OFFER_LIMIT = 500;

/** What a field offers as one types. `none` says in one sentence why nothing is offered: the missing right, or that the cluster is away. */
export type Offers<Item> = { readonly items: readonly Item[]; readonly more: boolean } | { readonly none: string };

export interface NamespaceOffer {
  readonly name: string;
  /** Active or Terminating. */
  readonly phase: string;
  /** Whether the user may create DaemonSets in it, by SelfSubjectAccessReview; only the first 50 are asked one by one. */
  readonly mayCreate: 'allowed' | 'denied' | 'unasked';
}

/** A ConfigMap or a Secret: how many keys it has, and nothing of what they hold. */
export interface ConfigMapOffer {
  readonly name: string;
  readonly keyCount: number;
}

export interface SecretOffer extends ConfigMapOffer {
  /** "Opaque", "kubernetes.io/dockerconfigjson". */
  readonly type: string;
}

export interface PersistentVolumeClaimOffer {
  readonly name: string;
  /** Bound, Pending or Lost. */
  readonly phase: string;
  /** Quantity: what is bound, else what was asked for. */
  readonly size: string;
  readonly storageClassName?: string;
  /** ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod. */
  readonly accessModes: readonly string[];
  /** Filesystem or Block. */
  readonly volumeMode: string;
}

export interface ServiceAccountOffer {
  readonly name: string;
  readonly automountServiceAccountToken?: boolean;
}

export interface PriorityClassOffer {
  readonly name: string;
  readonly value: number;
  readonly globalDefault: boolean;
  readonly preemptionPolicy: string;
  readonly description?: string;
}

export interface RuntimeClassOffer {
  readonly name: string;
  readonly handler: string;
}

export interface NodeLabelOffer {
  readonly key: string;
  /** Most nodes first; at most 50 (a host name is another one on every node). */
  readonly values: readonly { readonly value: string; readonly nodes: number }[];
  readonly moreValues: boolean;
}

export interface TaintOffer {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
  readonly nodes: number;
}

export interface ImageOffer {
  readonly image: string;
  /** How many DaemonSets use it. */
  readonly daemonSets: number;
  /** How many drafts name it. */
  readonly drafts: number;
}

/** One entry of a LimitRange; quantities as it has them, by resource name. */
export interface LimitRangeOffer {
  readonly name: string;
  /** Container, Pod or PersistentVolumeClaim. */
  readonly type: string;
  readonly default: Readonly<Record<string, string>>;
  readonly defaultRequest: Readonly<Record<string, string>>;
  readonly min: Readonly<Record<string, string>>;
  readonly max: Readonly<Record<string, string>>;
  readonly maxLimitRequestRatio: Readonly<Record<string, string>>;
}

export interface DaemonSetOffer {
  readonly name: string;
  readonly uid: string;
  readonly selector: LabelSelector;
  /** Labels of its pod template. */
  readonly podLabels: Readonly<Record<string, string>>;
}

const namespacedInput = contextNameInput.extend({ namespace: z.string().min(1).max(253) });

/**
 * What the cluster knows, for the fields of a form. Never fails for a missing right or a cluster that is away: that is `none`.
 * Answers are shared for 10 s, but those about Secrets, which are asked for anew each time. Keys come without their values.
 */
export const offersContract = {
  namespaces: oc.input(contextNameInput).output(type<Offers<NamespaceOffer>>()),
  configMaps: oc.input(namespacedInput).output(type<Offers<ConfigMapOffer>>()),
  configMapKeys: oc.input(objectRefInput).output(type<Offers<string>>()),
  /** `type`: only those of one type, as kubernetes.io/dockerconfigjson for imagePullSecrets. */
  secrets: oc
    .input(
      namespacedInput.extend({
        type: z
          .string()
          .regex(/^[\w./-]{1,253}$/)
          .optional(),
      }),
    )
    .output(type<Offers<SecretOffer>>()),
  secretKeys: oc.input(objectRefInput).output(type<Offers<string>>()),
  persistentVolumeClaims: oc.input(namespacedInput).output(type<Offers<PersistentVolumeClaimOffer>>()),
  serviceAccounts: oc.input(namespacedInput).output(type<Offers<ServiceAccountOffer>>()),
  priorityClasses: oc.input(contextNameInput).output(type<Offers<PriorityClassOffer>>()),
  runtimeClasses: oc.input(contextNameInput).output(type<Offers<RuntimeClassOffer>>()),
  limitRanges: oc.input(namespacedInput).output(type<Offers<LimitRangeOffer>>()),
  daemonSets: oc.input(namespacedInput).output(type<Offers<DaemonSetOffer>>()),
  /** Whether a DaemonSet of this name exists. */
  isNameTaken: oc.input(objectRefInput).output(type<{ readonly taken: boolean } | { readonly none: string }>()),
  nodeLabels: oc.input(contextNameInput).output(type<Offers<NodeLabelOffer>>()),
  taints: oc.input(contextNameInput).output(type<Offers<TaintOffer>>()),
  /** Of the whole cluster's DaemonSets where they may be listed, else of the namespace's; and of drafts. */
  images: oc.input(namespacedInput).output(type<Offers<ImageOffer>>()),
};
