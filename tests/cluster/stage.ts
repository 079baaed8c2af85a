/** A `Stage` of kwok.x-k8s.io/v1alpha1: what kwok does next to an object, and when. */
export interface Stage {
  readonly apiVersion: 'kwok.x-k8s.io/v1alpha1';
  readonly kind: 'Stage';
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

export interface StageRules {
  /** Query of jq over the object that answers true or false. */
  readonly when: string;
  readonly delayMs?: number;
  /** Query of jq for a Go duration, as `5s`; `delayMs` where it finds none. */
  readonly delayFrom?: string;
  readonly event?: readonly [type: 'Normal' | 'Warning', reason: string, message: string];
  /** Go template of the YAML that is merged into the status. */
  readonly status?: string;
  readonly delete?: boolean;
}

export function stage(name: string, kind: 'Node' | 'Pod', rules: StageRules): Stage {
  const { when, delayMs = 0, delayFrom, event, status } = rules;
  const from = delayFrom === undefined ? {} : { durationFrom: { jq: { expression: delayFrom } } };
  const steps: unknown[] = [];
  if (event !== undefined) {
    const [type, reason, message] = event;
    steps.push({ event: { type, reason, message } });
  }
  if (status !== undefined) {
    steps.push({ patch: { subresource: 'status', root: 'status', template: status } });
  }
  if (rules.delete === true) steps.push({ delete: true });
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: 'v1', kind },
      selector: {
        matchExpressions: [{ jq: { key: when, operator: 'In', values: ['true'] } }],
      },
      ...(delayMs === 0 && delayFrom === undefined ? {} : { delay: { durationMilliseconds: delayMs, ...from } }),
      steps,
    },
  };
}
