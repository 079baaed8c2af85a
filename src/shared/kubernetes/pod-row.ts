import { findCondition, isConditionTrue, isNotablePodCondition, toConditionRows } from './condition.ts';
import { toContainerRows } from './container.ts';
import { asObject, at, objectAt, objectsAt, optional, records, text, textAt, type JsonObject } from './json-fields.ts';
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

/** util.GetTargetNodeName, for a pod without a node. */
function targetNodeNameOf(spec: JsonObject): string | undefined {
  if (textAt(spec, 'nodeName') !== undefined) return undefined;
  const required = at(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  const [field] = records(at(required, 'nodeSelectorTerms'))
    .flatMap((term) => objectsAt(term, 'matchFields'))
    .filter((each) => each['key'] === 'metadata.name' && each['operator'] === 'In');
  const values: unknown = field?.['values'];
  return Array.isArray(values) ? text(values[0]) || undefined : undefined;
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
    ...optional('targetNodeName', targetNodeNameOf(spec)),
    ...optional('hostIP', textAt(status, 'hostIP')),
    ...optional('podIP', podIPOf(status)),
    ...optional('revisionHash', textAt(objectAt(metadata, 'labels'), 'controller-revision-hash')),
    conditions: toConditionRows(status).filter(isNotablePodCondition),
    containers: toContainerRows(spec, status),
  };
}
