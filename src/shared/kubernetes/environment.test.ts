import { describe, expect, it } from 'vitest';
import type { ConfigAnswers } from './config-read.ts';
import { containerEnvironments } from './env-source.ts';
import {
  type EnvInput,
  type EnvRow,
  needsAllocatable,
  referencedConfig,
  requiredConfig,
  resolveEnvironment,
} from './environment.ts';

const ANSWERS: ConfigAnswers = {
  configMaps: new Map([
    ['settings', { state: 'read', values: { LEVEL: 'info', HOST: 'db' }, binaryKeys: ['logo'] }],
    ['gone', { state: 'missing' }],
    ['closed', { state: 'unreadable', why: 'You may not get configmaps.' }],
  ]),
  secrets: new Map([
    ['api', { state: 'read', keys: ['token'] }],
    ['shut', { state: 'unreadable', why: 'You may not get secrets.' }],
    ['gone', { state: 'missing' }],
  ]),
};

function rowsOf(container: object, more: Partial<EnvInput> = {}) {
  const containers = containerEnvironments({ containers: [{ name: 'main', ...container }] });
  const [main] = containers;
  if (main === undefined) throw new Error('no container was read');
  return resolveEnvironment({ container: main, containers, answers: ANSWERS, ...more });
}

/** "NAME=value", with what is hidden, unknown or absent in words. */
function words({ name, outcome }: EnvRow): string {
  if (outcome.state !== 'set') return `${name} ${outcome.state}`;
  const parts = outcome.parts.map((part) => {
    if (part.type === 'text') return part.text;
    return part.type === 'secret' ? `<${part.name}/${part.key}>` : `{${part.words}}`;
  });
  return `${name}=${parts.join('')}`;
}

const value = (name: string, text: string) => ({ name, value: text });
const configKey = (name: string, config: string, key: string, optional?: boolean) => ({
  name,
  valueFrom: { configMapKeyRef: { name: config, key, ...(optional === undefined ? {} : { optional }) } },
});
const secretKey = (name: string, secret: string, key: string, optional?: boolean) => ({
  name,
  valueFrom: { secretKeyRef: { name: secret, key, ...(optional === undefined ? {} : { optional }) } },
});

describe('the environment of a container', () => {
  const kinds: readonly (readonly [string, object, readonly string[]])[] = [
    ['nothing declared', {}, []],
    ['a plain value, and one that is empty', { env: [value('A', 'x'), { name: 'B' }] }, ['A=x', 'B=']],
    ['a key of a ConfigMap', { env: [configKey('A', 'settings', 'LEVEL')] }, ['A=info']],
    ['a key of a Secret, which stays a reference', { env: [secretKey('A', 'api', 'token')] }, ['A=<api/token>']],
    [
      'a key that is not there',
      { env: [configKey('A', 'settings', 'NO'), secretKey('B', 'api', 'no')] },
      ['A fails', 'B fails'],
    ],
    ['a key that is not there, optional', { env: [configKey('A', 'settings', 'NO', true)] }, ['A leftOut']],
    ['a binary key, which sets nothing', { env: [configKey('A', 'settings', 'logo')] }, ['A fails']],
    [
      'an object that is not there',
      { env: [configKey('A', 'gone', 'k'), secretKey('B', 'gone', 'k', true)] },
      ['A fails', 'B leftOut'],
    ],
    [
      'an object that may not be read',
      { env: [secretKey('A', 'shut', 'k'), value('B', 'x')] },
      ['A unreadable', 'B=x'],
    ],
    ['an object that is being read', { env: [configKey('A', 'later', 'k')] }, ['A reading']],
    [
      'whole objects, with a prefix',
      { envFrom: [{ configMapRef: { name: 'settings' } }, { prefix: 'API_', secretRef: { name: 'api' } }] },
      ['HOST=db', 'LEVEL=info', 'API_token=<api/token>'],
    ],
    [
      'whole objects whose keys are not known',
      {
        envFrom: [
          { configMapRef: { name: 'gone', optional: true } },
          { configMapRef: { name: 'gone' } },
          { prefix: 'S_', secretRef: { name: 'shut' } },
          { prefix: 'N_' },
        ],
      },
      ['* leftOut', '* fails', 'S_* unreadable', 'N_* unreadable'],
    ],
    [
      'fields of the pod, without a pod',
      { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }] },
      ['A={set for each pod}'],
    ],
    ['a value that goes before valueFrom', { env: [{ ...configKey('A', 'settings', 'LEVEL'), value: 'x' }] }, ['A=x']],
    ['a source of another kind', { env: [{ name: 'A', valueFrom: { oracleRef: {} } }] }, ['A unreadable']],
  ];
  it.each(kinds)('shows %s', (_, container, expected) => {
    expect(rowsOf(container).map(words)).toEqual(expected);
  });

  it('says of a missing object whether the container starts without it', () => {
    const [required, optional] = rowsOf({ env: [configKey('A', 'gone', 'k'), configKey('B', 'gone', 'k', true)] });
    expect(required?.outcome).toEqual({
      state: 'fails',
      why: 'There is no ConfigMap gone, and it is not optional: a new container does not start.',
    });
    expect(optional?.outcome).toEqual({
      state: 'leftOut',
      why: 'There is no ConfigMap gone. It is optional: nothing is set.',
    });
  });
});

describe('a name that is declared more than once', () => {
  const envFrom = [{ configMapRef: { name: 'settings' } }, { secretRef: { name: 'api' } }];
  const winners = (container: object) =>
    rowsOf(container).map(({ name, overriddenBy }) => `${name}${overriddenBy === undefined ? '' : `→${overriddenBy}`}`);

  it('is won by env over envFrom, and by the later of two', () => {
    expect(winners({ envFrom, env: [value('LEVEL', 'a'), value('LEVEL', 'b')] })).toEqual([
      'HOST',
      'LEVEL→4',
      'token',
      'LEVEL→4',
      'LEVEL',
    ]);
  });

  it('is won by the later envFrom', () => {
    expect(winners({ envFrom: [...envFrom.slice(0, 1), ...envFrom.slice(0, 1)] })).toEqual([
      'HOST→2',
      'LEVEL→3',
      'HOST',
      'LEVEL',
    ]);
  });

  it('keeps the former where the later one is optional and not there', () => {
    expect(winners({ envFrom, env: [configKey('LEVEL', 'gone', 'k', true)] })).toEqual([
      'HOST',
      'LEVEL',
      'token',
      'LEVEL',
    ]);
  });

  it('is never won by a whole object whose keys are not known', () => {
    const shut = { secretRef: { name: 'shut' } };
    expect(winners({ envFrom: [shut, shut] })).toEqual(['*', '*']);
  });
});

describe('$(NAME) in a value', () => {
  const expansions: readonly (readonly [string, readonly object[], readonly string[]])[] = [
    ['what was declared before', [value('A', 'x'), value('B', '$(A)/$(A)')], ['A=x', 'B=x/x']],
    ['not what comes after', [value('A', '$(B)'), value('B', 'x')], ['A=$(B)', 'B=x']],
    [
      'an expanded value as it is',
      [value('A', '$$(B)'), value('B', 'x'), value('C', '$(A)')],
      ['A=$(B)', 'B=x', 'C=$(B)'],
    ],
    ['the former value of its own name', [value('A', 'x'), value('A', '$(A):y')], ['A=x', 'A=x:y']],
    [
      'a Secret without its value',
      [secretKey('A', 'api', 'token'), value('B', 'u:$(A)@h')],
      ['A=<api/token>', 'B=u:<api/token>@h'],
    ],
    ['what cannot be known', [secretKey('A', 'shut', 'k'), value('B', '$(A)')], ['A unreadable', 'B={value of A}']],
    [
      'no optional one that is not there',
      [configKey('A', 'gone', 'k', true), value('B', '$(A)')],
      ['A leftOut', 'B=$(A)'],
    ],
    ['a Service', [value('A', '$(KUBERNETES_SERVICE_HOST)')], ['A={KUBERNETES_SERVICE_HOST, if a Service sets it}']],
  ];
  it.each(expansions)('sees %s', (_, env, expected) => {
    expect(rowsOf({ env }).map(words)).toEqual(expected);
  });

  it('sees envFrom, and names what stays as it is', () => {
    const rows = rowsOf({ envFrom: [{ configMapRef: { name: 'settings' } }], env: [value('A', '$(HOST):$(NO)')] });
    expect(rows.map(words)).toContain('A=db:$(NO)');
    expect(rows.at(-1)?.outcome).toMatchObject({ unresolved: ['NO'] });
  });

  it('leaves other Services alone where they are not linked', () => {
    const env = [value('A', '$(DB_SERVICE_HOST)'), value('B', '$(KUBERNETES_PORT_443_TCP)')];
    expect(rowsOf({ env }, { enableServiceLinks: false }).map(words)).toEqual([
      'A=$(DB_SERVICE_HOST)',
      'B={KUBERNETES_PORT_443_TCP, if a Service sets it}',
    ]);
  });
});

describe('the environment of a chosen pod', () => {
  const pod = {
    metadata: { name: 'agent-x', namespace: 'logging', uid: 'u', labels: { app: 'agent', 'a/b': 'c' } },
    spec: { nodeName: 'node-1', serviceAccountName: 'agent' },
    status: { hostIP: '10.0.0.1', podIPs: [{ ip: '10.4.0.1' }, { ip: 'fd00::1' }] },
  };
  const field = (fieldPath: string) => ({ name: 'A', valueFrom: { fieldRef: { fieldPath } } });
  const resource = (ref: object) => ({ name: 'A', valueFrom: { resourceFieldRef: ref } });
  const resources = { requests: { cpu: '250m', memory: '100Mi' }, limits: { cpu: '1500m' } };
  const cases: readonly (readonly [object, string])[] = [
    [field('metadata.name'), 'A=agent-x'],
    [field('spec.nodeName'), 'A=node-1'],
    [field("metadata.labels['a/b']"), 'A=c'],
    [field("metadata.annotations['none']"), 'A='],
    [field('status.podIPs'), 'A=10.4.0.1,fd00::1'],
    [field('status.podIP'), 'A unreadable'],
    [resource({ resource: 'limits.cpu' }), 'A=2'],
    [resource({ resource: 'requests.cpu', divisor: '1m' }), 'A=250'],
    [resource({ resource: 'requests.memory', divisor: '1Mi' }), 'A=100'],
    [resource({ resource: 'requests.memory' }), 'A=104857600'],
    [resource({ resource: 'requests.ephemeral-storage' }), 'A=0'],
    [resource({ resource: 'limits.memory' }), 'A unreadable'],
    [resource({ resource: 'limits.cpu', containerName: 'other' }), 'A unreadable'],
  ];
  it.each(cases)('resolves %j to %s', (variable, expected) => {
    expect(rowsOf({ resources, env: [variable] }, { pod }).map(words)).toEqual([expected]);
  });
});

describe('a limit that the container does not have', () => {
  const limit = (resource: string, divisor = '') => ({
    name: 'A',
    valueFrom: { resourceFieldRef: { resource, divisor } },
  });
  const pod = { spec: { nodeName: 'node-1' } };
  const allocatable = {
    state: 'read',
    nodeName: 'node-1',
    amounts: { cpu: '7920m', memory: '31000Mi', 'hugepages-2Mi': '1Gi' },
  } as const;

  it.each([
    [limit('limits.cpu'), 'A=8'],
    [limit('limits.cpu', '1m'), 'A=7920'],
    [limit('limits.memory', '1Mi'), 'A=31000'],
    [limit('limits.hugepages-2Mi'), 'A=0'],
  ])('is what the node can give, but for huge pages: %j is %s', (variable, expected) => {
    expect(rowsOf({ env: [variable] }, { pod, allocatable }).map(words)).toEqual([expected]);
  });

  it('is filled in for 0 too, and says where it is from', () => {
    const [row] = rowsOf({ resources: { limits: { cpu: '0' } }, env: [limit('limits.cpu')] }, { pod, allocatable });
    expect(row?.outcome).toMatchObject({
      parts: [{ type: 'text', text: '8' }],
      note: 'The container has no such limit: this is what node-1 can give (allocatable).',
    });
  });

  it('is the pod’s own before it is the node’s', () => {
    const own = { spec: { ...pod.spec, resources: { limits: { memory: '1Gi' } } } };
    const [row] = rowsOf({ env: [limit('limits.memory', '1Mi')] }, { pod: own, allocatable });
    expect(row?.outcome).toMatchObject({ parts: [{ text: '1024' }], note: expect.stringContaining('pod’s own') });
  });

  it('is not known while the node is not', () => {
    const outcomes = (input: Partial<EnvInput>) =>
      rowsOf({ env: [limit('limits.cpu')] }, { pod, ...input })[0]?.outcome;
    expect(outcomes({ allocatable: { state: 'reading' } })).toEqual({ state: 'reading' });
    expect(outcomes({})).toMatchObject({ why: expect.stringContaining('the pod is on no node yet') });
    const unreadable = { state: 'unreadable', why: 'You may not get nodes.' } as const;
    expect(outcomes({ allocatable: unreadable })).toMatchObject({
      why: expect.stringMatching(/You may not get nodes\.$/),
    });
    expect(outcomes({ allocatable: { ...allocatable, amounts: {} } })).toMatchObject({
      why: expect.stringContaining('node-1 does not tell its cpu'),
    });
  });

  it('is 0 of an init container that another one names', () => {
    const env = [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', containerName: 'first' } } }];
    const containers = containerEnvironments({
      initContainers: [{ name: 'first' }],
      containers: [{ name: 'main', env }],
    });
    const main = containers.find(({ name }) => name === 'main');
    if (main === undefined) throw new Error('no container was read');
    expect(resolveEnvironment({ container: main, containers, answers: ANSWERS, pod, allocatable }).map(words)).toEqual([
      'A=0',
    ]);
  });

  it('alone has the node read', () => {
    const needs = (container: object, podObject: unknown = pod) =>
      needsAllocatable(containerEnvironments({ containers: [{ name: 'main', ...container }] }), podObject);
    expect(needs({ env: [limit('limits.cpu')] })).toBe(true);
    expect(needs({ env: [limit('limits.cpu')], resources: { limits: { cpu: '1' } } })).toBe(false);
    expect(needs({ env: [limit('requests.cpu')] })).toBe(false);
    expect(needs({ env: [limit('limits.cpu')] }, { spec: { resources: { limits: { cpu: '1' } } } })).toBe(false);
  });
});

it('all kinds of containers are read, and what they refer to is named once', () => {
  const env = [configKey('A', 'settings', 'k'), configKey('B', 'settings', 'l'), secretKey('C', 'api', 'k')];
  const containers = containerEnvironments({
    initContainers: [{ name: 'first' }, { name: 'beside', restartPolicy: 'Always', env }],
    containers: [{ name: 'main', env, envFrom: [{ secretRef: { name: 'api' } }, { secretRef: { name: 'more' } }] }],
    ephemeralContainers: [{ name: 'debug' }],
  });
  expect(containers.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'first init',
    'beside sidecar',
    'main worker',
    'debug ephemeral',
  ]);
  expect(referencedConfig(containers)).toEqual({ configMaps: ['settings'], secrets: ['api', 'more'] });
  expect(containerEnvironments('odd')).toEqual([]);
});

it('what is only optional is not required, what is both is', () => {
  const optional = (name: string) => ({
    name: 'A',
    valueFrom: { configMapKeyRef: { name, key: 'k', optional: true } },
  });
  const containers = containerEnvironments({
    containers: [
      { name: 'main', env: [optional('local'), optional('settings'), configKey('B', 'settings', 'l')] },
      { name: 'other', envFrom: [{ secretRef: { name: 'api', optional: true } }, { secretRef: { name: 'more' } }] },
    ],
  });
  expect(requiredConfig(containers)).toEqual({ configMaps: ['settings'], secrets: ['more'] });
});
