import type { ApiConnection } from '../../src/core/kubernetes/api-connection.ts';
import { createConnection } from '../../src/core/kubernetes/connection.ts';
import type { ConnectionDeps } from '../../src/core/kubernetes/connection.ts';
import type { UserFacts } from '../../src/core/kubernetes/credentials.ts';
import type { ClusterFacts } from '../../src/core/kubernetes/resolved-context.ts';
import { systemClock } from '../../src/core/system-clock.ts';
import { AppError } from '../../src/shared/errors/app-error.ts';
import { CertificateAuthority } from './certificates.ts';
import { aContext } from './contexts.ts';
import { ScriptedApiServer } from './scripted-api-server.ts';
import type { Script, ScriptedServerOptions } from './scripted-api-server.ts';

export const testAuthority = new CertificateAuthority('test-ca');
export const serverCertificate = testAuthority.issue({
  commonName: 'kube-apiserver',
  names: ['127.0.0.1', 'localhost', 'kubernetes.default.svc'],
});

export interface ConnectionWish {
  readonly cluster?: Partial<ClusterFacts>;
  readonly user?: UserFacts;
  readonly deps?: Partial<ConnectionDeps>;
}

/** Servers and connections of one test, which `close` ends: the last first. */
export class ConnectionFixture {
  readonly #open: (() => Promise<unknown>)[] = [];

  own<T extends { close(): Promise<unknown> }>(thing: T): T {
    this.#open.push(() => thing.close());
    return thing;
  }

  async server(options: ScriptedServerOptions, script: Script): Promise<ScriptedApiServer> {
    return this.own(await ScriptedApiServer.start(options, script));
  }

  async secureServer(script: Script, http2 = true): Promise<ScriptedApiServer> {
    return this.server({ tls: serverCertificate, http2 }, script);
  }

  connect(url: string, wish: ConnectionWish = {}): ApiConnection {
    const context = aContext(url, { certificateAuthorityData: testAuthority.cert, ...wish.cluster }, wish.user);
    const connection = createConnection(context, { clock: systemClock, env: {}, ...wish.deps });
    this.#open.push(() => connection.dispose());
    return connection;
  }

  async close(): Promise<void> {
    for (const close of this.#open.splice(0).toReversed()) await close();
  }
}

/** The AppError that a promise fails with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

/** Waits for something that happens on real sockets, where no clock can be advanced. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not happen within 20 s');
    await new Promise<void>((resolve) => setTimeout(resolve, 2));
  }
}

export function anySignal(): AbortSignal {
  return new AbortController().signal;
}

export function textOf(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}
