import { at, text } from '../../shared/kubernetes/json-fields.ts';
import { ConnectFailure } from './connect-failure.ts';
import type { ExecPlugin } from './exec-plugin.ts';

/** What a plugin gave. Lives in memory only. */
export interface ExecCredential {
  readonly token?: string;
  /** PEM, both or none. */
  readonly clientCertificateData?: string;
  readonly clientKeyData?: string;
  /** Milliseconds since 1970; without it the credential is good until the server refuses it. */
  readonly expiresAt?: number;
}

/**
 * Reads a plugin's standard output. Throws ConnectFailure (CredentialPluginFailed), which never repeats the output.
 * client-go plugin/pkg/client/auth/exec/exec.go (1.37), refreshCredsLocked.
 */
export function readExecCredential(output: string, plugin: ExecPlugin): ExecCredential {
  const fail = (what: string): ConnectFailure =>
    new ConnectFailure(`The credential plugin "${plugin.command}" ${what}.`, {
      reason: 'CredentialPluginFailed',
      retry: false,
    });
  const body = parse(output);
  if (body === undefined) throw fail('did not answer with an ExecCredential in JSON');
  if (text(at(body, 'kind')) !== 'ExecCredential') throw fail('answered with something that is no ExecCredential');
  if (text(at(body, 'apiVersion')) !== plugin.apiVersion) {
    throw fail(`answered in another apiVersion than the kubeconfig names (${plugin.apiVersion ?? 'none'})`);
  }
  const status = at(body, 'status');
  if (typeof status !== 'object' || status === null) throw fail('answered without a status');
  const token = text(at(status, 'token'));
  const certificate = text(at(status, 'clientCertificateData'));
  const key = text(at(status, 'clientKeyData'));
  if (token === '' && certificate === '' && key === '') throw fail('gave neither a token nor a certificate');
  if ((certificate === '') !== (key === '')) throw fail('gave only one of client certificate and client key');
  const expires = text(at(status, 'expirationTimestamp'));
  const expiresAt = expires === '' ? undefined : Date.parse(expires);
  if (Number.isNaN(expiresAt)) throw fail('gave an expirationTimestamp that is no time');
  return {
    ...(token === '' ? {} : { token }),
    ...(certificate === '' ? {} : { clientCertificateData: certificate, clientKeyData: key }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

function parse(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    // The parser's own words quote the text, which may be a token.
    return undefined;
  }
}
