import {
  type JsonObject,
  asObject,
  field,
  numberAt,
  objectAt,
  objectsAt,
  optional,
  stringMapAt,
  textAt,
  wholeNumber,
} from './json-fields.ts';
import { type LabelRequirement, labelOf, REQUIREMENT_OPERATORS } from './label-requirement.ts';
import { ownerOf } from './owner.ts';
import type { DaemonSetRow, DaemonSetStrategy } from './rows.ts';
import type { LabelSelector } from './selector.ts';

function intOrString(value: unknown, otherwise: number): number | string {
  return typeof value === 'number' || typeof value === 'string' ? value : otherwise;
}

/** spec.updateStrategy with the API server's defaults: RollingUpdate, maxUnavailable 1, maxSurge 0. */
function strategyOf(spec: JsonObject): DaemonSetStrategy {
  const strategy = objectAt(spec, 'updateStrategy');
  if (textAt(strategy, 'type') === 'OnDelete') return { type: 'OnDelete' };
  const rolling = objectAt(strategy, 'rollingUpdate');
  return {
    type: 'RollingUpdate',
    maxUnavailable: intOrString(field(rolling, 'maxUnavailable'), 1),
    maxSurge: intOrString(field(rolling, 'maxSurge'), 0),
  };
}

/** An operator that this release does not know is left out: whoever selects by it checks the owner's uid as well. */
function requirementOf(expression: JsonObject): LabelRequirement[] {
  const operator = REQUIREMENT_OPERATORS.find((known) => known === field(expression, 'operator'));
  const values = field(expression, 'values');
  const texts = Array.isArray(values) ? values.filter((value) => typeof value === 'string') : undefined;
  return operator === undefined
    ? []
    : [{ key: textAt(expression, 'key') ?? '', operator, ...optional('values', texts) }];
}

/** The selector of a DaemonSet's spec. An operator that this release does not know is left out. */
export function selectorOf(spec: JsonObject): LabelSelector {
  const selector = objectAt(spec, 'selector');
  const expressions = objectsAt(selector, 'matchExpressions').flatMap(requirementOf);
  const labels = stringMapAt(selector, 'matchLabels');
  return {
    ...optional('matchLabels', Object.keys(labels).length > 0 ? labels : undefined),
    ...optional('matchExpressions', expressions.length > 0 ? expressions : undefined),
  };
}

/** Images of the containers in order; init containers after them. */
export function imagesOf(podSpec: JsonObject): readonly string[] {
  return [...objectsAt(podSpec, 'containers'), ...objectsAt(podSpec, 'initContainers')].map(
    (container) => textAt(container, 'image') ?? '',
  );
}

function templateGenerationOf(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && text !== '' && Number.isSafeInteger(value) ? value : undefined;
}

/** Fields of status as the API names them, to the row's short names. */
function countsOf(status: JsonObject) {
  return {
    observedGeneration: numberAt(status, 'observedGeneration'),
    desired: numberAt(status, 'desiredNumberScheduled'),
    current: numberAt(status, 'currentNumberScheduled'),
    ready: numberAt(status, 'numberReady'),
    updated: numberAt(status, 'updatedNumberScheduled'),
    available: numberAt(status, 'numberAvailable'),
    misscheduled: numberAt(status, 'numberMisscheduled'),
  };
}

/** The row of an apps/v1 DaemonSet. Never throws: what is missing or odd reads as Go's zero value or the API's default. */
export function toDaemonSetRow(raw: unknown): DaemonSetRow {
  const object = asObject(raw);
  const metadata = objectAt(object, 'metadata');
  const spec = objectAt(object, 'spec');
  const template = objectAt(spec, 'template');
  const podSpec = objectAt(template, 'spec');
  const annotations = stringMapAt(metadata, 'annotations');
  const templateAnnotations = stringMapAt(objectAt(template, 'metadata'), 'annotations');
  return {
    uid: textAt(metadata, 'uid') ?? '',
    name: textAt(metadata, 'name') ?? '',
    namespace: textAt(metadata, 'namespace') ?? '',
    resourceVersion: textAt(metadata, 'resourceVersion') ?? '',
    ...optional('alias', labelOf(annotations, 'kubesphere.io/alias-name')),
    ...optional('description', labelOf(annotations, 'kubesphere.io/description')),
    labels: stringMapAt(metadata, 'labels'),
    creationTimestamp: textAt(metadata, 'creationTimestamp') ?? '',
    ...optional('deletionTimestamp', textAt(metadata, 'deletionTimestamp')),
    generation: numberAt(metadata, 'generation'),
    ...countsOf(objectAt(object, 'status')),
    strategy: strategyOf(spec),
    minReadySeconds: numberAt(spec, 'minReadySeconds'),
    ...optional('revisionHistoryLimit', wholeNumber(field(spec, 'revisionHistoryLimit'))),
    nodeSelector: stringMapAt(podSpec, 'nodeSelector'),
    selector: selectorOf(spec),
    images: imagesOf(podSpec),
    ...optional('restartedAt', labelOf(templateAnnotations, 'kubectl.kubernetes.io/restartedAt')),
    ...optional(
      'templateGeneration',
      templateGenerationOf(labelOf(annotations, 'deprecated.daemonset.template.generation')),
    ),
    ...optional('owner', ownerOf(metadata)),
  };
}
