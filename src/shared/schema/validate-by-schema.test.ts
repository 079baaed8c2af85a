import { describe, expect, it } from 'vitest';
import { BUNDLED_SCHEMA } from '../../core/services/schema/bundled-schema.ts';
import { decodingCauses } from '../kubernetes/decoding-causes.ts';
import { realWorldManifests, daemonSetOf } from '../../../tests/manifests/real-world.ts';
import type { ApiSchema } from './api-schema.ts';
import { closestName } from './closest-name.ts';
import { validateBySchema } from './validate-by-schema.ts';

const schema = JSON.parse(BUNDLED_SCHEMA) as ApiSchema;
const manifests = await realWorldManifests();

function aDaemonSet(podSpec: object, spec: object = {}): object {
  const metadata = { labels: { app: 'a' } };
  const template = { metadata, spec: { containers: [{ name: 'a', image: 'a' }], ...podSpec } };
  return { apiVersion: 'apps/v1', kind: 'DaemonSet', spec: { selector: {}, template, ...spec } };
}

const find = (value: unknown, exact = true) =>
  validateBySchema(schema, value, { exact }).map(({ path, message }) => `${path}: ${message}`);
const container = (more: object) => aDaemonSet({ containers: [{ name: 'a', ...more }] });
const HERE = 'spec.template.spec.containers[0]';

describe('an object that fits', () => {
  it('has no findings', () => {
    expect(find(aDaemonSet({ hostNetwork: true, tolerations: [{ operator: 'Exists' }] }))).toEqual([]);
  });

  it('may have null anywhere, which the server reads as absent', () => {
    expect(find(aDaemonSet({ volumes: null, nodeSelector: null, containers: [{ name: 'a', env: [null] }] }))).toEqual(
      [],
    );
  });

  it.each(manifests.filter(({ newerFields }) => newerFields.length === 0))('is $file', ({ text }) => {
    expect(find(daemonSetOf(text))).toEqual([]);
  });
});

describe('an unknown field', () => {
  it('is an error in the server’s words where the schema is the server’s own', () => {
    expect(validateBySchema(schema, aDaemonSet({}, { replicas: 3 }), { exact: true })).toEqual([
      { path: 'spec.replicas', message: 'unknown field', severity: 'error' },
    ]);
    expect(decodingCauses('strict decoding error: unknown field "spec.replicas"')).toEqual([
      { path: 'spec.replicas', message: 'unknown field' },
    ]);
  });

  it('is a hint where the server may be newer than the schema', () => {
    expect(validateBySchema(schema, aDaemonSet({}, { replicas: 3 }), { exact: false })).toEqual([
      { path: 'spec.replicas', message: 'not known to Kubernetes v1.37.2: newer, or misspelt', severity: 'hint' },
    ]);
  });

  it('is told which one may be meant', () => {
    expect(find(container({ imagepullpolicy: 'Always' }))).toEqual([
      `${HERE}.imagepullpolicy: unknown field; is imagePullPolicy meant?`,
    ]);
    expect(find(aDaemonSet({ tolertaions: [] }), false)).toEqual([
      'spec.template.spec.tolertaions: unknown field; is tolerations meant?',
    ]);
  });

  it('is not taken for a field of Object.prototype', () => {
    expect(find(aDaemonSet({ constructor: 'x' }))).toEqual(['spec.template.spec.constructor: unknown field']);
  });

  it.each(manifests.filter(({ newerFields }) => newerFields.length > 0))(
    'in $file is what its index names',
    ({ text, newerFields }) => {
      const findings = validateBySchema(schema, daemonSetOf(text), { exact: false });
      expect(findings.map(({ path }) => path)).toEqual(newerFields);
      expect(findings.every(({ severity }) => severity === 'hint')).toBe(true);
    },
  );
});

describe('a wrong type', () => {
  it.each([
    [
      'a string for a number',
      aDaemonSet({}, { minReadySeconds: '5' }),
      'spec.minReadySeconds: a string stands where a whole number is wanted',
    ],
    [
      'a fraction',
      aDaemonSet({}, { minReadySeconds: 1.5 }),
      'spec.minReadySeconds: a number stands where a whole number is wanted',
    ],
    [
      'a number beyond int32',
      aDaemonSet({}, { minReadySeconds: 2 ** 31 }),
      'spec.minReadySeconds: a number stands where a whole number is wanted',
    ],
    ['a number for a string', container({ image: 5 }), `${HERE}.image: a number stands where a string is wanted`],
    [
      'a bool for a string',
      container({ env: [{ name: 'A', value: true }] }),
      `${HERE}.env[0].value: a bool stands where a string is wanted`,
    ],
    [
      'a string for a bool',
      aDaemonSet({ hostNetwork: 'yes' }),
      'spec.template.spec.hostNetwork: a string stands where true or false is wanted',
    ],
    [
      'a map for a list',
      aDaemonSet({ tolerations: {} }),
      'spec.template.spec.tolerations: an object stands where a list is wanted',
    ],
    [
      'a list for a map',
      aDaemonSet({ nodeSelector: [] }),
      'spec.template.spec.nodeSelector: an array stands where a map is wanted',
    ],
    [
      'a string for an object',
      container({ securityContext: 'x' }),
      `${HERE}.securityContext: a string stands where an object (SecurityContext) is wanted`,
    ],
    [
      'a bool for a port',
      container({ livenessProbe: { tcpSocket: { port: true } } }),
      `${HERE}.livenessProbe.tcpSocket.port: a bool stands where a whole number or a string is wanted`,
    ],
    [
      'a value of a map',
      aDaemonSet({ nodeSelector: { 'a/b': 1 } }),
      'spec.template.spec.nodeSelector[a/b]: a number stands where a string is wanted',
    ],
  ])('is said for %s', (_what, value, finding) => {
    expect(find(value)).toEqual([finding]);
  });

  it('is worded as what the server answers is worded', () => {
    const said = 'json: cannot unmarshal string into Go struct field DaemonSetSpec.spec.minReadySeconds of type int32';
    expect(decodingCauses(said).map(({ path, message }) => `${path}: ${message}`)).toEqual(
      find(aDaemonSet({}, { minReadySeconds: '5' })),
    );
  });

  it('is none for integers beyond 2^53, which a manifest keeps as bigint', () => {
    expect(find(container({ securityContext: { runAsUser: 2n ** 60n } }))).toEqual([]);
  });
});

describe('values', () => {
  it('outside an enum are refused in the server’s words', () => {
    expect(find(container({ ports: [{ containerPort: 1, protocol: 'HTTP' }] }))).toEqual([
      `${HERE}.ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"`,
    ]);
  });

  it('of quantities are read as the API reads them', () => {
    expect(find(container({ resources: { limits: { cpu: 1, memory: '1Gi', 'a/b': '2' } } }))).toEqual([]);
    expect(find(container({ resources: { limits: { memory: '1 GB' } } }))[0]).toMatch(
      /resources\.limits\[memory\]: quantities must match/,
    );
  });

  it('that are required and missing are named by the field that is wanted', () => {
    expect(find({ spec: {} })).toEqual(['spec.selector: Required value', 'spec.template: Required value']);
    expect(find(container({ name: undefined }))).toEqual([`${HERE}.name: Required value`]);
  });

  it('of a list’s key are there once', () => {
    const twice = [{ name: 'a' }, { name: 'a' }];
    expect(find(aDaemonSet({ containers: twice }))).toEqual(['spec.template.spec.containers[1]: Duplicate value: "a"']);
    const ports = [
      { containerPort: 53, protocol: 'TCP' },
      { containerPort: 53, protocol: 'UDP' },
      { containerPort: 53, protocol: 'TCP' },
    ];
    expect(find(container({ ports }))).toEqual([
      `${HERE}.ports[2]: Duplicate value: {"containerPort":53,"protocol":"TCP"}`,
    ]);
  });

  it('are told of at most two hundred times', () => {
    const env = Array.from({ length: 1000 }, () => ({ value: 1 }));
    expect(find(container({ env }))).toHaveLength(200);
  });
});

describe('the closest name', () => {
  it.each([
    ['hostnetwork', ['hostNetwork', 'hostPID'], 'hostNetwork'],
    ['imgae', ['image', 'name'], 'image'],
    ['evn', ['env', 'name'], 'env'],
    ['xyz', ['env', 'name'], undefined],
    ['cat', ['bat', 'rat'], undefined],
    ['', ['a', 'b'], undefined],
  ])('of %j among %j is %j', (name, names, closest) => {
    expect(closestName(name, names)).toBe(closest);
  });
});
