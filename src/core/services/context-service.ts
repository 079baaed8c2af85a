import type {
  ApprovedPlugin,
  ContextsView,
  CredentialPlugin,
  KubeconfigProblem,
  KubeContextRow,
  PluginPolicy,
} from '../../shared/contract/context.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { execPluginOf, pluginFingerprint, pluginProblem } from '../kubernetes/exec-plugin.ts';
import { pluginRefusal } from '../kubernetes/exec-plugins.ts';
import type { KubeconfigStore, StoredContext } from '../kubernetes/kubeconfig-store.ts';
import { isSameConnection, type ResolvedContext } from '../kubernetes/resolved-context.ts';
import type { ClusterRegistry } from './cluster-registry.ts';
import { DemoCluster, type DemoClusterDeps } from './demo-cluster.ts';
import type { PluginApprovals } from './plugin-approvals.ts';
import type { ContextSettings, SettingsStore } from './settings.ts';

export const DEMO_CONTEXT = 'demo';

export interface ContextServiceDeps {
  readonly store: KubeconfigStore;
  readonly settings: SettingsStore;
  readonly settingsPath: string;
  readonly startDemo: DemoClusterDeps['start'];
  readonly clusters: ClusterRegistry;
  readonly approvals: PluginApprovals;
}

type Preferences = ContextSettings & { readonly contextName: string };

/** The contexts of every kubeconfig and the demo, with what the user set for them and where their connections stand. */
export class ContextService {
  readonly #deps: ContextServiceDeps;
  readonly #listeners = new Set<() => void>();
  readonly #demo: DemoCluster;
  /** What each open connection was made of. */
  readonly #connectedTo = new Map<string, ResolvedContext>();

  constructor(deps: ContextServiceDeps) {
    this.#deps = deps;
    this.#demo = new DemoCluster({ start: deps.startDemo, onEnd: () => this.#closeEndedDemo() });
    deps.store.subscribe(() => {
      this.#reconnectChanged();
      this.changed();
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A context, its settings or its connection changed. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  view(): ContextsView {
    const { state } = this.#deps.store;
    const demo = this.#demo.context;
    const contexts = [...state.contexts.map((context) => this.#row(context)), ...(demo ? [this.#demoRow(demo)] : [])];
    return {
      contexts,
      ...(state.currentContext === undefined ? {} : { currentContext: state.currentContext }),
      sources: [
        ...state.sources,
        ...(demo ? [{ sourceId: DEMO_CONTEXT, kind: 'demo', file: 'demo cluster', found: true } as const] : []),
      ],
      problems: [...this.#settingsProblem(), ...state.problems],
      shadowed: state.shadowed,
      pluginPolicy: this.#deps.approvals.policy,
      approvedPlugins: this.#deps.approvals.approved.map((fingerprint) => approvedPlugin(fingerprint, contexts)),
    };
  }

  /** What a connection needs. Throws AppError KubeconfigInvalid, or Unreachable when it is the demo and has ended. */
  resolve(contextName: string): ResolvedContext {
    const demo = this.#demo.context;
    if (demo?.contextName !== contextName) return this.#deps.store.resolve(contextName);
    if (this.#demo.problem !== undefined) throw this.#demo.problem;
    return demo;
  }

  async open(contextName: string) {
    const resolved = this.resolve(contextName);
    this.#refusePlugin(resolved);
    this.#connectedTo.set(contextName, resolved);
    return this.#deps.clusters.open(contextName);
  }

  async close(contextName: string): Promise<void> {
    await this.#deps.clusters.close(contextName);
  }

  reconnect(contextName: string): void {
    this.#deps.clusters.nudge(contextName);
  }

  async approvePlugin(contextName: string, fingerprint: string): Promise<void> {
    const plugin = execPluginOf(this.resolve(contextName).credentials.reveal());
    await this.#deps.approvals.approve(plugin, fingerprint);
    this.changed();
  }

  async forgetPlugin(fingerprint: string): Promise<void> {
    await this.#deps.approvals.forget(fingerprint);
    this.changed();
  }

  async setPluginPolicy(policy: PluginPolicy): Promise<void> {
    await this.#deps.approvals.setPolicy(policy);
    this.changed();
  }

  async setPreferences({ contextName, ...wanted }: Preferences): Promise<void> {
    await this.#deps.settings.update((settings) => ({
      ...settings,
      contexts: { ...settings.contexts, [contextName]: { ...settings.contexts[contextName], ...wanted } },
    }));
    this.changed();
  }

  settingsOf(contextName: string): ContextSettings {
    return this.#deps.settings.current.contexts[contextName] ?? {};
  }

  async addFile(path: string): Promise<readonly string[]> {
    const { store, settings } = this.#deps;
    const names = await store.addFile(path);
    await settings.update((was) => ({ ...was, addedFiles: [...new Set([...was.addedFiles, ...store.addedPaths])] }));
    return names;
  }

  addText(fileName: string, text: string, keep: boolean): Promise<readonly string[]> {
    return this.#deps.store.addText(fileName, text, keep);
  }

  async remove(sourceId: string): Promise<void> {
    const { store, settings } = this.#deps;
    const gone = store.state.contexts.filter((context) => context.sourceId === sourceId);
    const file = store.state.sources.find((source) => source.sourceId === sourceId && source.kind === 'added')?.file;
    await store.remove(sourceId);
    await Promise.all(gone.map((context) => this.close(context.contextName)));
    await settings.update((was) => ({ ...was, addedFiles: was.addedFiles.filter((added) => added !== file) }));
  }

  /** Starts the demo cluster when it does not run; two callers share one start. */
  async startDemo(nodes: number | undefined): Promise<string> {
    const taken = new Set(this.#deps.store.state.contexts.map((context) => context.contextName));
    const { contextName } = await this.#demo.start(nodes, () =>
      taken.has(DEMO_CONTEXT) ? 'demo (Everynode)' : DEMO_CONTEXT,
    );
    this.changed();
    return contextName;
  }

  async dispose(): Promise<void> {
    this.#listeners.clear();
    await this.#demo.dispose();
  }

  /** The next demo cluster has another address and another token; the context's own problem says what happened. */
  #closeEndedDemo(): void {
    const name = this.#demo.context?.contextName;
    if (name !== undefined) this.close(name).catch(() => this.changed());
    this.changed();
  }

  /**
   * A kubeconfig that changed on disk replaces the connections that it was about; what it left alone goes on. So does a context that
   * is listed with a problem just now: a file that it names may be on its way.
   */
  #reconnectChanged(): void {
    const { clusters, store } = this.#deps;
    for (const contextName of clusters.openNames()) {
      const before = this.#connectedTo.get(contextName);
      if (!before || contextName === this.#demo.context?.contextName) continue;
      const now = store.state.contexts.find((context) => context.contextName === contextName);
      if (now && (!now.resolved || isSameConnection(before, now.resolved))) continue;
      const closing = clusters.close(contextName);
      if (!now) this.#connectedTo.delete(contextName);
      // The reason of a failed attempt stands in the context's state.
      else closing.then(() => this.open(contextName)).catch(() => this.changed());
    }
  }

  /** A context whose plugin waits for the user stays closed: nothing of it was tried. Any other refusal is its connection's. */
  #refusePlugin({ contextName, credentials }: ResolvedContext): void {
    const plugin = execPluginOf(credentials.reveal());
    const approval = plugin && this.#deps.approvals.approvalOf(plugin);
    if (plugin === undefined || approval !== 'waiting' || pluginProblem(plugin) !== undefined) return;
    const refusal = pluginRefusal(plugin, approval);
    if (refusal === undefined) return;
    const { reason, message } = refusal;
    throw new AppError({ reason, message, contextName, retry: false });
  }

  #plugin({ resolved }: StoredContext): CredentialPlugin | undefined {
    const plugin = resolved && execPluginOf(resolved.credentials.reveal());
    if (plugin === undefined || pluginProblem(plugin) !== undefined) return undefined;
    const { command, args, env, file } = plugin;
    const approval = this.#deps.approvals.approvalOf(plugin);
    const envNames = env.map(({ name }) => name);
    return { command, args, envNames, file, fingerprint: pluginFingerprint(plugin), approval };
  }

  #row(context: StoredContext): KubeContextRow {
    const { contextName, sourceId, file, server, userName, namespace, shadowedBy, insecureSkipTlsVerify } = context;
    const { problem } = context;
    const plugin = this.#plugin(context);
    return {
      ...this.#common(contextName),
      sourceId,
      file,
      isDemo: false,
      insecureSkipTlsVerify,
      ...(shadowedBy === undefined ? {} : { shadowedBy }),
      ...(server === undefined ? {} : { server }),
      ...(userName === undefined ? {} : { user: userName }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(problem === undefined ? {} : { problem }),
      ...(plugin === undefined ? {} : { plugin }),
    };
  }

  #demoRow({ contextName, server }: ResolvedContext): KubeContextRow {
    return {
      ...this.#common(contextName),
      sourceId: DEMO_CONTEXT,
      file: 'demo cluster',
      isDemo: true,
      server,
      insecureSkipTlsVerify: false,
      ...(this.#demo.problem === undefined ? {} : { problem: this.#demo.problem.data }),
    };
  }

  #common(contextName: string) {
    const { displayName, color, hidden, guardLevel } = this.settingsOf(contextName);
    return {
      contextName,
      displayName: displayName || contextName,
      ...(color === undefined ? {} : { color }),
      hidden: hidden ?? false,
      guardLevel: guardLevel ?? ('free' as const),
      connection: this.#deps.clusters.stateOf(contextName),
    };
  }

  #settingsProblem(): readonly KubeconfigProblem[] {
    const { problem } = this.#deps.settings;
    return problem === undefined ? [] : [{ file: this.#deps.settingsPath, message: problem }];
  }
}

function approvedPlugin(fingerprint: string, contexts: readonly KubeContextRow[]): ApprovedPlugin {
  const users = contexts.filter((context) => context.plugin?.fingerprint === fingerprint);
  const plugin = users[0]?.plugin;
  const contextNames = users.map(({ contextName }) => contextName);
  return { fingerprint, contextNames, ...(plugin === undefined ? {} : { plugin }) };
}
