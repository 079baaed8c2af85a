/** Address of a namespaced object. `uid` is identity, this is where to look. `namespace` is '' for cluster-scoped kinds. */
export interface ObjectRef {
  readonly contextName: string;
  readonly namespace: string;
  readonly name: string;
}

/** What the app reads of metav1.ObjectMeta. Unknown fields are kept by whoever carries raw JSON. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}
