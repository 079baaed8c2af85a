import { expect, it } from 'vitest';
import { filterEntries, metadataOf } from './metadata-model.ts';

const DAEMON_SET = {
  metadata: {
    uid: 'u-1',
    resourceVersion: '42',
    generation: 3,
    creationTimestamp: '2026-01-01T00:00:00Z',
    labels: { app: 'agent', team: 'core' },
    annotations: { note: '' },
    ownerReferences: [{ kind: 'Agent', name: 'a', uid: 'o-1', controller: true }],
    finalizers: ['example.com/hold'],
    managedFields: [
      { manager: 'kubectl', operation: 'Apply', time: '2026-01-01T00:00:00Z' },
      { manager: 'kube-controller-manager', operation: 'Update', subresource: 'status', time: '2026-01-02T00:00:00Z' },
    ],
  },
  spec: { template: { metadata: { labels: { app: 'agent', tier: 'node' } } } },
  status: { observedGeneration: 2 },
};

it('puts what the DaemonSet and its pods have side by side', () => {
  const { labels, annotations } = metadataOf(DAEMON_SET);
  expect(labels).toEqual([
    { key: 'app', own: 'agent', template: 'agent' },
    { key: 'team', own: 'core' },
    { key: 'tier', template: 'node' },
  ]);
  expect(annotations).toEqual([{ key: 'note', own: '' }]);
});

it('reads identity, owners, and who wrote last first', () => {
  expect(metadataOf(DAEMON_SET)).toMatchObject({
    uid: 'u-1',
    resourceVersion: '42',
    generation: 3,
    observedGeneration: 2,
    finalizers: ['example.com/hold'],
    ownerReferences: [{ kind: 'Agent', name: 'a', uid: 'o-1', isController: true }],
    managers: [
      { manager: 'kube-controller-manager', operation: 'Update', subresource: 'status' },
      { manager: 'kubectl', operation: 'Apply', subresource: '' },
    ],
  });
});

it('filters by key and by value, and reads nothing of an odd object', () => {
  const { labels } = metadataOf(DAEMON_SET);
  expect(filterEntries(labels, ' CORE ').map(({ key }) => key)).toEqual(['team']);
  expect(filterEntries(labels, 'tier').map(({ key }) => key)).toEqual(['tier']);
  expect(metadataOf('odd')).toMatchObject({ labels: [], managers: [], uid: '', generation: 0 });
});
