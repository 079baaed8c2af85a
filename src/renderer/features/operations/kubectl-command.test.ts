import { describe, expect, it } from 'vitest';
import { kubectlCommand, shellQuoted } from './kubectl-command.ts';

describe('the same act with kubectl', () => {
  it('names context, namespace and object', () => {
    expect(
      kubectlCommand({ contextName: 'prod', namespace: 'logging' }, 'rollout', 'restart', 'daemonset/fluent-bit'),
    ).toBe('kubectl --context prod --namespace logging rollout restart daemonset/fluent-bit');
  });

  it('can be pasted whatever the context is called', () => {
    expect(shellQuoted('prod (a file)')).toBe("'prod (a file)'");
    expect(shellQuoted("o'brien; rm -rf ~")).toBe(String.raw`'o'\''brien; rm -rf ~'`);
    expect(shellQuoted('')).toBe("''");
    expect(shellQuoted('arn:aws:eks:eu-1:1/prod')).toBe('arn:aws:eks:eu-1:1/prod');
  });
});
