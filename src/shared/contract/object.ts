import { eventIterator, oc, type } from '@orpc/contract';
import * as z from 'zod';
import { contextNameInput } from './inputs.ts';
import type { ValueItem } from './live.ts';

/** What can be read whole. Secrets are not among them. */
export const OBJECT_RESOURCES = ['daemonsets', 'pods', 'nodes'] as const;
export type ObjectResource = (typeof OBJECT_RESOURCES)[number];

/** One object as JSON text, nothing dropped. `gone`: it was deleted, or never there; what was read last stays. */
export interface ObjectText {
  readonly jsonText?: string;
  readonly gone: boolean;
}

export const objectContract = {
  /** A `latest` stream. With `uid`, a namesake with another uid is `gone`. `namespace` is '' for nodes. */
  watch: oc
    .input(
      contextNameInput.extend({
        resource: z.enum(OBJECT_RESOURCES),
        namespace: z.string().max(253),
        name: z.string().min(1).max(253),
        uid: z.string().min(1).max(128).optional(),
      }),
    )
    .output(eventIterator(type<ValueItem<ObjectText>>())),
};
