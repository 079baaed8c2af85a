import type { Dispatcher } from 'undici';
import type { Clock } from '../../shared/clock.ts';
import type { Attention } from '../attention.ts';
import { ConnectFailure } from './connect-failure.ts';
import { ConnectionPools } from './connection-pools.ts';
import type { UserFacts } from './credentials.ts';
import type { DialTarget } from './dial.ts';
import type { FileReader } from './file-reader.ts';
import { loadTlsMaterial, tlsFiles } from './tls-material.ts';

export interface PoolKeeperOptions {
  readonly target: Omit<DialTarget, 'tls'>;
  readonly user: UserFacts;
  readonly files: FileReader;
  readonly clock: Clock;
  readonly connectTimeoutMs: number;
  readonly attention: Attention;
  readonly probe: (dispatcher: Dispatcher, signal: AbortSignal) => Promise<void>;
  /** The certificate and key that an exec plugin gave: they win over the kubeconfig's. */
  readonly pluginCertificate?: () => PluginCertificate | undefined;
}

export type PluginCertificate = Pick<UserFacts, 'clientCertificateData' | 'clientKeyData'>;

/** How long certificate files are believed before they are looked at again, on use. */
const CHECK_EVERY_MS = 3000;

interface Current {
  readonly pools: ConnectionPools;
  readonly versions: string;
  readonly certificate: string | undefined;
}

/** Keeps the pools of a context, and makes new ones when its certificate files changed on disk. */
export class PoolKeeper {
  readonly #options: PoolKeeperOptions;
  readonly #paths: readonly string[];
  readonly #retiring = new Set<ConnectionPools>();
  #current: Current | undefined;
  #checkedAt = 0;
  #making: Promise<ConnectionPools> | undefined;
  #disposed = false;
  #httpVersion: '1.1' | '2' | undefined;

  constructor(options: PoolKeeperOptions) {
    this.#options = options;
    this.#paths = needsTls(options.target) ? tlsFiles(options.target.cluster, options.user) : [];
  }

  get httpVersion(): '1.1' | '2' | undefined {
    return this.#httpVersion;
  }

  /** Throws ConnectFailure: a certificate that cannot be read, or a connection already closed. */
  current(): Promise<ConnectionPools> {
    if (this.#disposed)
      return Promise.reject(new ConnectFailure('The connection was closed.', { reason: 'Cancelled' }));
    const sameCertificate = this.#current?.certificate === this.#pluginCertificate()?.clientCertificateData;
    const fresh = this.#current && Math.abs(this.#options.clock.now() - this.#checkedAt) < CHECK_EVERY_MS;
    if (this.#current && sameCertificate && (fresh || this.#paths.length === 0))
      return Promise.resolve(this.#current.pools);
    this.#making ??= this.#make().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  /**
   * A request got no answer on these pools. On HTTP/2 every later one would go into the same, perhaps dead, connection (undici's own
   * ping does not notice in time), so that the next request makes new ones. On HTTP/1.1 the socket has ended with its request.
   */
  suspect(pools: ConnectionPools): void {
    if (this.#httpVersion !== '2' || this.#current?.pools !== pools) return;
    this.#current = undefined;
    this.#retire(pools);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#making?.catch(ignoreFailure);
    const all = [...this.#retiring, ...(this.#current ? [this.#current.pools] : [])];
    this.#current = undefined;
    await Promise.all(all.map((pools) => pools.dispose()));
  }

  async #make(): Promise<ConnectionPools> {
    const versions = await this.#versions();
    this.#checkedAt = this.#options.clock.now();
    const before = this.#current;
    // A file that is missing for a moment is a rotation in progress: the loaded certificate goes on.
    const plugin = this.#pluginCertificate();
    const certificate = plugin?.clientCertificateData;
    const sameFiles = before && (versions === undefined || versions === before.versions);
    if (sameFiles && certificate === before.certificate) return before.pools;
    const { target, files, clock, connectTimeoutMs, attention, probe } = this.#options;
    const user = { ...this.#options.user, ...plugin };
    const tls = needsTls(target) ? await loadTlsMaterial(target.cluster, user, files) : undefined;
    const onProtocol = (version: '1.1' | '2') => {
      this.#httpVersion = version;
    };
    const pools = new ConnectionPools({
      target: { ...target, tls },
      clock,
      connectTimeoutMs,
      onProtocol,
      attention,
      probe,
    });
    if (before) this.#retire(before.pools);
    this.#current = { pools, versions: versions ?? '', certificate };
    return pools;
  }

  #pluginCertificate(): PluginCertificate | undefined {
    return this.#options.pluginCertificate?.();
  }

  async #versions(): Promise<string | undefined> {
    try {
      return (await Promise.all(this.#paths.map((path) => this.#options.files.version(path)))).join('|');
    } catch {
      // Reading the file itself says why; here it only means that nothing can be compared.
      return undefined;
    }
  }

  #retire(pools: ConnectionPools): void {
    this.#retiring.add(pools);
    const done = () => this.#retiring.delete(pools);
    pools.retire().then(done, done);
  }
}

function needsTls(target: Omit<DialTarget, 'tls'>): boolean {
  return (
    target.server.protocol === 'https:' || (target.route.kind === 'http' && target.route.proxy.protocol === 'https:')
  );
}

function ignoreFailure(): void {
  // Whoever asked for the pools has it.
}
