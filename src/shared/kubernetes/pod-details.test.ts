import { describe, expect, it } from 'vitest';
import { conditionViews, podDetails } from './pod-details.ts';

const POD = {
  metadata: { ownerReferences: [{ kind: 'DaemonSet', name: 'agent', uid: 'u', controller: true }] },
  spec: {
    priority: 0,
    priorityClassName: 'low',
    nodeSelector: { gpu: 'yes' },
    serviceAccountName: 'agent',
    tolerations: [
      { key: 'dedicated', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
      { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
      { operator: 'Exists' },
      { operator: 'Exists', effect: 'NoExecute' },
      { key: 'spot', operator: 'Exists' },
    ],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-1'] }] },
            { matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['b', 'a'] }] },
          ],
        },
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 5, preference: { matchExpressions: [{ key: 'ssd', operator: 'Exists' }] } },
        ],
      },
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'kubernetes.io/hostname' },
        ],
      },
    },
    volumes: [
      { name: 'varlog', hostPath: { path: '/var/log', type: 'Directory' } },
      { name: 'scratch', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
      { name: 'tls', secret: { secretName: 'tls', optional: true } },
      {
        name: 'api',
        projected: {
          sources: [{ serviceAccountToken: {} }, { configMap: { name: 'root-ca' } }, { secret: { name: 's' } }],
        },
      },
      { name: 'disk', rbd: { image: 'x' } },
      { name: 'bare' },
    ],
    initContainers: [{ name: 'setup', volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }] }],
    containers: [
      {
        name: 'main',
        volumeMounts: [
          { name: 'varlog', mountPath: '/var/log' },
          { name: 'scratch', mountPath: '/scratch' },
        ],
        volumeDevices: [{ name: 'disk', devicePath: '/dev/xvda' }],
      },
    ],
  },
  status: { qosClass: 'Burstable', reason: 'Evicted', message: 'low on memory', startTime: '2026-01-01T00:00:00Z' },
};

describe('what a pod’s page shows', () => {
  const details = podDetails(POD);

  it('is its owner, its class of service and why it ended, as the server says', () => {
    expect(details).toMatchObject({
      owner: { kind: 'DaemonSet', name: 'agent', uid: 'u' },
      qosClass: 'Burstable',
      statusReason: 'Evicted',
      statusMessage: 'low on memory',
      priority: 0,
      priorityClassName: 'low',
      nodeSelector: { gpu: 'yes' },
    });
  });

  it('is each volume with its source and who mounts it where', () => {
    expect(details.volumes).toEqual([
      { name: 'varlog', source: 'host path /var/log (Directory)', mountedBy: ['main at /var/log'] },
      {
        name: 'scratch',
        source: 'empty directory (Memory, up to 64Mi)',
        mountedBy: ['setup at /tmp', 'main at /scratch'],
      },
      { name: 'tls', source: 'Secret tls (optional)', mountedBy: [] },
      { name: 'api', source: 'projected: service account token, ConfigMap root-ca, Secret s', mountedBy: [] },
      { name: 'disk', source: 'rbd', mountedBy: ['main at /dev/xvda'] },
      { name: 'bare', source: 'empty directory', mountedBy: [] },
    ]);
  });

  it('is what it tolerates, and what its affinity asks for', () => {
    expect(details.tolerations).toEqual([
      'dedicated=gpu:NoSchedule',
      'node.kubernetes.io/not-ready:NoExecute for 300 s',
      'every taint',
      'every taint with effect NoExecute',
      'spot (every effect)',
    ]);
    expect(details.affinity).toEqual([
      'must run on a node with metadata.name=node-1, or zone notin (a,b)',
      'prefers a node with ssd (weight 5)',
      'must run away from pods with app=web in the same kubernetes.io/hostname',
    ]);
  });

  it('is nothing for an odd object, and never an error', () => {
    for (const odd of [undefined, null, 3, { spec: [], status: 'x', metadata: { ownerReferences: {} } }]) {
      expect(podDetails(odd)).toEqual({
        volumes: [],
        nodeSelector: {},
        tolerations: [],
        affinity: [],
        hostNetwork: false,
      });
    }
  });

  it('has each condition with its time', () => {
    const condition = {
      type: 'Ready',
      status: 'False',
      reason: 'r',
      message: 'm',
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    expect(conditionViews({ conditions: [condition, {}] })).toEqual([
      { type: 'Ready', status: 'False', reason: 'r', message: 'm', since: '2026-01-01T00:00:00Z' },
      { type: '', status: 'Unknown' },
    ]);
  });
});
