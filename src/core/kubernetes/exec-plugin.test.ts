import { describe, expect, it } from 'vitest';
import { execPluginOf, pluginFingerprint, pluginProblem } from './exec-plugin.ts';
import type { ExecPlugin } from './exec-plugin.ts';
import { redactPluginText } from './exec-plugin-text.ts';

const plugin: ExecPlugin = {
  command: 'aws',
  args: ['eks', 'get-token'],
  env: [{ name: 'AWS_PROFILE', value: 'prod' }],
  file: '/home/me/.kube/config',
  apiVersion: 'client.authentication.k8s.io/v1',
  interactiveMode: 'IfAvailable',
};

describe('the fingerprint that is approved', () => {
  const approved = pluginFingerprint(plugin);

  it.each<[string, Partial<ExecPlugin>]>([
    ['the command', { command: '/tmp/aws' }],
    ['an argument', { args: ['eks', 'get-token', '--debug'] }],
    ['where one argument ends', { args: ['eks get-token'] }],
    ['the name of a variable', { env: [{ name: 'AWS_REGION', value: 'prod' }] }],
    ['a variable more', { env: [...plugin.env, { name: 'PATH', value: '/tmp' }] }],
    ['the file', { file: '/tmp/config' }],
  ])('is another when %s changes', (_what, change) => {
    expect(pluginFingerprint({ ...plugin, ...change })).not.toBe(approved);
  });

  it('says nothing of a value, which may be secret', () => {
    expect(pluginFingerprint({ ...plugin, env: [{ name: 'AWS_PROFILE', value: 'test' }] })).toBe(approved);
    expect(approved).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a plugin that can never be run', () => {
  it.each<[Partial<Record<keyof ExecPlugin, unknown>>, RegExp]>([
    [{ apiVersion: undefined }, /has no apiVersion/],
    [{ apiVersion: 'client.authentication.k8s.io/v1alpha1' }, /v1alpha1.*Kubernetes 1\.37 knows/],
    [{ interactiveMode: undefined }, /has no interactiveMode/],
    [{ interactiveMode: 'Always' }, /asks for a terminal \(interactiveMode Always\)/],
    [{ interactiveMode: 'Sometimes' }, /the unknown interactiveMode "Sometimes"/],
    [{ env: [{ name: '', value: 'x' }] }, /an env entry without a name/],
  ])('with %j says why', (change, words) => {
    expect(pluginProblem({ ...plugin, ...change } as ExecPlugin)).toMatch(words);
  });

  it('is none of v1, nor of v1beta1 without an interactiveMode', () => {
    expect(pluginProblem(plugin)).toBeUndefined();
    const { interactiveMode: _, ...beta } = { ...plugin, apiVersion: 'client.authentication.k8s.io/v1beta1' };
    expect(pluginProblem(beta)).toBeUndefined();
  });
});

describe('the plugin of a user', () => {
  it('is asked only where the entry does not say who it is by itself', () => {
    expect(execPluginOf({ exec: plugin })).toBe(plugin);
    expect(execPluginOf({ exec: plugin, token: 'x' })).toBeUndefined();
    expect(execPluginOf({ exec: plugin, username: 'x' })).toBeUndefined();
    expect(execPluginOf({})).toBeUndefined();
  });
});

describe('what a plugin said on standard error', () => {
  it.each([
    ['an ordinary sentence: the profile prod is missing', 'an ordinary sentence: the profile prod is missing'],
    ['\u001b[31mred\u001b[0m \u001b]8;;http://x\u0007link', 'red link'],
    ['key -----BEGIN EC PRIVATE KEY-----\nMHc\nabc\n-----END EC PRIVATE KEY-----\nend', 'key [redacted]\nend'],
    ['an unfinished -----BEGIN PRIVATE KEY-----\nMHc', 'an unfinished [redacted]'],
    ['k8s-aws-v1.aHR0cHM6Ly9z', '[redacted]'],
    [`${'A1b2'.repeat(12)} is long`, '[redacted] is long'],
    ['Authorization: Bearer abcdef123', 'Authorization: [redacted]'],
  ])('%j is shown as %j', (said, shown) => {
    expect(redactPluginText(said, [], '')).toBe(shown);
  });

  it('has neither a known secret nor a word of the standard output', () => {
    expect(redactPluginText('s3cret and abcdefghijklmnop', ['s3cret', 'a'], '{"token":"abcdefghijklmnop"}')).toBe(
      '[redacted] and [redacted]',
    );
  });
});
