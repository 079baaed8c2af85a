import { describe, expect, it } from 'vitest';
import { clusterPath, namespacedPath } from './paths.ts';

describe('API paths', () => {
  it('keep a name within its segment', () => {
    expect(namespacedPath('apps', 'logging', 'daemonsets', '../../nodes?x')).toBe(
      '/apis/apps/v1/namespaces/logging/daemonsets/..%2F..%2Fnodes%3Fx',
    );
    expect(namespacedPath('core', 'a', 'pods')).toBe('/api/v1/namespaces/a/pods');
    expect(clusterPath('core', 'nodes')).toBe('/api/v1/nodes');
    expect(clusterPath('apps', 'daemonsets')).toBe('/apis/apps/v1/daemonsets');
  });
});
