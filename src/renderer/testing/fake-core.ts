import type { HostCapability } from '../../shared/contract/app.ts';
import type { AccessAnswer, AccessCheck, ClusterInfo } from '../../shared/contract/cluster.ts';
import type { ContextsView, KubeContextRow } from '../../shared/contract/context.ts';
import type {
  ChangeOutcome,
  CreateOutcome,
  DaemonSetCause,
  DaemonSetView,
  RollbackOutcome,
  SaveOutcome,
} from '../../shared/contract/daemonset.ts';
import type { StoredDraft } from '../../shared/contract/drafts.ts';
import type { JournalDetail, JournalPage } from '../../shared/contract/journal.ts';
import type { Found, RepositoryOffer } from '../../shared/contract/image-search.ts';
import type { RowsItem, ValueItem } from '../../shared/contract/live.ts';
import type { LogItem } from '../../shared/contract/log.ts';
import type { PodCheck } from '../../shared/contract/pod-check.ts';
import type { DaemonSetPlacement, NodeView } from '../../shared/contract/node.ts';
import type { ObjectText } from '../../shared/contract/object.ts';
import type { PodView } from '../../shared/contract/pod.ts';
import type { OpenStagedRollout, StagedRolloutView } from '../../shared/contract/staged-rollout.ts';
import type { ConfigMapRead, SecretKeysRead, SecretValueRead } from '../../shared/kubernetes/config-read.ts';
import type { UsageSample } from '../../shared/kubernetes/pod-usage.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type {
  ControllerRevisionRow,
  DaemonSetRow,
  EventRow,
  NamespaceRow,
  NodeRow,
  PodRow,
} from '../../shared/kubernetes/rows.ts';
import type { Client } from '../live/client.ts';
import { PushStream } from './push-stream.ts';

/** A call that the page made: the method and its input. */
export interface RecordedCall {
  readonly method: string;
  readonly input: unknown;
}

const OUTCOME: ChangeOutcome = { uid: 'uid', warnings: [], kubectl: 'kubectl' };

const NOTHING = { items: [], more: false };
const OFFERS = [
  'namespaces',
  'configMaps',
  'configMapKeys',
  'secrets',
  'secretKeys',
  'persistentVolumeClaims',
  'serviceAccounts',
  'priorityClasses',
  'runtimeClasses',
  'limitRanges',
  'daemonSets',
  'isNameTaken',
  'nodeLabels',
  'taints',
  'images',
];

/**
 * A core that a test plays: it writes the streams and sets the answers. Methods that a test did not give fail loudly.
 */
export class FakeCore {
  readonly calls: RecordedCall[] = [];
  readonly contexts = new PushStream<ContextsView>();
  readonly daemonSets = new PushStream<RowsItem<DaemonSetRow>>();
  readonly daemonSet = new PushStream<ValueItem<DaemonSetView>>();
  readonly pods = new PushStream<RowsItem<PodRow>>();
  readonly revisions = new PushStream<ValueItem<readonly ControllerRevisionRow[]>>();
  readonly node = new PushStream<ValueItem<NodeView>>();
  readonly nodePods = new PushStream<RowsItem<PodRow>>();
  readonly placements = new PushStream<ValueItem<readonly DaemonSetPlacement[]>>();
  readonly pod = new PushStream<ValueItem<PodView>>();
  readonly object = new PushStream<ValueItem<ObjectText>>();
  readonly podUsage = new PushStream<ValueItem<UsageSample>>();
  readonly containerUsage = new PushStream<ValueItem<UsageSample>>();
  readonly events = new PushStream<RowsItem<EventRow>>();
  readonly nodeWarnings = new PushStream<RowsItem<EventRow>>();
  readonly nodeEvents = new PushStream<RowsItem<EventRow>>();
  readonly podEvents = new PushStream<RowsItem<EventRow>>();
  readonly warnings = new PushStream<RowsItem<EventRow>>();
  readonly staged = new PushStream<ValueItem<StagedRolloutView>>();
  readonly openStaged = new PushStream<ValueItem<readonly OpenStagedRollout[]>>();
  readonly journalWritten = new PushStream<ValueItem<number>>();
  journalPage: (input: { readonly before?: string; readonly limit: number }) => JournalPage = () => ({
    rows: [],
    isGone: false,
    file: '/data/journal.jsonl',
  });
  journalDetail: JournalDetail = {};
  readonly log = new PushStream<LogItem>();
  readonly namespaces = new PushStream<RowsItem<NamespaceRow>>();
  readonly nodes = new PushStream<RowsItem<NodeRow>>();
  readonly clusterInfo = new PushStream<ValueItem<ClusterInfo>>();
  access: (check: AccessCheck) => AccessAnswer = () => ({ allowed: true });
  /** By method: `{ items: ['a'], more: false }`, or `{ none: 'why' }`. */
  offers: Readonly<Record<string, unknown>> = {};
  repositories: (input: unknown) => Found<RepositoryOffer> = () => ({ items: [], more: false });
  tags: Found<string> = { items: [], more: false };
  causes: readonly DaemonSetCause[] = [];
  /** By name; one that is not among them is missing. */
  configMaps: Readonly<Record<string, ConfigMapRead>> = {};
  secretKeys: Readonly<Record<string, SecretKeysRead>> = {};
  /** What every call for a value is answered. */
  secretValue: SecretValueRead = { state: 'read', text: 'hush' };
  podCheck: PodCheck = { checked: true, refusals: [], warnings: [] };
  /** What an earlier life has left. */
  drafts: readonly StoredDraft[] = [];
  open: (contextName: string) => void = () => undefined;
  /** The object that daemonSet.read answers. */
  jsonText = '{}';
  /** What daemonSet.read answers of one; `jsonText` unless told. */
  jsonOf: (input: { readonly name: string }) => string = () => this.jsonText;
  /** What a restart and a deletion answer. */
  changeOutcome: ChangeOutcome = OUTCOME;
  saveOutcome: SaveOutcome = { ...OUTCOME, changed: ['/metadata/labels'], restarts: false };
  rollbackOutcome: RollbackOutcome = { ...OUTCOME, changed: ['/spec/template'], restarts: true, revision: 1 };
  /** By name of the revision: the template that daemonSet.readRevision answers. */
  templates: Readonly<Record<string, object>> = {};
  /** What one save answers or fails with; `saveOutcome` unless told. */
  save: (input: { readonly contextName: string; readonly name: string; readonly dryRun: boolean }) => SaveOutcome =
    () => this.saveOutcome;
  createOutcome: CreateOutcome = { ...OUTCOME, namespace: 'default', name: 'created' };
  capabilities: readonly HostCapability[] = [];
  /** What the user chooses in the host's dialog. */
  chosenFiles: readonly string[] = [];
  /** What every call waits for, when a test holds the answers back. */
  gate: Promise<void> = Promise.resolve();
  /** What the next change fails with. */
  failure: AppError | undefined;
  /** Of some calls alone. */
  failureOf: (method: string, input: unknown) => AppError | undefined = () => undefined;

  calledWith(method: string): readonly unknown[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.input);
  }

  #draftCalls(record: FakeCore['record']) {
    return {
      save: (input: unknown) => record('drafts.save', input, { savedAt: 0 }),
      list: () => {
        const drafts = this.drafts.map((draft) => ({ ...draft, name: '', characters: 0, isOpenElsewhere: false }));
        return record('drafts.list', undefined, { drafts, unreadable: [] });
      },
      read: ({ draftId }: { readonly draftId: string }) => {
        const found = this.drafts.find((draft) => draft.draftId === draftId);
        return record('drafts.read', { draftId }, found);
      },
      remove: (input: unknown) => record('drafts.remove', input, undefined),
    };
  }

  readonly record = async <Output>(method: string, input: unknown, output: Output): Promise<Output> => {
    this.calls.push({ method, input });
    await this.gate;
    const failure = this.failure ?? this.failureOf(method, input);
    if (failure !== undefined) throw failure;
    return output;
  };

  #contextCalls() {
    const { record } = this;
    return {
      watch: this.contexts.open,
      open: async (input: { contextName: string }) => {
        this.open(input.contextName);
        return record('context.open', input, { phase: 'live', since: 0, serverVersion: 'v1.37.2' });
      },
      close: (input: unknown) => record('context.close', input, undefined),
      reconnect: (input: unknown) => record('context.reconnect', input, undefined),
      approvePlugin: (input: unknown) => record('context.approvePlugin', input, undefined),
      forgetPlugin: (input: unknown) => record('context.forgetPlugin', input, undefined),
      setPluginPolicy: (input: unknown) => record('context.setPluginPolicy', input, undefined),
      setPreferences: (input: unknown) => record('context.setPreferences', input, undefined),
    };
  }

  #revisionCalls() {
    const { record } = this;
    return {
      watchRevisions: this.revisions.open,
      readRevision: (input: { readonly revision: { readonly name: string } }) => {
        const templateText = JSON.stringify(this.templates[input.revision.name] ?? {});
        return record('daemonSet.readRevision', input, { templateText });
      },
      rollback: (input: unknown) => record('daemonSet.rollback', input, this.rollbackOutcome),
    };
  }

  #nodeCalls() {
    return {
      watchOne: this.node.open,
      watchPods: this.nodePods.open,
      watchDaemonSets: this.placements.open,
      setUnschedulable: (input: unknown) => this.record('node.setUnschedulable', input, OUTCOME),
    };
  }

  #configCalls() {
    const { record } = this;
    const named = <Read>(reads: Readonly<Record<string, Read>>, { name }: { readonly name: string }) =>
      reads[name] ?? { state: 'missing' };
    return {
      configMap: (input: { readonly name: string }) => record('config.configMap', input, named(this.configMaps, input)),
      secretKeys: (input: { readonly name: string }) =>
        record('config.secretKeys', input, named(this.secretKeys, input)),
      secretValue: (input: unknown) => record('config.secretValue', input, this.secretValue),
    };
  }

  #observations() {
    return {
      config: this.#configCalls(),
      metrics: { watchPods: this.podUsage.open, watchContainers: this.containerUsage.open },
      object: { watch: this.object.open },
      event: {
        watchOfDaemonSet: this.events.open,
        watchOfNodes: this.nodeWarnings.open,
        watchOfNode: this.nodeEvents.open,
        watchOfPod: this.podEvents.open,
        watchWarnings: this.warnings.open,
      },
    };
  }

  #journalCalls() {
    return {
      watchWritten: this.journalWritten.open,
      page: async (input: Parameters<FakeCore['journalPage']>[0]) => {
        await this.record('journal.page', input, undefined);
        return this.journalPage(input);
      },
      detail: (input: unknown) => this.record('journal.detail', input, this.journalDetail),
    };
  }

  #stagedCalls() {
    const call = (name: string) => (input: unknown) => this.record(`stagedRollout.${name}`, input, undefined);
    return {
      watch: this.staged.open,
      watchOpen: this.openStaged.open,
      start: call('start'),
      hold: call('hold'),
      continue: call('continue'),
      stop: call('stop'),
      discard: call('discard'),
    };
  }

  #podCalls() {
    return {
      watchOne: this.pod.open,
      delete: (input: unknown) => this.record('pod.delete', input, OUTCOME),
      evict: (input: unknown) => this.record('pod.evict', input, OUTCOME),
    };
  }

  #daemonSetCalls() {
    const { record } = this;
    return {
      watchList: (input: unknown, options: { signal?: AbortSignal }) => {
        this.calls.push({ method: 'daemonSet.watchList', input });
        return this.daemonSets.open(input, options);
      },
      watchOne: this.daemonSet.open,
      watchPods: this.pods.open,
      create: (input: unknown) => record('daemonSet.create', input, this.createOutcome),
      checkPods: (input: unknown) => record('daemonSet.checkPods', input, this.podCheck),
      causes: (input: unknown) => record('daemonSet.causes', input, this.causes),
      read: async (input: { readonly name: string }) => {
        await record('daemonSet.read', input, undefined);
        return { jsonText: this.jsonOf(input) };
      },
      save: async (input: Parameters<FakeCore['save']>[0]) => {
        await record('daemonSet.save', input, undefined);
        return this.save(input);
      },
      ...this.#revisionCalls(),
      restart: (input: unknown) => record('daemonSet.restart', input, this.changeOutcome),
      delete: (input: unknown) => record('daemonSet.delete', input, { ...this.changeOutcome, jsonText: this.jsonText }),
    };
  }

  client(): Client {
    const { record } = this;
    const fake = {
      context: this.#contextCalls(),
      page: { setVisibility: (input: unknown) => record('page.setVisibility', input, undefined) },
      app: {
        info: (input: unknown) => record('app.info', input, { capabilities: this.capabilities }),
      },
      kubeconfig: {
        chooseFiles: (input: unknown) => record('kubeconfig.chooseFiles', input, { paths: this.chosenFiles }),
        addFile: (input: unknown) => record('kubeconfig.addFile', input, { contextNames: ['added'] }),
        addText: (input: unknown) => record('kubeconfig.addText', input, { contextNames: ['added'] }),
        remove: (input: unknown) => record('kubeconfig.remove', input, undefined),
      },
      demo: { start: (input: unknown) => record('demo.start', input, { contextName: 'demo' }) },
      cluster: {
        watchInfo: this.clusterInfo.open,
        watchNamespaces: this.namespaces.open,
        watchNodes: this.nodes.open,
      },
      offers: Object.fromEntries(
        OFFERS.map((name) => [name, (input: unknown) => record(`offers.${name}`, input, this.offers[name] ?? NOTHING)]),
      ),
      access: { review: async (input: { checks: AccessCheck[] }) => input.checks.map((check) => this.access(check)) },
      daemonSet: this.#daemonSetCalls(),
      drafts: this.#draftCalls(record),
      imageSearch: {
        repositories: (input: unknown) => record('imageSearch.repositories', input, this.repositories(input)),
        tags: (input: unknown) => record('imageSearch.tags', input, this.tags),
      },
      // Nothing is known of the structure until a test says so.
      schema: { daemonSet: () => new Promise(() => undefined) },
      pod: this.#podCalls(),
      node: this.#nodeCalls(),
      stagedRollout: this.#stagedCalls(),
      journal: this.#journalCalls(),
      ...this.#observations(),
      log: {
        read: (input: unknown, options: { signal?: AbortSignal }) => {
          this.calls.push({ method: 'log.read', input });
          return this.log.open(input, options);
        },
      },
      stream: { credit: (input: unknown) => record('stream.credit', input, undefined) },
    };
    // Of the contract's methods only those above are played; each has the contract's input and output.
    return fake as unknown as Client;
  }
}

export function aContext(contextName: string, more: Partial<KubeContextRow> = {}): KubeContextRow {
  return {
    contextName,
    displayName: contextName,
    hidden: false,
    guardLevel: 'free',
    sourceId: 'default',
    file: '/home/me/.kube/config',
    isDemo: false,
    server: `https://${contextName}.example:6443`,
    user: 'admin',
    insecureSkipTlsVerify: false,
    connection: { phase: 'closed' },
    ...more,
  };
}

export function aContextsView(contexts: readonly KubeContextRow[], more: Partial<ContextsView> = {}): ContextsView {
  return { contexts, sources: [], problems: [], shadowed: [], pluginPolicy: 'Allowlist', approvedPlugins: [], ...more };
}

/** A DaemonSet that is rolled out on `desired` nodes (3), but for what `more` says. */
export function aDaemonSetRow(name: string, more: Partial<DaemonSetRow> = {}): DaemonSetRow {
  const desired = more.desired ?? 3;
  return {
    uid: `uid-${name}`,
    name,
    namespace: 'kube-system',
    resourceVersion: '1',
    labels: {},
    creationTimestamp: '2025-12-01T00:00:00Z',
    generation: 1,
    observedGeneration: 1,
    desired,
    current: desired,
    ready: desired,
    updated: desired,
    available: desired,
    misscheduled: 0,
    strategy: { type: 'RollingUpdate', maxUnavailable: 1, maxSurge: 0 },
    minReadySeconds: 0,
    nodeSelector: {},
    selector: { matchLabels: { app: name } },
    images: [`registry.example/${name}:1.0`],
    ...more,
  };
}
