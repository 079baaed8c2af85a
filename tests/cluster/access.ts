import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdminClient } from './admin-client.ts';
import { writeKubeconfig } from './kubeconfigs.ts';
import type { Credential, KubeconfigRequest } from './kubeconfigs.ts';

/**
 * - `admin`: client certificate, embedded; `admin-files`: the same, as relative paths
 * - `token-user`: token; cluster-admin
 * - `exec-user`: the same rights by an exec plugin
 * - `viewer`: token; ClusterRole `view` (reads namespaced objects, no nodes, no secrets)
 * - `namespace-user`: token; DaemonSets, pods, logs, events of `team-a`, nothing else
 * - `nobody`: token; no rights, so 403
 * - `wrong-token`: a token that the server does not know, so 401
 */
export type ClusterUser =
  | 'admin'
  | 'admin-files'
  | 'token-user'
  | 'exec-user'
  | 'viewer'
  | 'namespace-user'
  | 'nobody'
  | 'wrong-token';

export const TEAM_NAMESPACE = 'team-a';

const TOKEN_USERS = ['token-user', 'exec-user', 'viewer', 'namespace-user', 'nobody'] as const;
type TokenUser = (typeof TOKEN_USERS)[number];
export type Tokens = Readonly<Record<TokenUser, string>>;

/** Fresh tokens, and the file of them for `--token-auth-file`. */
export async function writeTokens(dir: string): Promise<{ file: string; tokens: Tokens }> {
  const fresh = (): string => randomBytes(16).toString('hex');
  const tokens = Object.fromEntries(TOKEN_USERS.map((user) => [user, fresh()])) as Tokens;
  const file = join(dir, 'tokens.csv');
  const lines = TOKEN_USERS.map((user) => `${tokens[user]},${user},${user}`);
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return { file, tokens };
}

/** Writes one kubeconfig for each user; returns their paths. */
export async function writeUserKubeconfigs(
  request: KubeconfigRequest,
  tokens: Tokens,
): Promise<Readonly<Record<ClusterUser, string>>> {
  const pair = request.certificates.admin;
  const write = (user: ClusterUser, credential: Credential, namespace?: string): Promise<string> =>
    writeKubeconfig(request, user, credential, namespace);
  const byToken = (user: TokenUser, namespace?: string): Promise<string> =>
    write(user, { kind: 'token', token: tokens[user] }, namespace);
  return {
    admin: await write('admin', { kind: 'certificate', pair }),
    'admin-files': await write('admin-files', { kind: 'certificate-files', pair }),
    'token-user': await byToken('token-user'),
    'exec-user': await write('exec-user', await execPlugin(request.dir, tokens['exec-user'])),
    viewer: await byToken('viewer'),
    'namespace-user': await byToken('namespace-user', TEAM_NAMESPACE),
    nobody: await byToken('nobody'),
    'wrong-token': await write('wrong-token', { kind: 'token', token: 'not-a-token-of-this-cluster' }),
  };
}

async function execPlugin(dir: string, token: string): Promise<Credential> {
  const script = join(dir, 'exec-plugin.mjs');
  const credential = {
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token },
  };
  const source = `process.stdout.write(${JSON.stringify(JSON.stringify(credential))});\n`;
  await writeFile(script, source, { mode: 0o600 });
  return { kind: 'exec', command: process.execPath, args: [script] };
}

/** Creates the namespace `team-a` and what RBAC grants the users. */
export async function grantAccess(client: AdminClient): Promise<void> {
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const team = `${rbac}/namespaces/${TEAM_NAMESPACE}`;
  await client.create('/api/v1/namespaces', { metadata: { name: TEAM_NAMESPACE } });
  await Promise.all([
    client.create(`${rbac}/clusterrolebindings`, clusterBinding('token-user', 'cluster-admin')),
    client.create(`${rbac}/clusterrolebindings`, clusterBinding('exec-user', 'cluster-admin')),
    client.create(`${rbac}/clusterrolebindings`, clusterBinding('viewer', 'view')),
    client.create(`${team}/roles`, TEAM_ROLE),
    client.create(`${team}/rolebindings`, {
      metadata: { name: 'namespace-user' },
      roleRef: { apiGroup: RBAC_GROUP, kind: 'Role', name: TEAM_ROLE.metadata.name },
      subjects: [subject('namespace-user')],
    }),
  ]);
}

const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** What `namespace-user` may do in `team-a`. */
export const TEAM_ROLE = {
  metadata: { name: 'daemonset-operator' },
  rules: [
    { apiGroups: ['apps'], resources: ['daemonsets'], verbs: ['*'] },
    {
      apiGroups: ['apps'],
      resources: ['controllerrevisions'],
      verbs: ['get', 'list', 'watch'],
    },
    { apiGroups: [''], resources: ['pods', 'pods/log', 'events'], verbs: ['*'] },
  ],
} as const;

function clusterBinding(user: TokenUser, role: string): unknown {
  return {
    metadata: { name: `everynode-${user}` },
    roleRef: { apiGroup: RBAC_GROUP, kind: 'ClusterRole', name: role },
    subjects: [subject(user)],
  };
}

function subject(user: TokenUser): unknown {
  return { apiGroup: RBAC_GROUP, kind: 'User', name: user };
}
