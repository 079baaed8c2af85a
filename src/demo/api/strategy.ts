import { type JsonObject, semanticEqual } from '../json.ts';
import { TEMPLATE_GENERATION } from '../objects.ts';
import { defaultDaemonSet, defaultPod, defaultSecret } from '../schema/defaults.ts';
import { validateConfigMap, validateConfigMapUpdate } from '../validation/config-map.ts';
import { validateDaemonSetSpec, validateDaemonSetUpdate } from '../validation/daemon-set.ts';
import { forbidden } from '../validation/field-error.ts';
import { type NameRule, validateMetaOnCreate, validateMetaOnUpdate } from '../validation/object-meta.ts';
import { validatePodSpec } from '../validation/pod-spec.ts';
import { numberAt, objectAt, objectsAt, stringMapAt } from '../validation/read.ts';
import { validateSecret, validateSecretUpdate } from '../validation/secret.ts';
import type { ResourceName } from './resources.ts';
import type { StatusCause } from './status-error.ts';

/** How one resource is written: its defaults, what belongs to the server, its rules. Works on decoded JSON. */
export interface Strategy {
  readonly applyDefaults: (object: JsonObject) => JsonObject;
  readonly prepareCreate: (object: JsonObject) => JsonObject;
  readonly prepareUpdate: (next: JsonObject, current: JsonObject) => JsonObject;
  readonly validateCreate: (object: JsonObject) => readonly StatusCause[];
  readonly validateUpdate: (next: JsonObject, current: JsonObject) => readonly StatusCause[];
}

function withAnnotation(object: JsonObject, key: string, value: string): JsonObject {
  const metadata = objectAt(object, 'metadata');
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...stringMapAt(metadata, 'annotations'), [key]: value } },
  };
}

function withGeneration(object: JsonObject, generation: number): JsonObject {
  return { ...object, metadata: { ...objectAt(object, 'metadata'), generation } };
}

function templateGeneration(object: JsonObject): number {
  const text = stringMapAt(objectAt(object, 'metadata'), 'annotations')[TEMPLATE_GENERATION] ?? '';
  return /^[1-9][0-9]{0,15}$/.test(text) ? Number(text) : 1;
}

const NO_STATUS = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };

const plain: Omit<Strategy, 'validateCreate'> = {
  applyDefaults: (object) => object,
  prepareCreate: (object) => object,
  prepareUpdate: (next) => next,
  validateUpdate: validateMetaOnUpdate,
};

function named(rule: NameRule): Strategy {
  return { ...plain, validateCreate: (object) => validateMetaOnCreate(object, rule) };
}

/** pkg/registry/apps/daemonset/strategy.go, 1.37. The template's generation lives in an annotation that nobody else can set. */
const daemonSet: Strategy = {
  applyDefaults: defaultDaemonSet,
  prepareCreate: (object) =>
    withAnnotation(
      withGeneration({ ...object, status: NO_STATUS }, 1),
      TEMPLATE_GENERATION,
      String(templateGeneration(object)),
    ),
  prepareUpdate: (next, current) => {
    const generation = numberAt(objectAt(current, 'metadata'), 'generation') ?? 1;
    const [spec, before] = [objectAt(next, 'spec'), objectAt(current, 'spec')];
    const templateChanged = !semanticEqual(spec?.['template'], before?.['template']);
    const specChanged = templateChanged || !semanticEqual(spec, before);
    const raised = templateGeneration(current) + (templateChanged ? 1 : 0);
    return withAnnotation(
      withGeneration(next, specChanged ? generation + 1 : generation),
      TEMPLATE_GENERATION,
      String(raised),
    );
  },
  validateCreate: (object) => [...validateMetaOnCreate(object, 'subdomain'), ...validateDaemonSetSpec(object)],
  validateUpdate: (next, current) => [
    ...validateMetaOnUpdate(next, current),
    ...validateDaemonSetUpdate(next, current),
  ],
};

const POD_RULE =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** A pod's spec without what may change. */
function fixedPart(pod: JsonObject): JsonObject {
  const spec = objectAt(pod, 'spec') ?? {};
  const withoutImages = (name: string): readonly JsonObject[] =>
    objectsAt(spec, name).map((container) => ({ ...container, image: '' }));
  return {
    ...spec,
    containers: withoutImages('containers'),
    initContainers: withoutImages('initContainers'),
    tolerations: [],
  };
}

const pod: Strategy = {
  ...plain,
  applyDefaults: defaultPod,
  prepareCreate: (object) => withGeneration({ ...object, status: { phase: 'Pending' } }, 1),
  validateCreate: (object) => [
    ...validateMetaOnCreate(object, 'subdomain'),
    ...validatePodSpec(objectAt(object, 'spec') ?? {}, 'spec'),
  ],
  validateUpdate: (next, current) => [
    ...validateMetaOnUpdate(next, current),
    ...(semanticEqual(fixedPart(next), fixedPart(current)) ? [] : [forbidden('spec', POD_RULE)]),
  ],
};

const namespace: Strategy = {
  ...named('label'),
  prepareCreate: (object) => {
    const metadata = objectAt(object, 'metadata') ?? {};
    const labels = {
      ...stringMapAt(metadata, 'labels'),
      'kubernetes.io/metadata.name': String(metadata['name'] ?? ''),
    };
    return {
      ...object,
      metadata: { ...metadata, labels },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    };
  },
};

/** A cordoned node gets its taint from the node lifecycle controller; here with the write itself. */
const node: Strategy = {
  ...named('subdomain'),
  prepareUpdate: (next) => {
    const spec = objectAt(next, 'spec') ?? {};
    const key = 'node.kubernetes.io/unschedulable';
    const others = objectsAt(spec, 'taints').filter((taint) => taint['key'] !== key);
    const taints = spec['unschedulable'] === true ? [...others, { key, effect: 'NoSchedule' }] : others;
    return { ...next, spec: taints.length === 0 ? withoutTaints(spec) : { ...spec, taints } };
  },
};

function withoutTaints(spec: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(spec).filter(([name]) => name !== 'taints'));
}

/** pkg/registry/core/configmap/strategy.go, 1.37 */
const configMap: Strategy = {
  ...plain,
  validateCreate: (object) => [...validateMetaOnCreate(object, 'subdomain'), ...validateConfigMap(object)],
  validateUpdate: (next, current) => [
    ...validateMetaOnUpdate(next, current),
    ...validateConfigMapUpdate(next, current),
  ],
};

/** pkg/registry/core/secret/strategy.go, 1.37 */
const secret: Strategy = {
  ...plain,
  applyDefaults: defaultSecret,
  validateCreate: (object) => [...validateMetaOnCreate(object, 'subdomain'), ...validateSecret(object)],
  validateUpdate: (next, current) => [...validateMetaOnUpdate(next, current), ...validateSecretUpdate(next, current)],
};

export const STRATEGIES: Readonly<Record<ResourceName, Strategy>> = {
  daemonsets: daemonSet,
  pods: pod,
  namespaces: namespace,
  nodes: node,
  events: named('subdomain'),
  configmaps: configMap,
  secrets: secret,
  controllerrevisions: named('subdomain'),
};
