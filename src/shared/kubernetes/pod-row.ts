import { findCondition, isConditionTrue, isNotablePodCondition, toConditionRows } from './condition.ts';
import { toContainerRows } from './container.ts';
import { asObject, objectAt, objectsAt, optional, textAt, type JsonObject } from './json-fields.ts';
import { controllerUid } from './owner.ts';
import { podSummary } from './pod.ts';
import type { PodRow } from './rows.ts';

function podIPOf(status: JsonObject): string | undefined {
  const [first] = objectsAt(status, 'podIPs');
  return (first === undefined ? undefined : textAt(first, 'ip')) ?? textAt(status, 'podIP');
}

function readySinceOf(status: JsonObject): string | undefined {
  const condition = findCondition(status, 'Ready');
  if (condition === undefined || textAt(condition, 'status') !== 'True') return undefined;
  return textAt(condition, 'lastTransitionTime');
}

/** The first requirement on metadata.name with one value: GetTargetNodeName, pkg/controller/daemon/util/daemonset_util.go, 1.37. */
function targetNodeNameOf(spec: JsonObject): string | undefined {
  const affinity = objectAt(objectAt(spec, 'affinity'), 'nodeAffinity');
  const required = objectAt(affinity, 'requiredDuringSchedulingIgnoredDuringExecution');
  for (const term of objectsAt(required, 'nodeSelectorTerms')) {
    for (const field of objectsAt(term, 'matchFields')) {
      const { values } = field;
      if (textAt(field, 'key') !== 'metadata.name' || textAt(field, 'operator') !== 'In') continue;
      if (Array.isArray(values) && values.length === 1 && typeof values[0] === 'string') return values[0];
    }
  }
  return undefined;
}

/** The row of a v1 Pod; never throws. STATUS, READY and RESTARTS are the server's own (podSummary). */
export function toPodRow(raw: unknown): PodRow {
  const object = asObject(raw);
  const metadata = objectAt(object, 'metadata');
  const spec = objectAt(object, 'spec');
  const status = objectAt(object, 'status');
  return {
    uid: textAt(metadata, 'uid') ?? '',
    name: textAt(metadata, 'name') ?? '',
    namespace: textAt(metadata, 'namespace') ?? '',
    resourceVersion: textAt(metadata, 'resourceVersion') ?? '',
    ...optional('ownerUid', controllerUid(metadata)),
    creationTimestamp: textAt(metadata, 'creationTimestamp') ?? '',
    ...optional('deletionTimestamp', textAt(metadata, 'deletionTimestamp')),
    phase: textAt(status, 'phase') ?? '',
    ...podSummary(raw),
    ready: isConditionTrue(status, 'Ready'),
    ...optional('readySince', readySinceOf(status)),
    ...optional('nodeName', textAt(spec, 'nodeName')),
    ...optional('targetNodeName', textAt(spec, 'nodeName') === undefined ? targetNodeNameOf(spec) : undefined),
    ...optional('hostIP', textAt(status, 'hostIP')),
    ...optional('podIP', podIPOf(status)),
    ...optional('revisionHash', textAt(objectAt(metadata, 'labels'), 'controller-revision-hash')),
    conditions: toConditionRows(status).filter(isNotablePodCondition),
    containers: toContainerRows(spec, status),
  };
}
