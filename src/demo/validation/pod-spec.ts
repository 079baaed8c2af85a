import type { StatusCause } from '../api/status-error.ts';
import type { JsonObject } from '../json.ts';
import { validateContainer, validateProbes } from './container.ts';
import { duplicate, forbidden, invalidValue, notSupported, required } from './field-error.ts';
import { dnsSubdomainProblems } from './names.ts';
import { has, numberAt, objectsAt, textAt } from './read.ts';
import { validateScheduling } from './scheduling.ts';
import { validateVolumes } from './volumes.ts';

const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const WITHOUT_RESTART = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;

function hostPortConflicts(containers: readonly JsonObject[], path: string): readonly StatusCause[] {
  const taken = new Set<string>();
  return containers.flatMap((container, index) =>
    objectsAt(container, 'ports').flatMap((port, at) => {
      const number = numberAt(port, 'hostPort') ?? 0;
      if (number === 0) return [];
      const text = `${textAt(port, 'protocol')}/${textAt(port, 'hostIP')}/${number}`;
      if (taken.has(text)) return [duplicate(`${path}[${index}].ports[${at}].hostPort`, text)];
      taken.add(text);
      return [];
    }),
  );
}

function validateContainers(spec: JsonObject, volumes: ReadonlySet<string>, path: string): readonly StatusCause[] {
  const containers = objectsAt(spec, 'containers');
  if (containers.length === 0) return [required(path)];
  const names = new Set<string>();
  const each = containers.flatMap((container, index) => {
    const at = `${path}[${index}]`;
    const name = textAt(container, 'name');
    const repeated = names.has(name);
    names.add(name);
    return [
      ...validateContainer(container, volumes, at),
      ...(repeated ? [duplicate(`${at}.name`, name)] : []),
      ...validateProbes(container, at),
    ];
  });
  return [...each, ...hostPortConflicts(containers, path)];
}

function validateInitContainers(spec: JsonObject, volumes: ReadonlySet<string>, path: string): readonly StatusCause[] {
  const names = new Set(objectsAt(spec, 'containers').map((container) => textAt(container, 'name')));
  return objectsAt(spec, 'initContainers').flatMap((container, index) => {
    const at = `${path}[${index}]`;
    const name = textAt(container, 'name');
    const repeated = names.has(name);
    names.add(name);
    const sidecar = textAt(container, 'restartPolicy') === 'Always';
    const refused = sidecar ? [] : WITHOUT_RESTART.filter((field) => has(container, field));
    return [
      ...validateContainer(container, volumes, at),
      ...(repeated ? [duplicate(`${at}.name`, name)] : []),
      ...refused.map((field) =>
        forbidden(`${at}.${field}`, 'may not be set for init containers without restartPolicy=Always'),
      ),
      ...(sidecar ? validateProbes(container, at) : []),
    ];
  });
}

/** A pod spec, after defaults (ValidatePodSpec, pkg/apis/core/validation/validation.go, 1.37); what the demo does not simulate is not checked. */
export function validatePodSpec(spec: JsonObject, path: string): readonly StatusCause[] {
  const { names, causes } = validateVolumes(spec, path);
  const restartPolicy = textAt(spec, 'restartPolicy');
  const dnsPolicy = textAt(spec, 'dnsPolicy');
  const account = textAt(spec, 'serviceAccountName');
  return [
    ...causes,
    ...validateContainers(spec, names, `${path}.containers`),
    ...validateInitContainers(spec, names, `${path}.initContainers`),
    ...(RESTART_POLICIES.includes(restartPolicy)
      ? []
      : [notSupported(`${path}.restartPolicy`, restartPolicy, RESTART_POLICIES)]),
    ...(DNS_POLICIES.includes(dnsPolicy) ? [] : [notSupported(`${path}.dnsPolicy`, dnsPolicy, DNS_POLICIES)]),
    ...(account === ''
      ? []
      : dnsSubdomainProblems(account).map((p) => invalidValue(`${path}.serviceAccountName`, account, p))),
    ...validateScheduling(spec, path),
  ];
}
