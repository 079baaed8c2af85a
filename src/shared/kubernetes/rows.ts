import type { LabelSelector } from './selector.ts';

/** What a list shows of a DaemonSet: about 0.5 kB, decoded in the worker pool. Counts are status fields, 0 where absent. */
export interface DaemonSetRow {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly resourceVersion: string;
  /** Annotation kubesphere.io/alias-name. */
  readonly alias?: string;
  /** Annotation kubesphere.io/description. */
  readonly description?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** RFC 3339. */
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
  readonly generation: number;
  readonly observedGeneration: number;
  readonly desired: number;
  readonly current: number;
  readonly ready: number;
  readonly updated: number;
  readonly available: number;
  readonly misscheduled: number;
  readonly strategy: DaemonSetStrategy;
  readonly minReadySeconds: number;
  /** How many old revisions are kept; the API server's default is 10. */
  readonly revisionHistoryLimit?: number;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly selector: LabelSelector;
  /** Images of the containers in order; init containers after them. */
  readonly images: readonly string[];
  /** Template annotation kubectl.kubernetes.io/restartedAt. */
  readonly restartedAt?: string;
  /** Annotation deprecated.daemonset.template.generation. */
  readonly templateGeneration?: number;
  /** The controlling owner, or the manager that labels name (Helm, Argo CD, Flux). */
  readonly owner?: { readonly kind: string; readonly name: string };
}

/** spec.updateStrategy; maxUnavailable and maxSurge as written: an integer or a percent ("20%"). */
export type DaemonSetStrategy =
  | {
      readonly type: 'RollingUpdate';
      readonly maxUnavailable: number | string;
      readonly maxSurge: number | string;
    }
  | { readonly type: 'OnDelete' };

/** What a pods table shows. */
export interface PodRow {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly resourceVersion: string;
  readonly ownerUid?: string;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
  readonly phase: string;
  /** The STATUS column of the server's Table (printers.go). */
  readonly reason: string;
  readonly ready: boolean;
  readonly readySince?: string;
  readonly readyContainers: number;
  readonly totalContainers: number;
  readonly restarts: number;
  readonly lastRestartAt?: string;
  readonly nodeName?: string;
  /** Of a pod on no node yet: the one that its controller made it for (affinity to metadata.name; util.GetTargetNodeName). */
  readonly targetNodeName?: string;
  readonly hostIP?: string;
  readonly podIP?: string;
  /** Label controller-revision-hash. */
  readonly revisionHash?: string;
  /** Those that are not met, or not standard: what the table shows beside the reason. */
  readonly conditions: readonly ConditionRow[];
  /** In spec order, init containers first. */
  readonly containers: readonly ContainerRow[];
}

export interface ConditionRow {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

export type ContainerKind = 'worker' | 'init' | 'sidecar';

export interface ContainerRow {
  readonly name: string;
  readonly kind: ContainerKind;
  readonly ready: boolean;
  readonly restarts: number;
  /** "running", or the waiting or terminated reason ("CrashLoopBackOff", "Completed"). */
  readonly state: string;
  /** Exit code of the last termination, when there was one. */
  readonly lastExitCode?: number;
}

export interface NodeRow {
  readonly uid: string;
  readonly name: string;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  readonly unschedulable: boolean;
  readonly ready: boolean;
  readonly kubeletVersion?: string;
}

export interface NamespaceRow {
  readonly uid: string;
  readonly name: string;
  readonly resourceVersion: string;
  readonly phase: string;
}

/** What is shown of a ControllerRevision. It is known by its uid: a rollback gives the same one a new number. */
export interface ControllerRevisionRow {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly resourceVersion: string;
  readonly ownerUid?: string;
  readonly revision: number;
  /** Label controller-revision-hash. */
  readonly hash: string;
  /** RFC 3339: when the template was first used. */
  readonly creationTimestamp: string;
  /** Annotation kubernetes.io/change-cause, as the DaemonSet had it when the revision was made. */
  readonly changeCause?: string;
  /** Images of the template's containers in order; init containers after them. */
  readonly images: readonly string[];
}

/** One Event, of either API: `message` is v1's message or the newer one's note. */
export interface EventRow {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly resourceVersion: string;
  /** Normal or Warning. */
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** What it is about (involvedObject, regarding). */
  readonly about: { readonly kind: string; readonly name: string; readonly namespace?: string; readonly uid?: string };
  /** Milliseconds since 1970; 0 when the event has no time at all. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly count: number;
  /** The component that wrote it: "kubelet". */
  readonly source?: string;
}

/** Everything a row type must have to live in a reflector. */
export interface Row {
  readonly uid: string;
  readonly name: string;
  readonly resourceVersion: string;
  readonly namespace?: string;
}

/** The row type of each resource that the decode pool knows. */
export interface RowOf {
  readonly daemonsets: DaemonSetRow;
  readonly pods: PodRow;
  readonly nodes: NodeRow;
  readonly namespaces: NamespaceRow;
  readonly controllerrevisions: ControllerRevisionRow;
  readonly events: EventRow;
}
export type RowResource = keyof RowOf;
