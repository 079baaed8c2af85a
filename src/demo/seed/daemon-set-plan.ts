import type { JsonObject } from '../json.ts';
import type { NodePlan } from './nodes.ts';

/** One template that a DaemonSet had, oldest first. */
export interface RevisionPlan {
  readonly ageDays: number;
  readonly image: string;
  readonly changeCause: string;
  /** Added to the template's annotations. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A DaemonSet of the opening state. */
export interface DaemonSetPlan {
  readonly name: string;
  readonly namespace: string;
  readonly ageDays: number;
  readonly alias?: string;
  readonly description?: string;
  readonly updateStrategy?: JsonObject;
  readonly minReadySeconds?: number;
  /** The pod spec without images; its containers' images are set by the revision, except where they are given. */
  readonly podSpec: JsonObject;
  readonly revisions: readonly RevisionPlan[];
  /** How far back from the newest the revision of a node's pod is: 0 for up to date. */
  readonly revisionsBehind?: (node: NodePlan, order: number, eligible: number) => number;
  /** Nodes whose pod cannot be placed. */
  readonly unplaced?: (node: NodePlan) => boolean;
}
