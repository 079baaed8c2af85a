import { causesOf } from '../services/causes.ts';
import { checkPods } from '../services/check-pods.ts';
import { createDaemonSet } from '../services/create-daemonset.ts';
import { deleteDaemonSet, restartDaemonSet } from '../services/daemonset-changes.ts';
import { daemonSetList, daemonSetView, podsOf } from '../services/daemonset-reads.ts';
import type { FindCluster } from '../services/open-cluster.ts';
import { rollbackDaemonSet } from '../services/rollback-daemonset.ts';
import { revisionsView, revisionTemplateText } from '../services/revisions.ts';
import { latestStream } from '../streams/latest-stream.ts';
import { readDaemonSet, saveDaemonSet } from '../services/save-daemonset.ts';
import { snapshotStream } from '../streams/snapshot-stream.ts';
import { callSignal, clusterStream, os } from './os.ts';

export function daemonSetHandlers(findCluster: FindCluster) {
  return {
    watchList: os.daemonSet.watchList.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) =>
        snapshotStream(daemonSetList(cluster, call.input), ends, cluster.clock),
      ),
    ),
    watchOne: os.daemonSet.watchOne.handler((call) =>
      clusterStream(findCluster, call, (cluster, ends) => latestStream(daemonSetView(cluster, call.input), ends)),
    ),
    watchRevisions: os.daemonSet.watchRevisions.handler((call) =>
      clusterStream(findCluster, call, async (cluster, ends) =>
        latestStream(await revisionsView(cluster, call.input, ends), ends),
      ),
    ),
    watchPods: os.daemonSet.watchPods.handler((call) =>
      clusterStream(findCluster, call, async (cluster, ends) =>
        snapshotStream(await podsOf(cluster, call.input, ends), ends, cluster.clock),
      ),
    ),
    causes: os.daemonSet.causes.handler(({ input, signal, context }) =>
      causesOf(findCluster(input.contextName), input.targets, callSignal(signal, context)),
    ),
    create: os.daemonSet.create.handler(({ input, signal, context }) =>
      createDaemonSet(findCluster(input.contextName), input, callSignal(signal, context)),
    ),
    checkPods: os.daemonSet.checkPods.handler(({ input, signal, context }) =>
      checkPods(findCluster(input.contextName), input, callSignal(signal, context)),
    ),
    read: os.daemonSet.read.handler(({ input, signal, context }) =>
      readDaemonSet(findCluster(input.contextName), input, callSignal(signal, context)),
    ),
    save: os.daemonSet.save.handler(({ input, signal, context }) =>
      saveDaemonSet(findCluster(input.contextName), input, callSignal(signal, context)),
    ),
    readRevision: os.daemonSet.readRevision.handler(({ input, signal, context }) =>
      revisionTemplateText(findCluster(input.contextName), input, callSignal(signal, context)),
    ),
    rollback: os.daemonSet.rollback.handler(({ input, signal, context }) =>
      rollbackDaemonSet(findCluster(input.contextName), input, callSignal(signal, context)),
    ),
    restart: os.daemonSet.restart.handler(({ input, signal, context }) =>
      restartDaemonSet(findCluster(input.contextName), input, callSignal(signal, context)),
    ),
    delete: os.daemonSet.delete.handler(({ input, signal, context }) =>
      deleteDaemonSet(findCluster(input.contextName), input, input.propagationPolicy, callSignal(signal, context)),
    ),
  };
}
