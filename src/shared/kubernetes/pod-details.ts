import type { ConditionView, PodDetails, PodVolumeView } from '../contract/pod.ts';
import {
  asObject,
  field,
  flagAt,
  objectAt,
  objectsAt,
  optional,
  stringMapAt,
  textAt,
  type JsonObject,
} from './json-fields.ts';
import { affinityWords, tolerationWords } from './scheduling-words.ts';
import { volumeSourceWords } from './volume-source-words.ts';

/** What a pod's page shows beside its row and containers. Never throws on odd objects. */
export function podDetails(pod: unknown): PodDetails {
  const object = asObject(pod);
  const metadata = objectAt(object, 'metadata');
  const spec = objectAt(object, 'spec');
  const status = objectAt(object, 'status');
  const priority = field(spec, 'priority');
  return {
    ...optional('statusReason', textAt(status, 'reason')),
    ...optional('statusMessage', textAt(status, 'message')),
    ...optional('startTime', textAt(status, 'startTime')),
    ...optional('owner', ownerOf(metadata)),
    volumes: objectsAt(spec, 'volumes').map((volume) => volumeView(volume, spec)),
    nodeSelector: stringMapAt(spec, 'nodeSelector'),
    tolerations: objectsAt(spec, 'tolerations').map(tolerationWords),
    affinity: affinityWords(field(spec, 'affinity')),
    ...optional('priority', typeof priority === 'number' ? priority : undefined),
    ...optional('priorityClassName', textAt(spec, 'priorityClassName')),
    ...optional('qosClass', textAt(status, 'qosClass')),
    ...optional('serviceAccountName', textAt(spec, 'serviceAccountName')),
    hostNetwork: flagAt(spec, 'hostNetwork'),
  };
}

/** Conditions of a status in its own order, with their times. */
export function conditionViews(status: unknown): readonly ConditionView[] {
  return objectsAt(asObject(status), 'conditions').map((condition) => ({
    type: textAt(condition, 'type') ?? '',
    status: textAt(condition, 'status') ?? 'Unknown',
    ...optional('reason', textAt(condition, 'reason')),
    ...optional('message', textAt(condition, 'message')),
    ...optional('since', textAt(condition, 'lastTransitionTime')),
  }));
}

function ownerOf(metadata: JsonObject): PodDetails['owner'] {
  const controller = objectsAt(metadata, 'ownerReferences').find((reference) => flagAt(reference, 'controller'));
  if (controller === undefined) return undefined;
  const [kind, name, uid] = ['kind', 'name', 'uid'].map((key) => textAt(controller, key) ?? '');
  return { kind: kind ?? '', name: name ?? '', uid: uid ?? '' };
}

function volumeView(volume: JsonObject, spec: JsonObject): PodVolumeView {
  const name = textAt(volume, 'name') ?? '';
  const mountedBy = [...objectsAt(spec, 'initContainers'), ...objectsAt(spec, 'containers')].flatMap((container) =>
    [...objectsAt(container, 'volumeMounts'), ...objectsAt(container, 'volumeDevices')]
      .filter((mount) => textAt(mount, 'name') === name)
      .map((mount) => `${textAt(container, 'name')} at ${textAt(mount, 'mountPath') ?? textAt(mount, 'devicePath')}`),
  );
  return { name, source: volumeSourceWords(volume), mountedBy };
}
