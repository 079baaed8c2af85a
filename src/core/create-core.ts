import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import type { AppInfo } from '../shared/contract/app.ts';
import { createJournal } from './journal.ts';
import { createConnection } from './kubernetes/connection.ts';
import { createDecodePool } from './kubernetes/decode-pool.ts';
import { ExecPlugins } from './kubernetes/exec-plugins.ts';
import { KubeconfigStore } from './kubernetes/kubeconfig-store.ts';
import { loginShellPath } from './kubernetes/login-shell-path.ts';
import { createRouter } from './handlers/router.ts';
import { createAccessService } from './services/access.ts';
import { ClusterRegistry } from './services/cluster-registry.ts';
import { ContextService, type RunningDemo } from './services/context-service.ts';
import { PluginApprovals } from './services/plugin-approvals.ts';
import { openSettings } from './services/settings.ts';

export interface CoreOptions {
  readonly version: string;
  readonly host: AppInfo['host'];
  readonly platform: string;
  readonly capabilities?: AppInfo['capabilities'];
  /** Settings, journal and kept kubeconfigs live in it; made 0700 by the host. */
  readonly dataDir: string;
  /** `--kubeconfig`: when given, only these. */
  readonly kubeconfigArgs?: readonly string[];
  /** `--demo`: the demo cluster is started and opened at once. */
  readonly demo?: { readonly open: boolean; readonly nodes?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Default: the user's home folder. */
  readonly home?: string;
  readonly clock: Clock;
  readonly random?: () => number;
  readonly log: (line: string) => void;
  /** The decode worker's module; without it everything is decoded in this thread. */
  readonly decodeWorkerUrl?: URL;
  readonly demoProcess: (nodes?: number) => Promise<RunningDemo>;
}

export interface Core {
  readonly router: ReturnType<typeof createRouter>;
  /** The machine woke up, or the network came back: every live read tries again now. */
  nudge(): void;
  /** A kubeconfig that the system was asked to open with us: added by its path. @throws AppError KubeconfigInvalid */
  addKubeconfig(path: string): Promise<readonly string[]>;
  dispose(): Promise<void>;
}

/** One core is left to this thread, which serves the page; more than two workers find no work. */
const DECODE_WORKERS = Math.min(2, Math.max(1, availableParallelism() - 1));

/** Puts the back end together. Reads the kubeconfigs; contacts nothing but, with `demo.open`, the demo cluster that it starts. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { clock, dataDir, env, random = Math.random } = options;
  const settingsPath = join(dataDir, 'settings.json');
  const settings = await openSettings(settingsPath);
  const store = await KubeconfigStore.open({
    clock,
    env,
    home: options.home ?? homedir(),
    argumentPaths: options.kubeconfigArgs ?? [],
    addedPaths: options.kubeconfigArgs ? [] : settings.current.addedFiles,
    dataDir,
  });
  const decode = createDecodePool({
    size: DECODE_WORKERS,
    ...(options.decodeWorkerUrl ? { workerUrl: options.decodeWorkerUrl } : {}),
  });
  const approvals = new PluginApprovals(settings);
  const plugins = openPlugins(options, approvals, () => contexts.changed());
  const clusters: ClusterRegistry = new ClusterRegistry({
    connect: (contextName) => createConnection(contexts.resolve(contextName), { clock, env, plugins }),
    guardLevelOf: (contextName) => contexts.settingsOf(contextName).guardLevel ?? 'free',
    decode,
    journal: createJournal(join(dataDir, 'journal.jsonl'), clock),
    clock,
    random,
    onChange: () => contexts.changed(),
  });
  const contexts: ContextService = new ContextService({
    store,
    settings,
    settingsPath,
    startDemo: options.demoProcess,
    clusters,
    approvals,
  });
  const findCluster = clusters.find;
  const router = createRouter({
    appInfo: {
      version: options.version,
      host: options.host,
      platform: options.platform,
      capabilities: options.capabilities ?? [],
    },
    contexts,
    findCluster,
    access: createAccessService(findCluster),
  });
  if (options.demo?.open) openDemo(contexts, options);
  return {
    router,
    nudge: () => clusters.nudge(),
    addKubeconfig: (path) => contexts.addFile(path),
    dispose: async () => {
      store.dispose();
      await clusters.dispose();
      plugins.dispose();
      await Promise.all([contexts.dispose(), decode.dispose()]);
    },
  };
}

/** A terminal has given the server host its PATH; a desktop gives the application a bare one. */
function openPlugins(options: CoreOptions, approvals: PluginApprovals, onChange: () => void): ExecPlugins {
  const { clock, env, host } = options;
  // The application may speak of its platform otherwise; what counts here is the one that starts processes.
  const { platform } = process;
  return new ExecPlugins({
    clock,
    env,
    platform,
    findPath: () =>
      host === 'electron' && platform !== 'win32'
        ? loginShellPath({ env, clock, platform })
        : Promise.resolve(pathOf(env, platform)),
    approvalOf: approvals.approvalOf,
    onChange,
  });
}

/** Windows calls it Path, in any case. */
function pathOf(env: CoreOptions['env'], platform: NodeJS.Platform): string {
  if (platform !== 'win32') return env['PATH'] ?? '';
  return Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
}

/** The page shows the demo's state like any context's, so a failure only goes to the log here. */
function openDemo(contexts: ContextService, options: CoreOptions): void {
  contexts
    .startDemo(options.demo?.nodes)
    .then((contextName) => contexts.open(contextName))
    .catch((error: unknown) => {
      options.log(`The demo cluster did not open: ${error instanceof Error ? error.message : String(error)}`);
    });
}
