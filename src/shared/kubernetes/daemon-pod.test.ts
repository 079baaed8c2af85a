import { describe, expect, it } from 'vitest';
import { daemonPod } from './daemon-pod.ts';

const containers = [{ name: 'a', image: 'a' }];

describe('a pod of a DaemonSet', () => {
  it('is the template with what the controller adds', () => {
    const template = {
      metadata: { name: 'dropped', labels: { app: 'a' }, annotations: { note: 'x' }, creationTimestamp: null },
      spec: { containers, tolerations: [{ key: 'gpu', operator: 'Exists' }], hostNetwork: true },
    };
    const pod = daemonPod({ template, name: 'agent', nodeName: 'n1', uid: 'u-1' });
    expect(pod).toMatchObject({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        generateName: 'agent-',
        labels: { app: 'a' },
        annotations: { note: 'x' },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'u-1', controller: true }],
      },
      spec: {
        containers,
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] }],
            },
          },
        },
      },
    });
    expect(pod['metadata']).not.toHaveProperty('name');
    const tolerations = (pod['spec'] as { tolerations: { key: string }[] }).tolerations.map(({ key }) => key);
    expect(tolerations).toEqual([
      'gpu',
      'node.kubernetes.io/not-ready',
      'node.kubernetes.io/unreachable',
      'node.kubernetes.io/disk-pressure',
      'node.kubernetes.io/memory-pressure',
      'node.kubernetes.io/pid-pressure',
      'node.kubernetes.io/unschedulable',
      'node.kubernetes.io/network-unavailable',
    ]);
  });

  it('of a draft has no owner, and without a known node no affinity of its own', () => {
    const pod = daemonPod({ template: { spec: { containers } }, name: 'agent' });
    expect(pod['metadata']).toEqual({ generateName: 'agent-' });
    expect(pod['spec']).not.toHaveProperty('affinity');
  });

  it('keeps the rest of the affinity, and replaces the required node affinity', () => {
    const preferred = [{ weight: 1, preference: {} }];
    const affinity = {
      podAntiAffinity: { x: 1 },
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: preferred,
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [] }] },
      },
    };
    const pod = daemonPod({ template: { spec: { containers, affinity } }, name: 'a', nodeName: 'n1' });
    expect(pod['spec']).toMatchObject({
      affinity: {
        podAntiAffinity: { x: 1 },
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: preferred,
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] }],
          },
        },
      },
    });
  });

  it('is built of odd shapes too, for the server to refuse', () => {
    expect(daemonPod({ template: { metadata: 5, spec: { tolerations: 'x', affinity: [] } }, name: 'a' })).toMatchObject(
      {
        spec: { tolerations: 'x' },
      },
    );
    expect(daemonPod({ template: {}, name: 'x'.repeat(253) })['metadata']).toEqual({ generateName: 'x'.repeat(253) });
  });
});
