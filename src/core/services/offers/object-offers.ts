import type {
  DaemonSetOffer,
  LimitRangeOffer,
  NamespaceOffer,
  PersistentVolumeClaimOffer,
  PriorityClassOffer,
  RuntimeClassOffer,
  ServiceAccountOffer,
} from '../../../shared/contract/offers.ts';
import { toDaemonSetRow } from '../../../shared/kubernetes/daemonset-row.ts';
import {
  asObject,
  at,
  flagAt,
  type JsonObject,
  numberAt,
  objectAt,
  objectsAt,
  optional,
  stringMapAt,
  text,
  textAt,
} from '../../../shared/kubernetes/json-fields.ts';

/** What is offered of each kind's object. Never throw: what is missing reads as empty. */
export const OBJECT_OFFERS = {
  namespaces: (object: JsonObject): readonly Omit<NamespaceOffer, 'mayCreate'>[] => [
    { name: nameOf(object), phase: text(at(object, 'status', 'phase')) },
  ],
  serviceAccounts: (object: JsonObject): readonly ServiceAccountOffer[] => {
    const automount = object['automountServiceAccountToken'];
    return [
      {
        name: nameOf(object),
        ...optional('automountServiceAccountToken', typeof automount === 'boolean' ? automount : undefined),
      },
    ];
  },
  priorityClasses: (object: JsonObject): readonly PriorityClassOffer[] => [
    {
      name: nameOf(object),
      value: numberAt(object, 'value'),
      globalDefault: flagAt(object, 'globalDefault'),
      // scheduling/v1 defaults.go (1.37).
      preemptionPolicy: textAt(object, 'preemptionPolicy') ?? 'PreemptLowerPriority',
      ...optional('description', textAt(object, 'description')),
    },
  ],
  runtimeClasses: (object: JsonObject): readonly RuntimeClassOffer[] => [
    { name: nameOf(object), handler: textAt(object, 'handler') ?? '' },
  ],
  persistentVolumeClaims: (object: JsonObject): readonly PersistentVolumeClaimOffer[] => {
    const bound = text(at(object, 'status', 'capacity', 'storage'));
    return [
      {
        name: nameOf(object),
        phase: text(at(object, 'status', 'phase')),
        size: bound || text(at(object, 'spec', 'resources', 'requests', 'storage')),
        ...optional('storageClassName', textAt(objectAt(object, 'spec'), 'storageClassName')),
        accessModes: strings(at(object, 'status', 'accessModes') ?? at(object, 'spec', 'accessModes')),
        volumeMode: textAt(objectAt(object, 'spec'), 'volumeMode') ?? 'Filesystem',
      },
    ];
  },
  limitRanges: (object: JsonObject): readonly LimitRangeOffer[] =>
    objectsAt(objectAt(object, 'spec'), 'limits').map((limit) => ({
      name: nameOf(object),
      type: textAt(limit, 'type') ?? '',
      default: stringMapAt(limit, 'default'),
      defaultRequest: stringMapAt(limit, 'defaultRequest'),
      min: stringMapAt(limit, 'min'),
      max: stringMapAt(limit, 'max'),
      maxLimitRequestRatio: stringMapAt(limit, 'maxLimitRequestRatio'),
    })),
  daemonSets: (object: JsonObject): readonly DaemonSetOffer[] => {
    const { name, uid, selector } = toDaemonSetRow(object);
    const template = asObject(at(object, 'spec', 'template', 'metadata'));
    return [{ name, uid, selector, podLabels: stringMapAt(template, 'labels') }];
  },
} as const;

function nameOf(object: JsonObject): string {
  return text(at(object, 'metadata', 'name'));
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
