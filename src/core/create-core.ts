import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import type { AppInfo } from '../shared/contract/app.ts';
import { createJournal } from './journal.ts';
import { createConnection } from './kubernetes/connection.ts';
import { createDecodePool } from './kubernetes/decode-pool.ts';
import { ExecPlugins } from './kubernetes/exec-plugins.ts';
import { ownHomeFolder } from './kubernetes/home-folder.ts';
import { KubeconfigStore } from './kubernetes/kubeconfig-store.ts';
import { loginShellPath } from './kubernetes/login-shell-path.ts';
import { createRouter } from './handlers/router.ts';
import { createRegistryRequest, type RegistryRequest } from './registry/registry-request.ts';
import { createAccessService } from './services/access.ts';
import { ClusterRegistry } from './services/cluster-registry.ts';
import { ContextService } from './services/context-service.ts';
import type { RunningDemo } from './services/demo-cluster.ts';
import { DraftStore } from './services/draft-store.ts';
import { createImageSearch } from './services/image-search.ts';
import { JournalReads } from './services/journal/journal-reads.ts';
import type { FindCluster } from './services/open-cluster.ts';
import { createOffersService } from './services/offers/offers.ts';
import { PluginApprovals } from './services/plugin-approvals.ts';
import { createSchemaService } from './services/schema/cluster-schema.ts';
import { SchemaCache } from './services/schema/schema-cache.ts';
import { openSettings, type SettingsStore } from './services/settings.ts';
import { StagedRollouts } from './services/staged/staged-rollouts.ts';

export interface CoreOptions {
  readonly version: string;
  readonly host: AppInfo['host'];
  readonly platform: string;
  /** Where the host has a dialog of its own for choosing files. */
  readonly chooseFiles?: () => Promise<readonly string[]>;
  /** Settings, journal and kept kubeconfigs live in it; made 0700 by the host. */
  readonly dataDir: string;
  /** `--kubeconfig`: when given, only these. */
  readonly kubeconfigArgs?: readonly string[];
  /** `--demo`: the demo cluster is started and opened at once. */
  readonly demo?: { readonly open: boolean; readonly nodes?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Default: the folder that kubectl means by home. */
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
  /** The machine woke up, or the network came back: every live read is stale until it has tried again, cluster after cluster. */
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
    home: options.home ?? ownHomeFolder(env),
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
  const { writer, journal } = openJournal(options);
  const clusters: ClusterRegistry = new ClusterRegistry({
    connect: (contextName) => createConnection(contexts.resolve(contextName), { clock, env, plugins }),
    guardLevelOf: (contextName) => contexts.settingsOf(contextName).guardLevel ?? 'free',
    decode,
    journal: writer,
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
  const registries = createRegistryRequest({ env });
  const drafts = new DraftStore(join(dataDir, 'drafts'), clock);
  const staged = new StagedRollouts({ folder: join(dataDir, 'staged-rollouts'), clock, findCluster: clusters.find });
  const parts = { contexts, findCluster: clusters.find, settings, registries, drafts, staged, journal };
  const router = routerOf(options, parts);
  if (options.demo?.open) openDemo(contexts, options);
  return {
    router,
    nudge: () => clusters.nudgeAll(),
    addKubeconfig: (path) => contexts.addFile(path),
    dispose: async () => {
      store.dispose();
      await staged.dispose();
      await clusters.dispose();
      plugins.dispose();
      registries.dispose();
      await Promise.all([drafts.flush(), contexts.dispose(), decode.dispose()]);
    },
  };
}

function openJournal({ dataDir, clock }: CoreOptions) {
  const path = join(dataDir, 'journal.jsonl');
  const writer = createJournal(path, clock);
  return { writer, journal: new JournalReads(path, writer, clock) };
}

function appInfoOf({ version, host, platform, chooseFiles }: CoreOptions): AppInfo {
  return { version, host, platform, capabilities: chooseFiles === undefined ? [] : ['openFileDialog'] };
}

interface RouterParts {
  readonly contexts: ContextService;
  readonly findCluster: FindCluster;
  readonly settings: SettingsStore;
  readonly registries: RegistryRequest;
  readonly drafts: DraftStore;
  readonly staged: StagedRollouts;
  readonly journal: JournalReads;
}

function routerOf(options: CoreOptions, parts: RouterParts): Core['router'] {
  const { contexts, findCluster, settings, registries, drafts, staged, journal } = parts;
  const access = createAccessService(findCluster);
  return createRouter({
    appInfo: appInfoOf(options),
    contexts,
    findCluster,
    access,
    offers: createOffersService({
      findCluster,
      draftTexts: () => drafts.texts(),
      askRight: (contextName) => (check) => access.askLater(contextName, check),
    }),
    schemas: createSchemaService({
      findCluster,
      cache: new SchemaCache(join(options.dataDir, 'schemas'), options.log),
    }),
    drafts,
    staged,
    journal,
    images: createImageSearch({ findCluster, settings, request: registries, clock: options.clock }),
    clock: options.clock,
    chooseFiles: options.chooseFiles,
  });
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
