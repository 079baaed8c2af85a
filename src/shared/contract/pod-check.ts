import type { PodRefusal } from '../kubernetes/pod-refusal.ts';

/** A refusal with its 1-based place in the text. */
export interface PodFinding extends PodRefusal {
  readonly line?: number;
  readonly column?: number;
}

/** What the server says of one pod of the template; `why` in one sentence where it could not be asked. */
export type PodCheck =
  | {
      readonly checked: true;
      /** Empty: the server would take the pod. */
      readonly refusals: readonly PodFinding[];
      /** `Warning:` headers, in order: PodSecurity's `warn` level among them. */
      readonly warnings: readonly string[];
      /** The node that the pod was made for, when one is known that would get a pod. */
      readonly nodeName?: string;
    }
  | { readonly checked: false; readonly why: string };
