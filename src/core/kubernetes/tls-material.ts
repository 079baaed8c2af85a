import { createSecureContext, getCACertificates, rootCertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';
import type { ClusterFacts } from './resolved-context.ts';
import type { UserFacts } from './credentials.ts';
import { ConnectFailure } from './connect-failure.ts';
import type { FileReader } from './file-reader.ts';
import { errorCode } from './socket-failure.ts';

export interface TlsMaterial {
  readonly secureContext: SecureContext;
  /** For an https proxy: the kubeconfig's authority or the system's, and no client certificate. */
  readonly proxyContext: () => SecureContext;
  readonly hasOwnAuthority: boolean;
}

/** Paths of the PEM files that a context's TLS is made of: a change of one means a new connection. */
export function tlsFiles(cluster: ClusterFacts, user: UserFacts): readonly string[] {
  return [
    cluster.certificateAuthorityData === undefined && !cluster.insecureSkipTlsVerify
      ? cluster.certificateAuthority
      : undefined,
    user.clientCertificateData === undefined ? user.clientCertificate : undefined,
    user.clientKeyData === undefined ? user.clientKey : undefined,
  ].filter((path) => path !== undefined);
}

/** CA, client certificate and key as one TLS context. Throws ConnectFailure (KubeconfigInvalid) that names the bad part. */
export async function loadTlsMaterial(cluster: ClusterFacts, user: UserFacts, files: FileReader): Promise<TlsMaterial> {
  const ca = cluster.insecureSkipTlsVerify
    ? undefined
    : await pem('certificate-authority', cluster.certificateAuthorityData, cluster.certificateAuthority, files);
  const cert = await pem('client-certificate', user.clientCertificateData, user.clientCertificate, files);
  const key = await pem('client-key', user.clientKeyData, user.clientKey, files);
  if (cert !== undefined && key === undefined) throw invalid('The user has a client certificate but no client key.');
  if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----')) {
    throw invalid('The certificate-authority in the kubeconfig is no PEM certificate.');
  }
  try {
    const secureContext = createSecureContext({
      ca: ca ?? [...systemAuthorities()],
      minVersion: 'TLSv1.2',
      ...(cert === undefined ? {} : { cert, key }),
    });
    const proxyContext = () => createSecureContext({ ca: [...(ca === undefined ? [] : [ca]), ...systemAuthorities()] });
    return { secureContext, proxyContext, hasOwnAuthority: ca !== undefined };
  } catch (error) {
    throw invalid(describeBadMaterial(errorCode(error) ?? ''), errorCode(error));
  }
}

/** The certificates that Node trusts and those of the operating system, as kubectl trusts the latter. */
export function systemAuthorities(): readonly string[] {
  cachedAuthorities ??= [...new Set([...rootCertificates, ...getCACertificates('system')])];
  return cachedAuthorities;
}
let cachedAuthorities: readonly string[] | undefined;

async function pem(
  field: string,
  data: string | undefined,
  path: string | undefined,
  files: FileReader,
): Promise<string | undefined> {
  if (data !== undefined) return data;
  if (path === undefined) return undefined;
  try {
    return Buffer.from(await files.read(path)).toString('utf8');
  } catch (error) {
    throw invalid(`The file of ${field} cannot be read: ${path} (${errorCode(error) ?? 'error'}).`);
  }
}

function describeBadMaterial(code: string): string {
  if (code.includes('KEY_VALUES_MISMATCH') || code.includes('KEY_TYPE_MISMATCH')) {
    return 'The client certificate and the client key of this user do not belong together.';
  }
  if (/BAD_DECRYPT|BAD_PASSWORD|INTERRUPTED_OR_CANCELLED|MISSING_PASSPHRASE/.test(code)) {
    return 'The client key of this user is encrypted with a passphrase, which kubeconfig files cannot hold.';
  }
  return `The certificates or the key in the kubeconfig cannot be read as PEM (${code || 'unknown format'}).`;
}

function invalid(message: string, detail?: string): ConnectFailure {
  return new ConnectFailure(message, {
    reason: 'KubeconfigInvalid',
    retry: true,
    ...(detail === undefined ? {} : { detail }),
  });
}
