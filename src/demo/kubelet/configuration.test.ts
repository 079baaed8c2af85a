import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import type { ContainerStatus, Pod } from '../objects.ts';
import { QuietCluster } from '../testing/quiet-cluster.ts';

let cluster: QuietCluster;

beforeEach(() => {
  cluster = new QuietCluster(1);
});

afterEach(() => cluster.stop());

const image = 'registry.example.com/tool:1.0';

function put(kind: 'ConfigMap' | 'Secret', name: string, data: Readonly<Record<string, string>>): void {
  const metadata = {
    name,
    namespace: 'default',
    uid: cluster.random.uid(),
    resourceVersion: '',
    creationTimestamp: '',
  };
  const object = { apiVersion: 'v1', kind, metadata, data };
  if (kind === 'ConfigMap') cluster.store.configMaps.put(object);
  else cluster.store.secrets.put({ ...object, type: 'Opaque' });
}

function createWith(container: JsonObject, podSpec: JsonObject = {}): void {
  cluster.create('agent', { containers: [{ name: 'main', image, ...container }], ...podSpec });
}

function createMounting(source: JsonObject): void {
  const volumes = [{ name: 'config', ...source }];
  createWith({ volumeMounts: [{ name: 'config', mountPath: '/etc/config' }] }, { volumes });
}

function thePod(): Pod | undefined {
  return cluster.pods('agent')[0];
}

function waitingOf(name = 'main'): ContainerStatus['state']['waiting'] {
  const { status } = thePod() ?? {};
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return all.find((entry) => entry.name === name)?.state.waiting;
}

function untilWaiting(reason: string, name = 'main'): void {
  cluster.until(() => waitingOf(name)?.reason === reason, reason);
}

function eventsOf(reason: string): readonly string[] {
  return cluster.store.events.items().flatMap((event) => (event.reason === reason ? [event.message] : []));
}

function sandboxOf(): unknown {
  return thePod()?.status.conditions?.find(({ type }) => type === 'PodReadyToStartContainers');
}

const key = (kind: string, more: JsonObject = {}): JsonObject => ({
  env: [{ name: 'A', valueFrom: { [`${kind}KeyRef`]: { name: 'settings', key: 'a', ...more } } }],
});

describe('a pod whose environment names what is not there', () => {
  it.each([
    ['a key of a ConfigMap', key('configMap'), 'configmap "settings" not found'],
    ['a key of a Secret', key('secret'), 'secret "settings" not found'],
    ['a whole ConfigMap', { envFrom: [{ configMapRef: { name: 'settings' } }] }, 'configmap "settings" not found'],
    ['a whole Secret', { envFrom: [{ secretRef: { name: 'settings' } }] }, 'secret "settings" not found'],
  ])('%s waits as CreateContainerConfigError, in a sandbox', (_what, container, message) => {
    createWith(container);
    untilWaiting('CreateContainerConfigError');
    expect(waitingOf()).toEqual({ reason: 'CreateContainerConfigError', message });
    expect(thePod()?.status.phase).toBe('Pending');
    expect(sandboxOf()).toMatchObject({ status: 'True' });
    expect(eventsOf('Failed')).toEqual([`Error: ${message}`]);
    expect(eventsOf('Started')).toEqual([]);
  });

  it.each([
    ['ConfigMap', 'configMap'],
    ['Secret', 'secret'],
  ] as const)('a %s without the key is named with it', (kind, field) => {
    put(kind, 'settings', { b: '' });
    createWith(key(field));
    untilWaiting('CreateContainerConfigError');
    expect(waitingOf()?.message).toBe(`couldn't find key a in ${kind} default/settings`);
  });

  it('starts within 15 s after it was made, and says until then what it waits for', () => {
    createWith(key('configMap'));
    untilWaiting('CreateContainerConfigError');
    cluster.clock.advance(60_000);
    expect(cluster.store.events.items().find(({ reason }) => reason === 'Failed')?.count).toBeGreaterThan(3);
    put('ConfigMap', 'settings', { a: '1' });
    cluster.clock.advance(15_000);
    expect(thePod()?.status.containerStatuses?.[0]?.state.running).toBeDefined();
    cluster.untilRolledOut('agent');
  });

  it('starts without it where it is optional', () => {
    createWith({
      ...key('configMap', { optional: true }),
      envFrom: [{ secretRef: { name: 'none', optional: true } }],
    });
    cluster.untilRolledOut('agent');
  });

  it('has its other containers running, and is Pending', () => {
    createWith(
      {},
      {
        containers: [
          { name: 'main', image, ...key('configMap') },
          { name: 'side', image },
        ],
      },
    );
    untilWaiting('CreateContainerConfigError');
    expect(thePod()?.status.containerStatuses?.[1]).toMatchObject({ name: 'side', started: true });
    expect(thePod()?.status.phase).toBe('Pending');
    put('ConfigMap', 'settings', { a: '1' });
    cluster.untilRolledOut('agent');
    expect(thePod()?.status.containerStatuses?.map(({ restartCount }) => restartCount)).toEqual([0, 0]);
  });

  it('of an init container waits there', () => {
    createWith({}, { initContainers: [{ name: 'first', image, ...key('secret') }] });
    untilWaiting('CreateContainerConfigError', 'first');
    expect(waitingOf()?.reason).toBe('PodInitializing');
    put('Secret', 'settings', { a: 'MQ==' });
    cluster.untilRolledOut('agent');
  });
});

describe('a pod whose volume names what is not there', () => {
  it.each([
    ['a ConfigMap', { configMap: { name: 'absent' } }, 'configmap "absent" not found'],
    ['a Secret', { secret: { secretName: 'absent' } }, 'secret "absent" not found'],
    ['a projection of one', { projected: { sources: [{ secret: { name: 'absent' } }] } }, 'secret "absent" not found'],
    [
      'a projection of two',
      { projected: { sources: [{ configMap: { name: 'a' } }, { secret: { name: 'b' } }] } },
      '[configmap "a" not found, secret "b" not found]',
    ],
    [
      'a key of a ConfigMap',
      { configMap: { name: 'there', items: [{ key: 'b', path: 'b' }] } },
      'configmap references non-existent config key: b',
    ],
    [
      'a key of a Secret',
      { secret: { secretName: 'there', items: [{ key: 'b', path: 'b' }] } },
      'references non-existent secret key: b',
    ],
  ])('%s has no sandbox, and an event names the volume', (_what, source, problem) => {
    put('ConfigMap', 'there', { a: '' });
    put('Secret', 'there', { a: '' });
    createMounting(source);
    untilWaiting('ContainerCreating');
    cluster.clock.advance(60_000);
    expect(waitingOf()).toEqual({ reason: 'ContainerCreating' });
    expect(sandboxOf()).toMatchObject({ status: 'False', reason: 'PodSandboxNotReady' });
    expect(eventsOf('FailedMount')).toEqual([`MountVolume.SetUp failed for volume "config" : ${problem}`]);
    expect(cluster.store.events.items().find(({ reason }) => reason === 'FailedMount')?.count).toBeGreaterThan(3);
  });

  it('starts after it was made', () => {
    createMounting({ configMap: { name: 'late' } });
    untilWaiting('ContainerCreating');
    cluster.clock.advance(5_000);
    put('ConfigMap', 'late', {});
    cluster.untilRolledOut('agent');
  });

  it('starts without it where it is optional, or mounted by nobody', () => {
    createMounting({ secret: { secretName: 'absent', optional: true } });
    cluster.untilRolledOut('agent');
    cluster.create('other', { volumes: [{ name: 'config', configMap: { name: 'absent' } }] });
    cluster.untilRolledOut('other');
  });
});

it('a pull secret that is not there is named only when a pull fails', () => {
  const podSpec = { imagePullSecrets: [{ name: 'login' }] };
  cluster.create('well', podSpec);
  cluster.untilRolledOut('well');
  expect(eventsOf('FailedToRetrieveImagePullSecret')).toEqual([]);
  cluster.create('agent', podSpec, {}, { annotations: { 'everynode.demo/behaviour': 'image-pull-failure' } });
  untilWaiting('ImagePullBackOff');
  expect(eventsOf('FailedToRetrieveImagePullSecret')).toEqual([
    'Unable to retrieve some image pull secrets (login); attempting to pull the image may not succeed.',
  ]);
});
