import type { ExecPlugin } from './exec-plugin.ts';
import type { FileReader } from './file-reader.ts';
import type { ResolvedContext } from './resolved-context.ts';

/**
 * KUBERNETES_EXEC_INFO: an ExecCredential whose spec says that nobody can be asked and, where the kubeconfig wants it, which cluster
 * it is for. client-go tools/auth/exec/exec.go (1.37), and pkg/apis/clientauthentication/v1/types.go for the names.
 */
export async function execInfoOf(plugin: ExecPlugin, context: ResolvedContext, files: FileReader): Promise<string> {
  const cluster = plugin.provideClusterInfo ? { cluster: await clusterInfo(context, files) } : {};
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: plugin.apiVersion,
    spec: { ...cluster, interactive: false },
  });
}

async function clusterInfo(
  { cluster }: ResolvedContext,
  files: FileReader,
): Promise<Readonly<Record<string, unknown>>> {
  const { server, tlsServerName, insecureSkipTlsVerify, proxyUrl, execConfig } = cluster;
  const authority = await authorityOf(cluster, files);
  return {
    server,
    ...(tlsServerName === undefined ? {} : { 'tls-server-name': tlsServerName }),
    ...(insecureSkipTlsVerify ? { 'insecure-skip-tls-verify': true } : {}),
    ...(authority === undefined ? {} : { 'certificate-authority-data': authority.toString('base64') }),
    ...(proxyUrl === undefined ? {} : { 'proxy-url': proxyUrl.reveal() }),
    ...(execConfig === undefined ? {} : { config: execConfig }),
  };
}

async function authorityOf(cluster: ResolvedContext['cluster'], files: FileReader): Promise<Buffer | undefined> {
  if (cluster.insecureSkipTlsVerify) return undefined;
  if (cluster.certificateAuthorityData !== undefined) return Buffer.from(cluster.certificateAuthorityData);
  if (cluster.certificateAuthority === undefined) return undefined;
  // A missing file is said by the connection itself, which needs it as well.
  return files.read(cluster.certificateAuthority).then(Buffer.from, () => undefined);
}
