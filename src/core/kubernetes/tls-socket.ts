import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { checkServerIdentity, connect } from 'node:tls';
import type { DetailedPeerCertificate, SecureContext, TLSSocket } from 'node:tls';
import { destroyOnAbort } from './tcp-socket.ts';
import type { DialScope } from './tcp-socket.ts';
import { tlsFailure } from './tls-failure.ts';

export interface TlsTarget {
  readonly what: string;
  readonly host: string;
  readonly port: number;
  /** tls-server-name of the kubeconfig: the name to ask for (SNI) and to check, in place of the host. */
  readonly serverName: string | undefined;
  readonly secureContext: SecureContext;
  readonly hasOwnAuthority: boolean;
  readonly insecureSkipTlsVerify: boolean;
  readonly alpnProtocols: readonly string[];
  readonly now: () => number;
}

/** TLS over an open socket. A failed check throws ConnectFailure before a byte of a request is sent. */
export function connectTls(socket: Socket, target: TlsTarget, scope: DialScope): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  const expectedName = target.serverName ?? target.host;
  const secure = connect({
    socket,
    secureContext: target.secureContext,
    // An IP address is never sent as a server name (RFC 6066, section 3).
    servername: isIP(expectedName) === 0 ? expectedName : '',
    rejectUnauthorized: !target.insecureSkipTlsVerify,
    ALPNProtocols: [...target.alpnProtocols],
    checkServerIdentity: (_host, certificate) => checkServerIdentity(expectedName, certificate),
  });
  scope.own(secure);
  let certificate: DetailedPeerCertificate | undefined;
  // Before Node's own check, which drops the certificate when it fails: only for the words of the error.
  secure.prependOnceListener('secure', () => {
    certificate = secure.getPeerCertificate(true);
  });
  const release = destroyOnAbort(secure, scope.signal, reject);
  const onError = (error: Error) => {
    release();
    socket.destroy();
    const { what, host, port, hasOwnAuthority } = target;
    reject(tlsFailure(error, { what, host, port, hasOwnAuthority, expectedName, certificate, now: target.now() }));
  };
  secure.once('secureConnect', () => {
    release();
    secure.off('error', onError);
    resolve(secure);
  });
  secure.once('error', onError);
  return promise;
}
