import { appContract } from './app.ts';
import { accessContract, clusterContract } from './cluster.ts';
import { configContract } from './config.ts';
import { contextContract, demoContract, kubeconfigContract } from './context.ts';
import { daemonSetContract } from './daemonset.ts';
import { draftsContract } from './drafts.ts';
import { eventContract } from './event.ts';
import { imageSearchContract } from './image-search.ts';
import { journalContract } from './journal.ts';
import { logContract, streamContract } from './log.ts';
import { metricsContract } from './metrics.ts';
import { nodeContract } from './node.ts';
import { objectContract } from './object.ts';
import { pageContract } from './page.ts';
import { offersContract } from './offers.ts';
import { podContract } from './pod.ts';
import { schemaContract } from './schema.ts';
import { stagedRolloutContract } from './staged-rollout.ts';

/** Everything a page can ask of the core. */
export const contract = {
  app: appContract,
  page: pageContract,
  context: contextContract,
  kubeconfig: kubeconfigContract,
  demo: demoContract,
  cluster: clusterContract,
  access: accessContract,
  daemonSet: daemonSetContract,
  offers: offersContract,
  pod: podContract,
  node: nodeContract,
  event: eventContract,
  object: objectContract,
  stagedRollout: stagedRolloutContract,
  config: configContract,
  metrics: metricsContract,
  schema: schemaContract,
  drafts: draftsContract,
  imageSearch: imageSearchContract,
  journal: journalContract,
  log: logContract,
  stream: streamContract,
};
export type Contract = typeof contract;
