import { eventIterator, oc, type } from '@orpc/contract';
import * as z from 'zod';
import type { StagedPlan } from '../kubernetes/staged-plan.ts';
import type { StagedWait } from '../kubernetes/staged-step.ts';
import { contextNameInput, targetInput } from './inputs.ts';
import type { ValueItem } from './live.ts';

/** The staged rollout of one DaemonSet, as it is kept; none when `plan` and `problem` are absent. */
export interface StagedRolloutView {
  readonly plan?: StagedPlan;
  /** What a running one waits for just now, in one sentence, and the nodes that it waits for. */
  readonly why?: string;
  readonly waits: readonly StagedWait[];
  /** Another Everynode on the same data folder runs it: it is held and stopped there. */
  readonly runsElsewhere: boolean;
  /** The kept plan cannot be read: it can be discarded, and nothing else. */
  readonly problem?: string;
}

/** One that is not over, as a list of DaemonSets tells of it. */
export interface OpenStagedRollout {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly phase: 'running' | 'held';
  readonly nodes: number;
  /** Nodes of the waves that are past their gate, each with a ready new pod. */
  readonly replaced: number;
  /** What it waits for, or is held for, in one sentence. */
  readonly why?: string;
  readonly runsElsewhere: boolean;
}

const MAX_NODES = 20_000;

export const stagedWavesInput = z
  .array(z.array(z.string().min(1).max(253)).min(1))
  .min(1)
  .max(MAX_NODES)
  .refine((waves) => waves.flat().length <= MAX_NODES, 'too many nodes')
  .refine((waves) => new Set(waves.flat()).size === waves.flat().length, 'a node stands twice');

/**
 * Old pods of a DaemonSet deleted in waves, under OnDelete. One plan per object uid is kept in the data folder (0600). What runs does so
 * in the core, whether a page looks or not; it never begins or goes on without one of these calls.
 */
export const stagedRolloutContract = {
  /** A `latest` stream. */
  watch: oc.input(targetInput).output(eventIterator(type<ValueItem<StagedRolloutView>>())),
  /** All of a context that run or are held: after a crash, those that nobody has gone on with. A `latest` stream. */
  watchOpen: oc.input(contextNameInput).output(eventIterator(type<ValueItem<readonly OpenStagedRollout[]>>())),
  /**
   * Begins the plan that was shown: nodes by wave, and the hash of the revision that it brings. Conflict when another revision is the current
   * one by now, when the strategy is not OnDelete, or when a plan is running or held already.
   */
  start: oc
    .input(
      targetInput.extend({
        hash: z.string().min(1).max(63),
        waves: stagedWavesInput,
        /** How long all new pods of a wave must stay ready before the next one. */
        gateSeconds: z.number().int().min(0).max(86_400),
      }),
    )
    .output(type<void>()),
  /** No further pod is deleted; one whose deletion was sent is not brought back. Resolves when nothing is under way. */
  hold: oc.input(targetInput).output(type<void>()),
  /** Goes on with a held plan, past the nodes that it was held for. */
  continue: oc.input(targetInput).output(type<void>()),
  /** Ends it for good: the nodes of the later waves keep their old pods. */
  stop: oc.input(targetInput).output(type<void>()),
  /** Forgets a plan that does not run. */
  discard: oc.input(targetInput).output(type<void>()),
};
