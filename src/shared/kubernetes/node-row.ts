import { isConditionTrue } from './condition.ts';
import { asObject, flagAt, objectAt, objectsAt, optional, stringMapAt, textAt } from './json-fields.ts';
import type { NodeRow } from './rows.ts';

/** The row of a v1 Node; never throws. */
export function toNodeRow(raw: unknown): NodeRow {
  const object = asObject(raw);
  const metadata = objectAt(object, 'metadata');
  const spec = objectAt(object, 'spec');
  const status = objectAt(object, 'status');
  return {
    uid: textAt(metadata, 'uid') ?? '',
    name: textAt(metadata, 'name') ?? '',
    resourceVersion: textAt(metadata, 'resourceVersion') ?? '',
    creationTimestamp: textAt(metadata, 'creationTimestamp') ?? '',
    labels: stringMapAt(metadata, 'labels'),
    taints: objectsAt(spec, 'taints').map((taint) => ({
      key: textAt(taint, 'key') ?? '',
      ...optional('value', textAt(taint, 'value')),
      effect: textAt(taint, 'effect') ?? '',
    })),
    unschedulable: flagAt(spec, 'unschedulable'),
    ready: isConditionTrue(status, 'Ready'),
    ...optional('kubeletVersion', textAt(objectAt(status, 'nodeInfo'), 'kubeletVersion')),
  };
}
