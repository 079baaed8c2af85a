import type { DetailedPeerCertificate } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { describeRefusedClientCertificate, isRefusedClientCertificate, namesOf, tlsFailure } from './tls-failure.ts';
import type { TlsFailureFacts } from './tls-failure.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');

function aCertificate(more: Record<string, unknown> = {}): DetailedPeerCertificate {
  return {
    subject: { CN: 'kube-apiserver' },
    issuer: { CN: 'cluster-ca' },
    subjectaltname: 'DNS:kubernetes, IP Address:10.96.0.1',
    valid_from: 'Jan  1 00:00:00 2025 GMT',
    valid_to: 'Jan  1 00:00:00 2027 GMT',
    fingerprint256: `${Math.random()}`,
    ...more,
  } as unknown as DetailedPeerCertificate;
}

function failureOf(code: string, more: Partial<TlsFailureFacts> = {}, message = code) {
  const facts: TlsFailureFacts = {
    what: 'The API server',
    host: 'k8s.example.com',
    port: 6443,
    expectedName: 'k8s.example.com',
    hasOwnAuthority: true,
    certificate: aCertificate(),
    now: NOW,
    ...more,
  };
  return tlsFailure(Object.assign(new Error(message), { code }), facts);
}

describe('the part of TLS that failed', () => {
  it.each([
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'is signed by an unknown authority ("cluster-ca"): the certificate authority in the kubeconfig is another one.',
    ],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'is signed by an unknown authority ("cluster-ca")'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'is signed by an unknown authority'],
    ['CERT_SIGNATURE_FAILURE', 'is signed by an unknown authority'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'is self-signed ("kube-apiserver") and not trusted'],
    ['CERT_NOT_YET_VALID', "is not valid before Jan  1 00:00:00 2025 GMT: is this machine's clock right?"],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'is not for "k8s.example.com", only for kubernetes, 10.96.0.1.'],
  ])('%s is about the certificate', (code, words) => {
    const failure = failureOf(code);
    expect(failure.message).toContain('The certificate of the API server at k8s.example.com:6443 ');
    expect(failure.message).toContain(words);
    expect(failure.reason).toBe('Unreachable');
    expect(failure.detail).toContain(code);
  });

  it.each([
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'does not speak TLS'],
    ['ERR_SSL_HTTP_REQUEST', 'does not speak TLS'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'asks for a client certificate, and this user has none'],
    [
      'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
      'does not accept the client certificate of this user (TLS alert bad certificate).',
    ],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'does not accept the client certificate of this user (TLS alert unknown ca).'],
    [
      'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
      'does not accept the client certificate of this user (TLS alert certificate expired).',
    ],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'have no TLS version in common'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'has refused the TLS handshake (TLS alert handshake failure).'],
    ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', 'has refused the TLS handshake (TLS alert unrecognized name).'],
    ['ECONNRESET', 'has closed the connection during the TLS handshake (ECONNRESET).'],
    [
      'ERR_SSL_SOMETHING_NEW',
      'The TLS handshake with the API server at k8s.example.com:6443 failed (ERR_SSL_SOMETHING_NEW).',
    ],
    ['ETIMEDOUT', 'did not answer (ETIMEDOUT).'],
  ])('%s is about the protocol', (code, words) => {
    expect(failureOf(code).message).toContain(words);
  });

  it('may be an authority above, which has expired', () => {
    const root = aCertificate({ subject: { CN: 'old-root' }, valid_to: 'Mar 15 10:00:00 2026 GMT' });
    const certificate = aCertificate({ issuerCertificate: root });
    expect(failureOf('CERT_HAS_EXPIRED', { certificate }).message).toBe(
      'The certificate of the API server at k8s.example.com:6443 cannot be trusted, because its authority "old-root" ' +
        'has expired on 2026-03-15 (Mar 15 10:00:00 2026 GMT).',
    );
  });

  it('ends with a chain that goes in a circle, or without a certificate', () => {
    const certificate = aCertificate();
    Object.assign(certificate, { issuerCertificate: certificate });
    expect(failureOf('CERT_HAS_EXPIRED', { certificate }).message).toContain('has expired.');
    expect(failureOf('CERT_HAS_EXPIRED', { certificate: undefined }).message).toContain('has expired.');
    expect(failureOf('SELF_SIGNED_CERT_IN_CHAIN', { certificate: undefined, hasOwnAuthority: false }).message).toBe(
      'The certificate of the API server at k8s.example.com:6443 is signed by an unknown authority: ' +
        'the kubeconfig names no certificate authority, and the system does not know this one.',
    );
  });

  it('writes an IPv6 address in brackets, and calls a proxy a proxy', () => {
    expect(failureOf('DEPTH_ZERO_SELF_SIGNED_CERT', { host: '::1', what: 'The proxy' }).message).toContain(
      'The certificate of the proxy at [::1]:6443 is self-signed',
    );
  });
});

describe('the names of a certificate', () => {
  it('are its SANs, else its common name, at most twenty', () => {
    expect(namesOf(aCertificate())).toBe('kubernetes, 10.96.0.1');
    expect(namesOf(aCertificate({ subjectaltname: undefined }))).toBe('kube-apiserver');
    expect(namesOf(aCertificate({ subjectaltname: undefined, subject: {} }))).toBe('no name at all');
    const many = Array.from({ length: 25 }, (_, index) => `DNS:n${index}`).join(', ');
    expect(namesOf(aCertificate({ subjectaltname: many }))).toMatch(/n19 and 5 more$/);
  });
});

describe('an alert after the handshake', () => {
  it('is known when it is about the client certificate', () => {
    expect(isRefusedClientCertificate('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')).toBe(true);
    expect(isRefusedClientCertificate('ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE')).toBe(true);
    expect(isRefusedClientCertificate('ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR')).toBe(false);
    expect(isRefusedClientCertificate('ECONNRESET')).toBe(false);
    expect(describeRefusedClientCertificate('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'The API server', 'a:1')).toBe(
      'The API server at a:1 does not accept the client certificate of this user (TLS alert unknown ca).',
    );
  });
});
