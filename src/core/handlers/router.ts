import type { Clock } from '../../shared/clock.ts';
import type { AppInfo } from '../../shared/contract/app.ts';
import type { AccessService } from '../services/access.ts';
import type { ContextService } from '../services/context-service.ts';
import type { FindCluster } from '../services/open-cluster.ts';
import { accessHandlers, clusterHandlers } from './cluster.ts';
import { type ChooseFiles, contextHandlers, demoHandlers, kubeconfigHandlers } from './context.ts';
import { daemonSetHandlers } from './daemonset.ts';
import { logHandlers, streamHandlers } from './log.ts';
import { os } from './os.ts';
import { pageHandlers } from './page.ts';
import { podHandlers } from './pod.ts';

export interface RouterDeps {
  readonly findCluster: FindCluster;
  readonly appInfo: AppInfo;
  readonly contexts: ContextService;
  readonly access: AccessService;
  readonly clock: Clock;
  readonly chooseFiles: ChooseFiles | undefined;
}

/** The whole contract, answered. */
export function createRouter({ appInfo, contexts, access, findCluster, clock, chooseFiles }: RouterDeps) {
  return os.router({
    app: { info: os.app.info.handler(() => appInfo) },
    page: pageHandlers(clock),
    context: contextHandlers(contexts),
    kubeconfig: kubeconfigHandlers(contexts, chooseFiles),
    demo: demoHandlers(contexts),
    cluster: clusterHandlers(findCluster),
    access: accessHandlers(access),
    daemonSet: daemonSetHandlers(findCluster),
    pod: podHandlers(findCluster),
    log: logHandlers(findCluster),
    stream: streamHandlers(),
  });
}
