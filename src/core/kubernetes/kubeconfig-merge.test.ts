import { describe, expect, it } from 'vitest';
import { readKubeconfigFile } from './kubeconfig-file.ts';
import type { KubeconfigFile } from './kubeconfig-entries.ts';
import { mergeKubeconfigs } from './kubeconfig-merge.ts';
import { isSameConnection } from './resolved-context.ts';

function aFile(file: string, text: string): KubeconfigFile {
  return readKubeconfigFile(new TextEncoder().encode(text), { file, folder: '/' });
}

const cluster = (name: string, server: string) => `{name: ${name}, cluster: {server: "${server}"}}`;
const user = (name: string, token: string) => `{name: ${name}, user: {token: ${token}}}`;
const context = (name: string, clusterName: string, userName: string) =>
  `{name: ${name}, context: {cluster: ${clusterName}, user: ${userName}}}`;

const home = aFile(
  '/home/config',
  `current-context: dev
clusters: [${cluster('dev', 'https://home-dev')}, ${cluster('shared', 'https://shared')}]
users: [${user('me', 'home-token')}]
contexts: [${context('dev', 'dev', 'me')}, ${context('prod', 'prod', 'me')}]`,
);
const work = aFile(
  '/work/config',
  `current-context: prod
clusters: [${cluster('dev', 'https://work-dev')}, ${cluster('prod', 'https://work-prod')}]
users: [${user('me', 'work-token')}, ${user('other', 'other-token')}]
contexts: [${context('dev', 'dev', 'me')}, ${context('cross', 'shared', 'other')}]`,
);

describe('joining kubeconfigs as kubectl does', () => {
  const merged = mergeKubeconfigs([home, work]);
  const find = (contextName: string) => merged.contexts.find((entry) => entry.contextName === contextName);

  it('lets the first definition of a name win, and references cross files', () => {
    expect(find('dev')?.server).toBe('https://home-dev');
    expect(find('dev')?.resolved?.credentials.reveal().token).toBe('home-token');
    expect(find('prod')).toMatchObject({ server: 'https://work-prod', userName: 'me', file: '/home/config' });
    expect(find('prod')?.resolved?.credentials.reveal().token).toBe('home-token');
    expect(find('cross')?.server).toBe('https://shared');
  });

  it('takes the current context of the first file that sets one', () => {
    expect(merged.currentContext).toBe('dev');
    expect(mergeKubeconfigs([work, home]).currentContext).toBe('prod');
  });

  it('lists what is shadowed, with the file that wins', () => {
    expect(merged.shadowed).toEqual([
      { kind: 'cluster', name: 'dev', file: '/work/config', shadowedBy: '/home/config' },
      { kind: 'user', name: 'me', file: '/work/config', shadowedBy: '/home/config' },
      { kind: 'context', name: 'dev', file: '/work/config', shadowedBy: '/home/config' },
    ]);
  });

  it('opens a shadowed context under "name (file)", resolved as if its file came first', () => {
    const shadow = find('dev (config)');
    expect(shadow).toMatchObject({
      name: 'dev',
      file: '/work/config',
      shadowedBy: '/home/config',
      server: 'https://work-dev',
    });
    expect(shadow?.resolved?.credentials.reveal().token).toBe('work-token');
    expect(shadow?.resolved?.contextName).toBe('dev (config)');
  });

  it('gives every context a name of its own', () => {
    const files = ['/a/config', '/b/config', '/c/config'].map((file) =>
      aFile(
        file,
        `clusters: [${cluster('x', 'https://x')}]\ncontexts: [{name: x, context: {cluster: x}}, {name: x, context: {cluster: x}}]`,
      ),
    );
    const names = mergeKubeconfigs(files).contexts.map((entry) => entry.contextName);
    expect(new Set(names).size).toBe(6);
    expect(names.slice(0, 4)).toEqual(['x', 'x (config)', 'x (/b/config)', 'x (/b/config, 2)']);
  });

  it('keeps clear of the names that other configurations have taken', () => {
    const added = mergeKubeconfigs([work], new Set(['dev', 'cross']));
    expect(added.contexts.map((entry) => entry.contextName)).toEqual(['dev (config)', 'cross (config)']);
    expect(added.contexts.map((entry) => entry.shadowedBy)).toEqual([undefined, undefined]);
  });

  it('takes the first of two entries of one name in one file', () => {
    const file = aFile(
      '/f',
      `clusters: [${cluster('a', 'https://first')}, ${cluster('a', 'https://second')}]\ncontexts: [{name: c, context: {cluster: a}}]`,
    );
    const result = mergeKubeconfigs([file]);
    expect(result.contexts[0]?.server).toBe('https://first');
    expect(result.shadowed).toEqual([{ kind: 'cluster', name: 'a', file: '/f', shadowedBy: '/f' }]);
  });

  it('lists the problems of every file', () => {
    const result = mergeKubeconfigs([home, aFile('/empty', '')]);
    expect(result.problems).toEqual([{ file: '/empty', message: 'The file is empty.' }]);
    expect(result.contexts).toHaveLength(2);
  });
});

describe('a context that lacks something', () => {
  it.each([
    ['{name: c, context: {user: me}}', 'The context names no cluster.'],
    ['{name: c, context: {cluster: gone, user: me}}', 'The cluster "gone" of the context is not defined.'],
    ['{name: c, context: {cluster: a, user: gone}}', 'The user "gone" of the context is not defined.'],
  ])('%s is listed with the reason', (entry, message) => {
    const file = aFile(
      '/f',
      `clusters: [${cluster('a', 'https://a')}]\nusers: [${user('me', 't')}]\ncontexts: [${entry}]`,
    );
    const [listed] = mergeKubeconfigs([file]).contexts;
    expect(listed?.resolved).toBeUndefined();
    expect(listed?.problem).toEqual({ reason: 'KubeconfigInvalid', message, contextName: 'c' });
  });

  it('may lack a user: it is anonymous, with the CA and the server name of its cluster', () => {
    const file = aFile(
      '/f',
      'clusters: [{name: a, cluster: {server: https://a, certificate-authority: /ca, tls-server-name: n}}]\ncontexts: [{name: c, context: {cluster: a}}]',
    );
    const [listed] = mergeKubeconfigs([file]).contexts;
    expect(listed?.resolved?.credentials.kind).toBe('anonymous');
    expect(listed?.resolved?.cluster).toMatchObject({ certificateAuthority: '/ca', tlsServerName: 'n' });
  });
});

describe('whether a connection still serves', () => {
  const of = (text: string) => {
    const resolved = mergeKubeconfigs([aFile('/f', text)]).contexts[0]?.resolved;
    if (!resolved) throw new Error('it has no context');
    return resolved;
  };
  const text = (more: string, token: string) =>
    `clusters: [{name: a, cluster: {server: https://a, ${more}}}]\nusers: [${user('u', token)}]\ncontexts: [${context('c', 'a', 'u')}]`;

  it('goes by cluster, proxy and credentials', () => {
    const before = of(text('proxy-url: "http://p:1"', 'one'));
    expect(isSameConnection(before, of(text('proxy-url: "http://p:1"', 'one')))).toBe(true);
    expect(isSameConnection(before, of(text('proxy-url: "http://p:2"', 'one')))).toBe(false);
    expect(isSameConnection(before, of(text('proxy-url: "http://p:1"', 'two')))).toBe(false);
    expect(isSameConnection(before, of(text('proxy-url: "http://p:1", tls-server-name: n', 'one')))).toBe(false);
  });
});
