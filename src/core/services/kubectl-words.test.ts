import { describe, expect, it } from 'vitest';
import { kubectlCommand, shellWord } from './kubectl-words.ts';
import { clusterPath, namespacedPath } from './paths.ts';

describe('the same act as a kubectl command', () => {
  it('names the context and quotes what a shell would take apart', () => {
    expect(kubectlCommand('prod eu', '-n', 'logging', 'delete', 'daemonset/agent', '--cascade=orphan')).toBe(
      "kubectl --context 'prod eu' -n logging delete daemonset/agent --cascade=orphan",
    );
    expect(shellWord("it's $(rm -rf /)")).toBe(`'it'\\''s $(rm -rf /)'`);
    expect(shellWord('')).toBe("''");
    expect(shellWord('arn:aws:eks:eu-1:123:cluster/prod')).toBe('arn:aws:eks:eu-1:123:cluster/prod');
  });
});

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
