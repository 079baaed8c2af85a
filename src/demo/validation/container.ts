import { compareQuantities, parseQuantity } from '../../shared/kubernetes/quantity.ts';
import type { StatusCause } from '../api/status-error.ts';
import type { JsonObject } from '../json.ts';
import { duplicate, forbidden, invalidValue, notSupported, required } from './field-error.ts';
import { dnsLabelProblems, qualifiedNameProblems } from './names.ts';
import { has, numberAt, objectAt, objectsAt, stringMapAt, textAt } from './read.ts';
import { validateMounts } from './volumes.ts';

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'] as const;
const COUNTS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const NOT_NEGATIVE = 'must be greater than or equal to 0';
const PORT_RANGE = 'must be between 1 and 65535, inclusive';
const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] as const;

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function portNameProblems(name: string): readonly string[] {
  const problems: string[] = [];
  if (name.length > 15) problems.push('must be no more than 15 characters');
  if (!/^[-a-z0-9]+$/.test(name))
    problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(name)) problems.push('must contain at least one letter (a-z)');
  if (name.includes('--')) problems.push('must not contain consecutive hyphens');
  if (name.startsWith('-') || name.endsWith('-')) problems.push('must not begin or end with a hyphen');
  return problems;
}

function validatePorts(container: JsonObject, path: string): readonly StatusCause[] {
  const names = new Set<string>();
  return objectsAt(container, 'ports').flatMap((port, index) => {
    const at = `${path}.ports[${index}]`;
    const name = textAt(port, 'name');
    const number = numberAt(port, 'containerPort') ?? 0;
    const hostPort = numberAt(port, 'hostPort') ?? 0;
    const protocol = textAt(port, 'protocol');
    const causes: StatusCause[] = [];
    if (name !== '') {
      const problems = portNameProblems(name);
      if (problems.length > 0) causes.push(...problems.map((problem) => invalidValue(`${at}.name`, name, problem)));
      else if (names.has(name)) causes.push(duplicate(`${at}.name`, name));
      names.add(name);
    }
    if (number === 0) causes.push(required(`${at}.containerPort`));
    else if (!isPort(number)) causes.push(invalidValue(`${at}.containerPort`, number, PORT_RANGE));
    if (hostPort !== 0 && !isPort(hostPort)) causes.push(invalidValue(`${at}.hostPort`, hostPort, PORT_RANGE));
    if (!PROTOCOLS.includes(protocol)) causes.push(notSupported(`${at}.protocol`, protocol, PROTOCOLS));
    return causes;
  });
}

function validateEnv(container: JsonObject, path: string): readonly StatusCause[] {
  return objectsAt(container, 'env').flatMap((entry, index) => {
    const at = `${path}.env[${index}]`;
    const name = textAt(entry, 'name');
    const causes: StatusCause[] = [];
    if (name === '') causes.push(required(`${at}.name`));
    else if (!/^[ -<>-~]+$/.test(name)) {
      const detail = "a valid environment variable name must consist only of printable ASCII characters other than '='";
      causes.push(invalidValue(`${at}.name`, name, detail));
    }
    const source = objectAt(entry, 'valueFrom');
    if (source === undefined) return causes;
    const given = SOURCES.filter((candidate) => has(source, candidate)).length;
    if (given === 0) {
      const detail =
        'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
      causes.push(invalidValue(`${at}.valueFrom`, '', detail));
    } else if (textAt(entry, 'value') !== '') {
      causes.push(invalidValue(`${at}.valueFrom`, '', 'may not be specified when `value` is not empty'));
    } else if (given > 1) {
      causes.push(invalidValue(`${at}.valueFrom`, '', 'may not have more than one field specified at a time'));
    }
    return causes;
  });
}

function validateProbe(container: JsonObject, name: string, path: string): readonly StatusCause[] {
  const probe = objectAt(container, name);
  if (probe === undefined) return [];
  const at = `${path}.${name}`;
  const [first, ...others] = HANDLERS.filter((handler) => has(probe, handler));
  const causes: StatusCause[] = others.map((other) =>
    forbidden(`${at}.${other}`, 'may not specify more than 1 handler type'),
  );
  if (first === undefined) causes.push(required(at, 'must specify a handler type'));
  else if (first === 'httpGet' || first === 'tcpSocket') {
    const port = objectAt(probe, first)?.['port'];
    if (typeof port === 'number' && !isPort(port)) causes.push(invalidValue(`${at}.${first}.port`, port, PORT_RANGE));
    if (port === undefined) causes.push(invalidValue(`${at}.${first}.port`, 0, PORT_RANGE));
  }
  for (const count of COUNTS) {
    const value = numberAt(probe, count) ?? 0;
    if (value < 0) causes.push(invalidValue(`${at}.${count}`, value, NOT_NEGATIVE));
  }
  if (name !== 'readinessProbe' && numberAt(probe, 'successThreshold') !== 1) {
    causes.push(invalidValue(`${at}.successThreshold`, numberAt(probe, 'successThreshold'), 'must be 1'));
  }
  return causes;
}

function isOvercommittable(name: string): boolean {
  return !name.startsWith('hugepages-') && (!name.includes('/') || name.includes('kubernetes.io/'));
}

function validateResources(container: JsonObject, path: string): readonly StatusCause[] {
  const resources = objectAt(container, 'resources');
  const limits = stringMapAt(resources, 'limits');
  const causes: StatusCause[] = [];
  for (const kind of ['limits', 'requests'] as const) {
    for (const [name, text] of Object.entries(stringMapAt(resources, kind))) {
      const at = `${path}.resources.${kind}[${name}]`;
      causes.push(...qualifiedNameProblems(name).map((problem) => invalidValue(at, name, problem)));
      const value = parseQuantity(text);
      if (value !== undefined && value.nanos < 0n) causes.push(invalidValue(at, text, NOT_NEGATIVE));
      if (kind === 'limits' || value === undefined) continue;
      const limitText = limits[name];
      const limit = limitText === undefined ? undefined : parseQuantity(limitText);
      const requests = `${path}.resources.requests`;
      if (limit === undefined) {
        if (!isOvercommittable(name))
          causes.push(required(`${path}.resources.limits`, 'Limit must be set for non overcommitable resources'));
      } else if (!isOvercommittable(name) && compareQuantities(value, limit) !== 0) {
        causes.push(invalidValue(requests, text, `must be equal to ${name} limit of ${limitText}`));
      } else if (compareQuantities(value, limit) > 0) {
        causes.push(invalidValue(requests, text, `must be less than or equal to ${name} limit of ${limitText}`));
      }
    }
  }
  return causes;
}

/** What containers and init containers have in common (validateContainerCommon, pkg/apis/core/validation/validation.go, 1.37). */
export function validateContainer(
  container: JsonObject,
  volumes: ReadonlySet<string>,
  path: string,
): readonly StatusCause[] {
  const name = textAt(container, 'name');
  const policy = textAt(container, 'imagePullPolicy');
  return [
    ...(name === ''
      ? [required(`${path}.name`)]
      : dnsLabelProblems(name).map((problem) => invalidValue(`${path}.name`, name, problem))),
    ...(textAt(container, 'image') === '' ? [required(`${path}.image`)] : []),
    ...validatePorts(container, path),
    ...validateEnv(container, path),
    ...validateMounts(container, volumes, path),
    ...(PULL_POLICIES.includes(policy) ? [] : [notSupported(`${path}.imagePullPolicy`, policy, PULL_POLICIES)]),
    ...validateResources(container, path),
  ];
}

export function validateProbes(container: JsonObject, path: string): readonly StatusCause[] {
  return ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((name) => validateProbe(container, name, path));
}
