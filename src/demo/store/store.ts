import type {
  ConfigMap,
  ControllerRevision,
  DaemonSet,
  EventObject,
  KubeObject,
  Namespace,
  Node,
  Pod,
  Secret,
} from '../objects.ts';
import { Collection, VersionCounter } from './collection.ts';
import { IndexBy } from './index-by.ts';

export function controllerUid(object: KubeObject): string | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller === true)?.uid;
}

/** Everything the demo cluster knows. Built empty; the opening state is loaded and sealed before anyone listens. */
export class Store {
  readonly versions: VersionCounter;
  readonly namespaces: Collection<Namespace>;
  readonly nodes: Collection<Node>;
  readonly pods: Collection<Pod>;
  readonly events: Collection<EventObject>;
  readonly daemonSets: Collection<DaemonSet>;
  readonly controllerRevisions: Collection<ControllerRevision>;
  readonly configMaps: Collection<ConfigMap>;
  readonly secrets: Collection<Secret>;
  readonly podsByController: IndexBy<Pod>;
  readonly podsByNode: IndexBy<Pod>;
  readonly revisionsByController: IndexBy<ControllerRevision>;

  /** `window` is the number of changes per resource that a watch can go back. */
  constructor(options: { readonly startVersion: number; readonly window: number }) {
    const { window } = options;
    this.versions = new VersionCounter(options.startVersion);
    this.namespaces = new Collection(this.versions, window);
    this.nodes = new Collection(this.versions, window);
    this.pods = new Collection(this.versions, window);
    this.events = new Collection(this.versions, window);
    this.daemonSets = new Collection(this.versions, window);
    this.controllerRevisions = new Collection(this.versions, window);
    this.configMaps = new Collection(this.versions, window);
    this.secrets = new Collection(this.versions, window);
    // Made before any controller subscribes, so that a listener always finds them up to date.
    this.podsByController = new IndexBy(this.pods, controllerUid);
    this.podsByNode = new IndexBy(this.pods, (pod) => pod.spec.nodeName);
    this.revisionsByController = new IndexBy(this.controllerRevisions, controllerUid);
  }

  loadPod(pod: Pod): void {
    const stored = this.pods.load(pod);
    this.podsByController.load(stored);
    this.podsByNode.load(stored);
  }

  loadRevision(revision: ControllerRevision): void {
    this.revisionsByController.load(this.controllerRevisions.load(revision));
  }

  seal(): void {
    for (const collection of [
      this.namespaces,
      this.nodes,
      this.pods,
      this.events,
      this.daemonSets,
      this.controllerRevisions,
      this.configMaps,
      this.secrets,
    ]) {
      collection.seal();
    }
  }
}
