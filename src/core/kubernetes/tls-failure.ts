import type { DetailedPeerCertificate, PeerCertificate } from 'node:tls';
import { ConnectFailure } from './connect-failure.ts';
import { describeSocketFailure, errorCode } from './socket-failure.ts';

export interface TlsFailureFacts {
  /** "The API server", "The proxy". */
  readonly what: string;
  readonly host: string;
  readonly port: number;
  /** The name that the certificate had to be for. */
  readonly expectedName: string;
  /** Whether a CA of the kubeconfig was used; else the system's. */
  readonly hasOwnAuthority: boolean;
  /** What the other side presented, when the handshake came so far. */
  readonly certificate: DetailedPeerCertificate | undefined;
  readonly now: number;
}

/** Which part of TLS failed, as one sentence. Codes: Node's tls documentation, "X509 certificate error codes", and OpenSSL 3. */
export function tlsFailure(error: unknown, facts: TlsFailureFacts): ConnectFailure {
  const code = errorCode(error) ?? '';
  const message = describe(code, error, facts);
  const detail = error instanceof Error ? `${code}: ${error.message}`.slice(0, 500) : code;
  return new ConnectFailure(message, { cause: error, detail, retry: true });
}

function describe(code: string, error: unknown, facts: TlsFailureFacts): string {
  const { what, host, port } = facts;
  const at = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return `The certificate of ${lower(what)} at ${at} ${expiry(facts)}`;
    case 'CERT_NOT_YET_VALID':
      return `The certificate of ${lower(what)} at ${at} is not valid before ${facts.certificate?.valid_from ?? 'a later date'}: is this machine's clock right?`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of ${lower(what)} at ${at} is not for "${facts.expectedName}", only for ${namesOf(facts.certificate)}.`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `The certificate of ${lower(what)} at ${at} is self-signed${subjectOf(facts.certificate)} and not trusted: ${authorityHint(facts)}`;
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_UNTRUSTED':
    case 'CERT_SIGNATURE_FAILURE':
    case 'INVALID_CA':
      return `The certificate of ${lower(what)} at ${at} is signed by an unknown authority${issuerOf(facts.certificate)}: ${authorityHint(facts)}`;
    default:
      return describeProtocol(code, error, facts, at);
  }
}

/** With TLS 1.3 a server refuses a client's certificate only after the handshake: the alert meets the first request. */
export function isRefusedClientCertificate(code: string): boolean {
  return /CERTIFICATE_REQUIRED|ALERT_UNKNOWN_CA|ALERT_BAD_CERTIFICATE|ALERT_(UNSUPPORTED_)?CERTIFICATE/.test(code);
}

export function describeRefusedClientCertificate(code: string, what: string, at: string): string {
  return code.includes('CERTIFICATE_REQUIRED')
    ? `${what} at ${at} asks for a client certificate, and this user has none (TLS alert certificate required).`
    : `${what} at ${at} does not accept the client certificate of this user (TLS alert ${alertName(code)}).`;
}

function describeProtocol(code: string, error: unknown, facts: TlsFailureFacts, at: string): string {
  const { what } = facts;
  const text = error instanceof Error ? error.message : '';
  if (
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|RECORD_TOO_SMALL/.test(code) ||
    text.includes('wrong version number')
  ) {
    return `${what} at ${at} does not speak TLS: the kubeconfig says https://, but is it a plain http server?`;
  }
  if (isRefusedClientCertificate(code)) return describeRefusedClientCertificate(code, what, at);
  if (/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE/.test(code)) {
    return `${what} at ${at} and this application have no TLS version in common (at least TLS 1.2 is needed).`;
  }
  if (/HANDSHAKE_FAILURE|ALERT_|UNRECOGNIZED_NAME/.test(code))
    return `${what} at ${at} has refused the TLS handshake (TLS alert ${alertName(code)}).`;
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return `${what} at ${at} has closed the connection during the TLS handshake (${code}).`;
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO')
    return `The TLS handshake with ${lower(what)} at ${at} failed (${code}).`;
  return describeSocketFailure(error, what, facts.host, facts.port);
}

/** The names that a certificate is for: its SANs, or its common name when it has none. */
export function namesOf(certificate: PeerCertificate | undefined): string {
  const names = (certificate?.subjectaltname ?? '')
    .split(', ')
    .map((entry) => entry.replace(/^(DNS|IP Address|URI|email):/, ''))
    .filter((entry) => entry !== '');
  if (names.length > 0)
    return names.slice(0, 20).join(', ') + (names.length > 20 ? ` and ${names.length - 20} more` : '');
  const commonName = certificate?.subject?.CN;
  return commonName === undefined ? 'no name at all' : String(commonName);
}

/** Names the one of the chain that has expired: the server's own, or an authority above it. */
function expiry(facts: TlsFailureFacts): string {
  const seen = new Set<string>();
  let current = facts.certificate;
  while (current && current.valid_to && !seen.has(current.fingerprint256)) {
    if (Date.parse(current.valid_to) < facts.now) {
      const which =
        current === facts.certificate
          ? ''
          : `cannot be trusted, because its authority "${String(current.subject?.CN ?? '')}" `;
      return `${which}has expired on ${new Date(Date.parse(current.valid_to)).toISOString().slice(0, 10)} (${current.valid_to}).`;
    }
    seen.add(current.fingerprint256);
    current = current.issuerCertificate;
  }
  return 'has expired.';
}

function authorityHint(facts: TlsFailureFacts): string {
  return facts.hasOwnAuthority
    ? 'the certificate authority in the kubeconfig is another one.'
    : 'the kubeconfig names no certificate authority, and the system does not know this one.';
}

function issuerOf(certificate: PeerCertificate | undefined): string {
  const issuer = certificate?.issuer?.CN ?? certificate?.issuer?.O;
  return issuer === undefined ? '' : ` ("${String(issuer)}")`;
}

function subjectOf(certificate: PeerCertificate | undefined): string {
  const subject = certificate?.subject?.CN;
  return subject === undefined ? '' : ` ("${String(subject)}")`;
}

function alertName(code: string): string {
  return code
    .replace(/^ERR_SSL_/, '')
    .replace(/^(TLSV1|SSLV3|TLSV13)_ALERT_|^TLSV1_/, '')
    .toLowerCase()
    .replaceAll('_', ' ');
}

function lower(what: string): string {
  return what.startsWith('The ') ? `the ${what.slice(4)}` : what;
}
