import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDaemonSetRow } from './daemonset-row.ts';
import { toWarningEvent } from './event.ts';
import { toNodeRow } from './node-row.ts';
import { ownerOf } from './owner.ts';
import { toPodRow } from './pod-row.ts';
import { ROW_READERS } from './row-readers.ts';

const DAEMONSET = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: {
    name: 'agent',
    namespace: 'logging',
    uid: 'uid-1',
    resourceVersion: '9',
    generation: 4,
    creationTimestamp: '2026-01-01T00:00:00Z',
    labels: { team: 'ops' },
    annotations: {
      'kubesphere.io/alias-name': 'Log agent',
      'kubesphere.io/description': 'Ships logs',
      'deprecated.daemonset.template.generation': '3',
    },
    managedFields: [{ manager: 'kubectl' }],
  },
  spec: {
    minReadySeconds: 5,
    revisionHistoryLimit: 4,
    selector: {
      matchLabels: { app: 'agent' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['node'] },
        { key: 'x', operator: 'Resembles' },
      ],
    },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%', maxSurge: 0 } },
    template: {
      metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T10:00:00Z' } },
      spec: {
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        containers: [{ image: 'agent:1' }, { image: 'sidecar:2' }],
        initContainers: [{ image: 'init:3' }],
      },
    },
  },
  status: {
    observedGeneration: 3,
    desiredNumberScheduled: 24,
    currentNumberScheduled: 23,
    numberReady: 22,
    updatedNumberScheduled: 21,
    numberAvailable: 20,
    numberMisscheduled: 1,
  },
};

describe('a DaemonSet’s row', () => {
  it('holds what the list shows', () => {
    expect(toDaemonSetRow(DAEMONSET)).toEqual({
      uid: 'uid-1',
      name: 'agent',
      namespace: 'logging',
      resourceVersion: '9',
      alias: 'Log agent',
      description: 'Ships logs',
      labels: { team: 'ops' },
      creationTimestamp: '2026-01-01T00:00:00Z',
      generation: 4,
      observedGeneration: 3,
      desired: 24,
      current: 23,
      ready: 22,
      updated: 21,
      available: 20,
      misscheduled: 1,
      strategy: { type: 'RollingUpdate', maxUnavailable: '10%', maxSurge: 0 },
      minReadySeconds: 5,
      revisionHistoryLimit: 4,
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      selector: {
        matchLabels: { app: 'agent' },
        matchExpressions: [{ key: 'tier', operator: 'In', values: ['node'] }],
      },
      images: ['agent:1', 'sidecar:2', 'init:3'],
      restartedAt: '2026-01-01T10:00:00Z',
      templateGeneration: 3,
    });
  });

  it('has the API’s defaults where the object is silent', () => {
    const row = toDaemonSetRow({ metadata: { name: 'bare' } });
    expect(row.strategy).toEqual({ type: 'RollingUpdate', maxUnavailable: 1, maxSurge: 0 });
    expect(row).toMatchObject({ desired: 0, images: [], selector: {}, minReadySeconds: 0 });
    expect(toDaemonSetRow({ spec: { updateStrategy: { type: 'OnDelete' } } }).strategy).toEqual({ type: 'OnDelete' });
  });

  it('stays small: no managedFields, about half a kilobyte', () => {
    expect(JSON.stringify(toDaemonSetRow(DAEMONSET)).length).toBeLessThan(900);
  });
});

describe('the owner', () => {
  const controller = { kind: 'NodeFeatureDiscovery', name: 'nfd', uid: 'u', controller: true };
  it.each([
    ['a controller', { ownerReferences: [{ kind: 'X', name: 'x' }, controller] }, 'NodeFeatureDiscovery nfd'],
    [
      'Helm',
      {
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: { 'meta.helm.sh/release-name': 'logging' },
      },
      'Helm logging',
    ],
    [
      'Argo CD by tracking id',
      { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/DaemonSet:ns/agent' } },
      'Argo CD shop',
    ],
    ['Argo CD by label', { labels: { 'argocd.argoproj.io/instance': 'shop' } }, 'Argo CD shop'],
    ['Flux Kustomization', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'infra' } }, 'Flux Kustomization infra'],
    [
      'Flux, which installs by Helm',
      {
        labels: { 'helm.toolkit.fluxcd.io/name': 'agent', 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: { 'meta.helm.sh/release-name': 'agent' },
      },
      'Flux HelmRelease agent',
    ],
    ['OLM', { labels: { 'olm.owner': 'nfd.v4' } }, 'OLM nfd.v4'],
    ['nobody', { labels: { 'app.kubernetes.io/managed-by': 'hand' } }, undefined],
    ['nobody: a plain reference does not control', { ownerReferences: [{ kind: 'X', name: 'x' }] }, undefined],
  ])('is %s', (_who, metadata, expected) => {
    const owner = ownerOf(metadata);
    expect(owner && `${owner.kind} ${owner.name}`).toBe(expected);
  });
});

describe('a pod’s row', () => {
  it('shows conditions that are not met or not standard, and every container in spec order', () => {
    const row = toPodRow({
      metadata: {
        name: 'agent-x',
        uid: 'p',
        labels: { 'controller-revision-hash': 'abc' },
        ownerReferences: [{ uid: 'uid-1', controller: true }],
      },
      spec: {
        nodeName: 'node-1',
        containers: [{ name: 'main' }, { name: 'extra' }],
        initContainers: [{ name: 'setup' }, { name: 'proxy', restartPolicy: 'Always' }],
      },
      status: {
        phase: 'Running',
        hostIP: '10.0.0.1',
        podIPs: [{ ip: '10.1.0.1' }, { ip: 'fd00::1' }],
        conditions: [
          { type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:09Z' },
          { type: 'Initialized', status: 'False', reason: 'ContainersNotInitialized', message: 'setup' },
          { type: 'example.com/gate', status: 'True' },
        ],
        initContainerStatuses: [
          { name: 'setup', restartCount: 0, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
        ],
        containerStatuses: [
          {
            name: 'extra',
            restartCount: 2,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { exitCode: 137 } },
          },
          { name: 'main', ready: true, restartCount: 0, state: { running: {} } },
        ],
      },
    });
    expect(row).toMatchObject({
      ownerUid: 'uid-1',
      ready: true,
      readySince: '2026-01-01T00:00:09Z',
      nodeName: 'node-1',
      hostIP: '10.0.0.1',
      podIP: '10.1.0.1',
      revisionHash: 'abc',
    });
    expect(row.conditions.map((condition) => condition.type)).toEqual(['Initialized', 'example.com/gate']);
    expect(row.containers).toEqual([
      { name: 'setup', kind: 'init', ready: false, restarts: 0, state: 'Completed', lastExitCode: 0 },
      { name: 'proxy', kind: 'sidecar', ready: false, restarts: 0, state: 'waiting' },
      { name: 'main', kind: 'worker', ready: true, restarts: 0, state: 'running' },
      { name: 'extra', kind: 'worker', ready: false, restarts: 2, state: 'CrashLoopBackOff', lastExitCode: 137 },
    ]);
  });
});

describe('a node’s row', () => {
  it('holds what decides over its pods', () => {
    const row = toNodeRow({
      metadata: { name: 'node-1', uid: 'n', labels: { zone: 'a' } },
      spec: {
        unschedulable: true,
        taints: [
          { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
          { key: 'k', effect: 'NoExecute' },
        ],
      },
      status: { conditions: [{ type: 'Ready', status: 'True' }], nodeInfo: { kubeletVersion: 'v1.37.2' } },
    });
    expect(row).toMatchObject({ unschedulable: true, ready: true, kubeletVersion: 'v1.37.2', labels: { zone: 'a' } });
    expect(row.taints).toEqual([
      { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
      { key: 'k', effect: 'NoExecute' },
    ]);
  });
});

describe('an event', () => {
  it('is read in the old style and in the new', () => {
    const old = toWarningEvent({
      reason: 'FailedMount',
      message: 'm',
      type: 'Warning',
      involvedObject: { name: 'agent-x' },
      lastTimestamp: '2026-01-01T00:00:05Z',
      count: 4,
    });
    expect(old).toEqual({
      reason: 'FailedMount',
      message: 'm',
      type: 'Warning',
      involvedName: 'agent-x',
      lastSeen: Date.parse('2026-01-01T00:00:05Z'),
      count: 4,
    });
    const series = { lastObservedTime: '2026-01-01T00:00:09.000001Z', count: 7 };
    const fresh = toWarningEvent({
      note: 'n',
      regarding: { name: 'x' },
      eventTime: '2026-01-01T00:00:01Z',
      lastTimestamp: null,
      series,
    });
    expect(fresh).toMatchObject({
      message: 'n',
      involvedName: 'x',
      count: 7,
      lastSeen: Date.parse('2026-01-01T00:00:09Z'),
    });
    expect(toWarningEvent(undefined)).toMatchObject({ reason: '', lastSeen: 0, count: 1 });
  });
});

describe('any JSON at all', () => {
  it('becomes a row of every kind without a throw', () => {
    const odd = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.constantFrom(null, 0, '', true),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'metadata',
            'spec',
            'status',
            'template',
            'containers',
            'containerStatuses',
            'state',
            'terminated',
            '__proto__',
            'constructor',
            'labels',
          ),
          tie('value'),
          { maxKeys: 4 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(odd, (raw) => {
        for (const read of Object.values(ROW_READERS)) expect(typeof read(raw).name).toBe('string');
      }),
    );
  });
});

describe('the node that a pending pod was made for', () => {
  const pending = (nodeName?: string) => ({
    spec: {
      ...(nodeName === undefined ? {} : { nodeName }),
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-7'] }] }],
          },
        },
      },
    },
  });

  it('is read from its affinity, until it has a node of its own', () => {
    expect(toPodRow(pending()).targetNodeName).toBe('node-7');
    expect(toPodRow(pending('node-7')).targetNodeName).toBeUndefined();
    expect(toPodRow({ spec: {} }).targetNodeName).toBeUndefined();
  });
});
