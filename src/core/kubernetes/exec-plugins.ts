import type { Clock } from '../../shared/clock.ts';
import { assertNever } from '../../shared/errors/assert-never.ts';
import { ConnectFailure } from './connect-failure.ts';
import type { ExecCredential } from './exec-credential.ts';
import { ExecIdentity, type AskedBy } from './exec-identity.ts';
import { execInfoOf } from './exec-info.ts';
import { execPluginOf, pluginProblem } from './exec-plugin.ts';
import type { ExecPlugin, PluginApproval } from './exec-plugin.ts';
import { runExecPlugin } from './exec-plugin-run.ts';
import { nodeFiles } from './file-reader.ts';
import type { FileReader } from './file-reader.ts';
import type { Environment } from './proxy-environment.ts';
import type { ResolvedContext } from './resolved-context.ts';

export interface ExecPluginsOptions {
  readonly clock: Clock;
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  /** The PATH to search and to hand on; asked once, before the first run. */
  readonly findPath: () => Promise<string>;
  readonly approvalOf: (plugin: ExecPlugin) => PluginApproval;
  readonly onChange: () => void;
  readonly files?: FileReader;
}

/** What a connection has of a plugin: its credential, as long as it is not released. */
export interface ExecSession {
  readonly current: ExecCredential | undefined;
  /** The command that runs right now, or undefined. */
  readonly waitingFor: string | undefined;
  /** Throws ConnectFailure: not approved, failed, Cancelled. */
  credential(signal: AbortSignal, by: AskedBy): Promise<ExecCredential>;
  /** After a 401: whether there is another credential than the one that was sent. Throws as `credential` does. */
  renew(used: ExecCredential | undefined, signal: AbortSignal, by: AskedBy): Promise<boolean>;
  /** When the last connection has released it, a run under way is ended and the credential forgotten. */
  release(): void;
}

interface Shared {
  readonly identity: ExecIdentity;
  users: number;
}

/** Every plugin that may be run, and what it gave. Nothing is run that the user has not approved. */
export class ExecPlugins {
  readonly #options: ExecPluginsOptions;
  readonly #identities = new Map<string, Shared>();
  #path: Promise<string> | undefined;

  constructor(options: ExecPluginsOptions) {
    this.#options = options;
  }

  /** Runs nothing yet. Undefined where the user of the context needs no plugin. */
  open(context: ResolvedContext): ExecSession | undefined {
    const plugin = execPluginOf(context.credentials.reveal());
    if (plugin === undefined) return undefined;
    const key = identityKey(plugin, context);
    const shared = this.#identities.get(key) ?? { identity: this.#identity(plugin, context), users: 0 };
    this.#identities.set(key, shared);
    shared.users++;
    let released = false;
    const { identity } = shared;
    return {
      get current() {
        return identity.current;
      },
      get waitingFor() {
        return identity.waitingFor;
      },
      credential: (signal, by) => identity.credential(signal, by),
      renew: (used, signal, by) => identity.renew(used, signal, by),
      release: () => {
        if (released) return;
        released = true;
        shared.users--;
        if (shared.users > 0) return;
        if (this.#identities.get(key) === shared) this.#identities.delete(key);
        identity.dispose();
      },
    };
  }

  dispose(): void {
    for (const { identity } of this.#identities.values()) identity.dispose();
    this.#identities.clear();
  }

  #identity(plugin: ExecPlugin, context: ResolvedContext): ExecIdentity {
    const { clock, onChange } = this.#options;
    const run = (signal: AbortSignal, known: ExecCredential | undefined) => this.#run(plugin, context, signal, known);
    return new ExecIdentity({ command: plugin.command, clock, run, onChange });
  }

  async #run(
    plugin: ExecPlugin,
    context: ResolvedContext,
    signal: AbortSignal,
    known: ExecCredential | undefined,
  ): Promise<ExecCredential> {
    const { approvalOf, clock, env, findPath, platform, files = nodeFiles } = this.#options;
    const refusal = pluginRefusal(plugin, approvalOf(plugin));
    if (refusal !== undefined) throw refusal;
    this.#path ??= findPath();
    const [path, execInfo] = await Promise.all([this.#path, execInfoOf(plugin, context, files)]);
    return runExecPlugin({ plugin, execInfo, search: { platform, path, env }, clock, signal, known });
  }
}

/** Why a plugin is not run, before anything of it is. */
export function pluginRefusal(plugin: ExecPlugin, approval: PluginApproval): ConnectFailure | undefined {
  const problem = pluginProblem(plugin);
  if (problem !== undefined) return new ConnectFailure(problem, { reason: 'KubeconfigInvalid', retry: false });
  const refuse = (message: string) => new ConnectFailure(message, { reason: 'CredentialPluginFailed', retry: false });
  switch (approval) {
    case 'approved':
      return undefined;
    case 'waiting':
      return refuse(`The credential plugin "${plugin.command}" of ${plugin.file} waits for your approval.`);
    case 'denied':
      return refuse(`The credential plugin "${plugin.command}" is not run: the settings say DenyAll.`);
    default:
      return assertNever(approval);
  }
}

/** A plugin that is told its cluster may answer differently for each. client-go keys its cache likewise (exec.go, cacheKey). */
function identityKey(plugin: ExecPlugin, { cluster }: ResolvedContext): string {
  const told = plugin.provideClusterInfo ? { ...cluster, proxyUrl: cluster.proxyUrl?.reveal() } : undefined;
  return JSON.stringify([plugin, told]);
}
