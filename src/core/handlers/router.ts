import type { Clock } from '../../shared/clock.ts';
import type { AppInfo } from '../../shared/contract/app.ts';
import type { AccessService } from '../services/access.ts';
import type { ContextService } from '../services/context-service.ts';
import type { OffersService } from '../services/offers/offers.ts';
import type { DraftStore } from '../services/draft-store.ts';
import type { ImageSearch } from '../services/image-search.ts';
import type { SchemaService } from '../services/schema/cluster-schema.ts';
import type { JournalReads } from '../services/journal/journal-reads.ts';
import type { FindCluster } from '../services/open-cluster.ts';
import type { StagedRollouts } from '../services/staged/staged-rollouts.ts';
import { accessHandlers, clusterHandlers } from './cluster.ts';
import { configHandlers } from './config.ts';
import { type ChooseFiles, contextHandlers, demoHandlers, kubeconfigHandlers } from './context.ts';
import { daemonSetHandlers } from './daemonset.ts';
import { draftsHandlers } from './drafts.ts';
import { eventHandlers } from './event.ts';
import { imageSearchHandlers } from './image-search.ts';
import { journalHandlers } from './journal.ts';
import { logHandlers, streamHandlers } from './log.ts';
import { metricsHandlers } from './metrics.ts';
import { objectHandlers } from './object.ts';
import { offersHandlers } from './offers.ts';
import { nodeHandlers } from './node.ts';
import { os } from './os.ts';
import { pageHandlers } from './page.ts';
import { podHandlers } from './pod.ts';
import { schemaHandlers } from './schema.ts';
import { stagedRolloutHandlers } from './staged-rollout.ts';

export interface RouterDeps {
  readonly findCluster: FindCluster;
  readonly appInfo: AppInfo;
  readonly contexts: ContextService;
  readonly access: AccessService;
  readonly offers: OffersService;
  readonly schemas: SchemaService;
  readonly images: ImageSearch;
  readonly drafts: DraftStore;
  readonly staged: StagedRollouts;
  readonly journal: JournalReads;
  readonly clock: Clock;
  readonly chooseFiles: ChooseFiles | undefined;
}

/** The whole contract, answered. */
export function createRouter(deps: RouterDeps) {
  const { appInfo, contexts, access, offers, schemas, images, drafts, findCluster, clock, chooseFiles } = deps;
  return os.router({
    app: { info: os.app.info.handler(() => appInfo) },
    page: pageHandlers(clock),
    context: contextHandlers(contexts),
    kubeconfig: kubeconfigHandlers(contexts, chooseFiles),
    demo: demoHandlers(contexts),
    cluster: clusterHandlers(findCluster),
    access: accessHandlers(access),
    daemonSet: daemonSetHandlers(findCluster),
    offers: offersHandlers(offers),
    pod: podHandlers(findCluster),
    node: nodeHandlers(findCluster),
    event: eventHandlers(findCluster),
    object: objectHandlers(findCluster),
    stagedRollout: stagedRolloutHandlers(deps.staged),
    config: configHandlers(findCluster),
    metrics: metricsHandlers(findCluster),
    schema: schemaHandlers(schemas),
    drafts: draftsHandlers(drafts),
    imageSearch: imageSearchHandlers(images),
    journal: journalHandlers(deps.journal),
    log: logHandlers(findCluster),
    stream: streamHandlers(),
  });
}
