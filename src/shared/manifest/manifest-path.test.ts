import { expect, it } from 'vitest';
import { formatManifestPath, isMergeKeyStep } from './manifest-path.ts';

it('shows a path as people and the API server write it', () => {
  expect(formatManifestPath(['spec', 'containers', { key: { name: 'agent' } }, 'ports', 0])).toBe(
    'spec.containers[name=agent].ports[0]',
  );
  expect(formatManifestPath(['metadata', 'labels', 'app.kubernetes.io/name'])).toBe(
    'metadata.labels[app.kubernetes.io/name]',
  );
  expect(formatManifestPath([{ key: { containerPort: 80, protocol: 'TCP' } }])).toBe('[containerPort=80,protocol=TCP]');
  expect(formatManifestPath([])).toBe('');
  expect([isMergeKeyStep('a'), isMergeKeyStep(1), isMergeKeyStep({ key: {} })]).toEqual([false, false, true]);
});
