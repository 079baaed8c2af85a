import { describe, expect, it } from 'vitest';
import { LIMIT_KUBECONFIG_BYTES, readKubeconfigFile } from './kubeconfig-file.ts';
import type { KubeconfigFile } from './kubeconfig-entries.ts';

const FILE = '/home/me/.kube/config';
const CA = Buffer.from('-----BEGIN CERTIFICATE-----\n').toString('base64');

function read(text: string | Uint8Array, folder: string | undefined = '/home/me/.kube'): KubeconfigFile {
  return readKubeconfigFile(typeof text === 'string' ? new TextEncoder().encode(text) : text, { file: FILE, folder });
}

/** The one problem of a file of which nothing could be read. */
function wholeProblem(text: string | Uint8Array): string {
  const { problems, contexts, clusters, users } = read(text);
  expect([...contexts, ...clusters, ...users]).toEqual([]);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.entry).toBeUndefined();
  expect(problems[0]?.file).toBe(FILE);
  return problems[0]?.message ?? '';
}

const GOOD = `apiVersion: v1
kind: Config
current-context: prod
preferences: {colors: true}
clusters:
- name: prod
  cluster:
    server: https://k8s.example.com:6443/prefix
    certificate-authority-data: ${CA}
    tls-server-name: kubernetes
    proxy-url: http://me:hidden@proxy:3128
    some-field-of-2030: true
- name: files
  cluster: {server: "http://127.0.0.1:8001", certificate-authority: ca.crt, insecure-skip-tls-verify: true}
users:
- name: jane
  user:
    client-certificate: certs/jane.crt
    client-key: /abs/jane.key
    tokenFile: token
    as: admin
    as-uid: "7"
    as-groups: [a, b]
    as-user-extra: {scope: [x, "y"], "example.com/z": ["1"]}
- name: basic
  user: {username: admin, password: 0644}
- name: plugin
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: aws
      args: [eks, get-token]
      env: [{name: AWS_PROFILE, value: secret-value}]
- name: google
  user: {auth-provider: {name: gcp, config: {access-token: x}}}
- name: nobody
contexts:
- name: prod
  context: {cluster: prod, user: jane, namespace: kube-system}
- name: anonymous
  context: {cluster: files}
`;

describe('a good kubeconfig', () => {
  const file = read(GOOD);
  const user = (name: string) => file.users.find((entry) => entry.name === name)?.user;

  it('loads with no problem, passing over unknown fields', () => {
    expect(file.problems).toEqual([]);
    expect(file.currentContext).toBe('prod');
    expect(file.contexts).toEqual([
      { name: 'prod', clusterName: 'prod', userName: 'jane', namespace: 'kube-system' },
      { name: 'anonymous', clusterName: 'files', userName: undefined, namespace: undefined },
    ]);
  });

  it('keeps every field of a cluster', () => {
    const [prod, files] = file.clusters;
    expect(prod?.cluster).toMatchObject({
      server: 'https://k8s.example.com:6443/prefix',
      tlsServerName: 'kubernetes',
      insecureSkipTlsVerify: false,
      certificateAuthorityData: '-----BEGIN CERTIFICATE-----\n',
    });
    expect(prod?.cluster.proxyUrl?.reveal()).toBe('http://me:hidden@proxy:3128');
    expect(files?.cluster).toEqual({
      server: 'http://127.0.0.1:8001',
      insecureSkipTlsVerify: true,
      certificateAuthority: '/home/me/.kube/ca.crt',
    });
  });

  it('keeps what other readers lose, with paths from its own folder', () => {
    expect(user('jane')).toEqual({
      clientCertificate: '/home/me/.kube/certs/jane.crt',
      clientKey: '/abs/jane.key',
      tokenFile: '/home/me/.kube/token',
      as: 'admin',
      asUid: '7',
      asGroups: ['a', 'b'],
      asUserExtra: { scope: ['x', 'y'], 'example.com/z': ['1'] },
    });
  });

  it('keeps a password as it is written', () => {
    expect(user('basic')).toEqual({ username: 'admin', password: '0644' });
  });

  it('notes an exec plugin with its environment, and runs nothing', () => {
    expect(user('plugin')).toEqual({
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: 'aws',
        args: ['eks', 'get-token'],
        env: [{ name: 'AWS_PROFILE', value: 'secret-value' }],
        file: expect.any(String),
      },
    });
    expect(user('google')).toEqual({ authProvider: 'gcp' });
    expect(user('nobody')).toEqual({});
  });

  it('names relative paths as they are when it was uploaded', () => {
    expect(
      readKubeconfigFile(new TextEncoder().encode(GOOD), { file: 'config', folder: undefined }).clusters[1]?.cluster
        .certificateAuthority,
    ).toBe('ca.crt');
  });
});

describe('scalars', () => {
  it.each([
    ['true', true],
    ['True', true],
    ['yes', true],
    ['"true"', true],
    ['false', false],
    ['', false],
    ['null', false],
  ])('insecure-skip-tls-verify: %s is %s', (text, expected) => {
    const file = read(
      `clusters:\n- name: a\n  cluster:\n    server: https://a\n    insecure-skip-tls-verify: ${text}\n`,
    );
    expect(file.clusters[0]?.cluster.insecureSkipTlsVerify).toBe(expected);
  });

  it.each([
    ['1e5', '1e5'],
    ['0x1F', '0x1F'],
    ['yes', 'yes'],
    ['2024-01-01', '2024-01-01'],
    ['"null"', 'null'],
  ])('a password %s stays %s', (text, expected) => {
    const file = read(`users:\n- name: a\n  user:\n    username: u\n    password: ${text}\n`);
    expect(file.users[0]?.user.password).toBe(expected);
  });

  it('follow aliases, and the last of repeated keys counts', () => {
    const file = read('users:\n- name: a\n  user: &u {token: one, token: two}\n- name: b\n  user: *u\n');
    expect(file.users.map((entry) => entry.user.token)).toEqual(['two', 'two']);
  });
});

describe('a file of which nothing can be read', () => {
  it('is empty', () => {
    expect(wholeProblem('')).toBe('The file is empty.');
    expect(wholeProblem('  \n# nothing\n')).toBe('The file is empty.');
    expect(wholeProblem('---\n')).toBe('The file is empty.');
  });

  it('is binary, or in another encoding', () => {
    expect(wholeProblem(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]))).toBe(
      `${FILE} is a binary file, not a kubeconfig.`,
    );
    expect(wholeProblem(Buffer.from([0x61, 0x3a, 0x20, 0xff]))).toBe(`${FILE} is not a text in UTF-8.`);
  });

  it('is 20 MB', () => {
    expect(wholeProblem(Buffer.alloc(20 * 1024 * 1024, 'a'))).toBe(
      'The file has 20.0 MB; a kubeconfig over 4 MB is not read.',
    );
    expect(LIMIT_KUBECONFIG_BYTES).toBe(4 * 1024 * 1024);
  });

  it('is half-written: the line is said, its text is not', () => {
    const half = 'users:\n- name: a\n  user:\n    token: "very-secret\n';
    expect(wholeProblem(half)).toMatch(/^The file is not valid YAML \(line \d\): .*\.$/);
    expect(wholeProblem(half)).not.toContain('very-secret');
    expect(wholeProblem('users: [{name: a, user: {token: very-secret')).not.toContain('very-secret');
    expect(wholeProblem('very-secret: x\n- y: very-secret\n')).not.toContain('very-secret');
  });

  it('is something else', () => {
    expect(wholeProblem('just a text')).toBe('The file is YAML, but not a kubeconfig: it has no fields.');
    expect(wholeProblem('[1, 2]')).toContain('not a kubeconfig');
    expect(wholeProblem('name: my-app\nversion: 1\n')).toContain('neither clusters nor contexts nor users');
  });

  it('is made to burst a reader', () => {
    const bomb = `a: &a [x]\nclusters: [${Array.from({ length: 200 }, () => '*a').join(',')}]\n`;
    expect(wholeProblem(bomb)).toBe('The file has more than 100 YAML aliases.');
    expect(wholeProblem(`kind: ${'['.repeat(20_000)}`)).toMatch(/nested too deeply|not valid YAML/);
  });
});

describe('a file with a BOM', () => {
  it('is read as one without', () => {
    expect(read(`\uFEFF${GOOD}`).contexts).toHaveLength(2);
    expect(read(GOOD.replaceAll('\n', '\r\n')).contexts).toHaveLength(2);
  });
});

describe('a bad entry', () => {
  it.each([
    ['clusters: [{name: a, cluster: {}}]', 'cluster a', 'it has no server.'],
    ['clusters: [{name: a}]', 'cluster a', 'it has no field "cluster".'],
    ['clusters: [{cluster: {server: x}}]', 'cluster number 1', 'it has no name.'],
    ['clusters: [text]', 'cluster number 1', 'it is not a mapping.'],
    ['clusters: text', 'clusters', 'clusters must be a list.'],
    ['clusters: [{name: a, cluster: {server: [x]}}]', 'cluster a', 'clusters[0].cluster.server must be a text.'],
    [
      'clusters: [{name: a, cluster: {server: x, certificate-authority-data: "%%"}}]',
      'cluster a',
      'its certificate-authority-data is not base64.',
    ],
    [
      'clusters: [{name: a, cluster: {server: x, insecure-skip-tls-verify: maybe}}]',
      'cluster a',
      'clusters[0].cluster.insecure-skip-tls-verify must be true or false.',
    ],
    ['users: [{name: a, user: {as-groups: [x]}}]', 'user a', 'it has as-uid, as-groups or as-user-extra without "as".'],
    [
      'users: [{name: a, user: {token: x, username: y}}]',
      'user a',
      'it has both a token and a username, of which only one is allowed.',
    ],
    ['users: [{name: a, user: {exec: {}}}]', 'user a', 'its exec has no command.'],
    [
      'users: [{name: a, user: {exec: {command: x}, auth-provider: {name: y}}}]',
      'user a',
      'it has both exec and auth-provider.',
    ],
    ['contexts: [{name: a, context: text}]', 'context a', 'contexts[0].context must be a mapping.'],
    ['contexts: [{name: {}, context: {}}]', 'context number 1', 'contexts[0].name must be a text.'],
  ])('%s is listed and the rest loads', (bad, entry, message) => {
    const rest = ['clusters', 'users', 'contexts'].filter((key) => !bad.startsWith(key));
    const good: Record<string, string> = {
      clusters: 'clusters: [{name: good, cluster: {server: https://x}}]',
      users: 'users: [{name: good, user: {}}]',
      contexts: 'contexts: [{name: good, context: {cluster: good}}]',
    };
    const file = read([bad, ...rest.map((key) => good[key])].join('\n'));
    expect(file.problems).toEqual([{ file: FILE, entry, message }]);
    expect(file.clusters.length + file.users.length + file.contexts.length).toBe(2);
  });

  it('does not take its neighbours with it', () => {
    const file = read('clusters:\n- name: bad\n  cluster: {}\n- name: good\n  cluster: {server: https://x}\n- 7\n');
    expect(file.clusters.map((cluster) => cluster.name)).toEqual(['good']);
    expect(file.problems.map((problem) => problem.entry)).toEqual(['cluster bad', 'cluster number 3']);
  });

  it('does not repeat a user that stands in the URL of the server', () => {
    const file = read('clusters: [{name: a, cluster: {server: "https://me:pw@k8s.example.com/x"}}]');
    expect(file.clusters[0]?.cluster.server).toBe('https://k8s.example.com/x');
  });
});

describe('the exec of a user', () => {
  const read = (exec: string, cluster = '{server: "https://a"}') =>
    readKubeconfigFile(
      new TextEncoder().encode(
        `users: [{name: a, user: {exec: ${exec}}}]\nclusters: [{name: a, cluster: ${cluster}}]\ncontexts: []\n`,
      ),
      { file: '/home/jane/kube/config', folder: '/home/jane/kube' },
    );

  it('has a command that is resolved against the file where it is a path, and is a name for the PATH otherwise', () => {
    const command = (text: string) => read(`{command: ${text}}`).users[0]?.user.exec?.command;
    expect(command('./bin/login')).toBe('/home/jane/kube/bin/login');
    expect(command('../login')).toBe('/home/jane/login');
    expect(command('/opt/login')).toBe('/opt/login');
    expect(command('login')).toBe('login');
  });

  it('keeps every field', () => {
    const exec = '{command: x, interactiveMode: IfAvailable, installHint: "get it", provideClusterInfo: true}';
    expect(read(exec).users[0]?.user.exec).toEqual({
      command: 'x',
      args: [],
      env: [],
      file: '/home/jane/kube/config',
      interactiveMode: 'IfAvailable',
      installHint: 'get it',
      provideClusterInfo: true,
    });
  });

  it('is told the extension of its cluster, with the types of YAML', () => {
    const extension = '{name: client.authentication.k8s.io/exec, extension: {audience: "06", on: true, n: 3}}';
    const { clusters } = read('{command: x}', `{server: "https://a", extensions: [{name: other}, ${extension}]}`);
    expect(clusters[0]?.cluster.execConfig).toEqual({ audience: '06', on: true, n: 3 });
  });
});
