import type { AppInfo } from '../../shared/contract/app.ts';
import type { AccessService } from '../services/access.ts';
import type { ContextService } from '../services/context-service.ts';
import type { OffersService } from '../services/offers/offers.ts';
import type { FindCluster } from '../services/open-cluster.ts';
import { accessHandlers, clusterHandlers } from './cluster.ts';
import { contextHandlers, demoHandlers, kubeconfigHandlers } from './context.ts';
import { daemonSetHandlers } from './daemonset.ts';
import { logHandlers, streamHandlers } from './log.ts';
import { offersHandlers } from './offers.ts';
import { os } from './os.ts';
import { podHandlers } from './pod.ts';

export interface RouterDeps {
  readonly findCluster: FindCluster;
  readonly appInfo: AppInfo;
  readonly contexts: ContextService;
  readonly access: AccessService;
  readonly offers: OffersService;
}

/** The whole contract, answered. */
export function createRouter({ appInfo, contexts, access, offers, findCluster }: RouterDeps) {
  return os.router({
    app: { info: os.app.info.handler(() => appInfo) },
    context: contextHandlers(contexts),
    kubeconfig: kubeconfigHandlers(contexts),
    demo: demoHandlers(contexts),
    cluster: clusterHandlers(findCluster),
    access: accessHandlers(access),
    daemonSet: daemonSetHandlers(findCluster),
    offers: offersHandlers(offers),
    pod: podHandlers(findCluster),
    log: logHandlers(findCluster),
    stream: streamHandlers(),
  });
}
