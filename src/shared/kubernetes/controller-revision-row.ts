import { asObject, numberAt, objectAt, optional, stringMapAt, textAt } from './json-fields.ts';
import { imagesOf } from './daemonset-row.ts';
import { labelOf } from './label-requirement.ts';
import { controllerUid } from './owner.ts';
import type { ControllerRevisionRow } from './rows.ts';

/** The row of an apps/v1 ControllerRevision whose data is a DaemonSet's template (pkg/controller/daemon/update.go, 1.37); never throws. */
export function toControllerRevisionRow(raw: unknown): ControllerRevisionRow {
  const object = asObject(raw);
  const metadata = objectAt(object, 'metadata');
  const template = objectAt(objectAt(objectAt(object, 'data'), 'spec'), 'template');
  return {
    uid: textAt(metadata, 'uid') ?? '',
    name: textAt(metadata, 'name') ?? '',
    namespace: textAt(metadata, 'namespace') ?? '',
    resourceVersion: textAt(metadata, 'resourceVersion') ?? '',
    ...optional('ownerUid', controllerUid(metadata)),
    revision: numberAt(object, 'revision'),
    hash: textAt(objectAt(metadata, 'labels'), 'controller-revision-hash') ?? '',
    creationTimestamp: textAt(metadata, 'creationTimestamp') ?? '',
    ...optional('changeCause', labelOf(stringMapAt(metadata, 'annotations'), 'kubernetes.io/change-cause')),
    images: imagesOf(objectAt(template, 'spec')),
  };
}
