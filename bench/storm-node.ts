/** A ready node as the API server lists it, in one of three zones. */
export function nodeObject(name: string, index: number) {
  const zone = `region-1${'abc'.charAt(index % 3)}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      uid: `${index.toString(16).padStart(8, '0')}-0000-4000-9000-000000000000`,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': 'm6i.2xlarge',
        'topology.kubernetes.io/region': 'region-1',
        'topology.kubernetes.io/zone': zone,
      },
    },
    spec: {},
    status: {
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }],
      nodeInfo: { kubeletVersion: 'v1.37.2' },
    },
  };
}
