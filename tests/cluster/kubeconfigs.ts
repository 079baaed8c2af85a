import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { assertNever } from '../../src/shared/errors/assert-never.ts';
import type { ClusterCertificates, KeyPair } from './certificates.ts';

/** How the user of a kubeconfig proves who it is. */
export type Credential =
  | { readonly kind: 'certificate'; readonly pair: KeyPair }
  | { readonly kind: 'certificate-files'; readonly pair: KeyPair }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'exec'; readonly command: string; readonly args: readonly string[] };

export interface KubeconfigRequest {
  readonly dir: string;
  readonly serverUrl: string;
  readonly certificates: ClusterCertificates;
  /** Name of the cluster and, with the user's, of the context. */
  readonly clusterName: string;
}

/**
 * Writes `<dir>/<user>.kubeconfig`, mode 0600, with one context, and returns its
 * path. Certificates are embedded, but with `certificate-files`, where they are
 * named relative to the file as `kubectl config` may leave them.
 */
export async function writeKubeconfig(
  request: KubeconfigRequest,
  user: string,
  credential: Credential,
  namespace?: string,
): Promise<string> {
  const { clusterName } = request;
  const context = user === 'admin' ? clusterName : `${clusterName}-${user}`;
  const userName = `${clusterName}-${user}`;
  const lines = [
    'apiVersion: v1',
    'kind: Config',
    'clusters:',
    `- name: ${clusterName}`,
    '  cluster:',
    `    server: ${request.serverUrl}`,
    `    ${await authority(request, credential)}`,
    'users:',
    `- name: ${userName}`,
    '  user:',
    ...(await userLines(request.dir, credential)).map((line) => `    ${line}`),
    'contexts:',
    `- name: ${context}`,
    '  context:',
    `    cluster: ${clusterName}`,
    `    user: ${userName}`,
    ...(namespace === undefined ? [] : [`    namespace: ${namespace}`]),
    `current-context: ${context}`,
  ];
  const path = join(request.dir, `${user}.kubeconfig`);
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 });
  return path;
}

async function authority(request: KubeconfigRequest, credential: Credential): Promise<string> {
  const path = request.certificates.ca.certificate;
  if (credential.kind === 'certificate-files') {
    return `certificate-authority: ${relative(request.dir, path)}`;
  }
  return `certificate-authority-data: ${await base64(path)}`;
}

async function userLines(dir: string, credential: Credential): Promise<readonly string[]> {
  switch (credential.kind) {
    case 'certificate':
      return [
        `client-certificate-data: ${await base64(credential.pair.certificate)}`,
        `client-key-data: ${await base64(credential.pair.key)}`,
      ];
    case 'certificate-files':
      return [
        `client-certificate: ${relative(dir, credential.pair.certificate)}`,
        `client-key: ${relative(dir, credential.pair.key)}`,
      ];
    case 'token':
      return [`token: ${credential.token}`];
    case 'exec':
      return [
        'exec:',
        '  apiVersion: client.authentication.k8s.io/v1',
        '  interactiveMode: Never',
        `  command: ${JSON.stringify(credential.command)}`,
        `  args: ${JSON.stringify(credential.args)}`,
      ];
    default:
      return assertNever(credential);
  }
}

async function base64(path: string): Promise<string> {
  return (await readFile(path)).toString('base64');
}
